package coscribe.relay.session;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.CanonicalForm;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.document.Schema;
import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Credential;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.RelayId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.ServerMessage.Durability;
import coscribe.ot.protocol.Submission;
import coscribe.relay.sequencing.Lane.LaneContext;
import coscribe.relay.sequencing.SequenceLimits;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.FeedFaults;
import coscribe.relay.store.HeldDocument;
import coscribe.relay.store.StoreFaults;
import coscribe.relay.store.StoreFaults.Call;
import coscribe.relay.store.StoreFaults.Fault;
import coscribe.relay.store.StoreUnavailableException;
import coscribe.relay.store.memory.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A relay's sessions without sockets, threads and sign-in, over a store in memory whose calls fail
/// or wait as a test wants. Everything happens before a call returns.
final class Lobby {
    final Hours hours;
    final MemoryStore memory;
    private final SequenceLimits limits;
    final Map<Call, Fault> faults = new EnumMap<>(Call.class);
    /// What this relay and the test asked of the store, in their order.
    final List<Call> asked = new ArrayList<>();
    final DocumentStore store;
    final FeedFaults feed;
    final SplittableRandom random = new SplittableRandom(20_261_124);
    final Halls halls;
    final Reception reception;
    /// Whom the relay can name when they are away.
    final Map<PersonId, String> names = new HashMap<>();
    /// How often it asked for a name.
    int lookedUp;
    /// Whether what the feed brings is lost.
    boolean loseFeed;
    /// How far the relay's clock is off.
    Duration skew = Duration.ZERO;
    /// How long whoever signs in may stay.
    Duration life = Duration.ofHours(1);
    /// Whether the store behind the sign-in fails.
    boolean signInIsAway;
    /// What their tokens are for, where that is one document.
    Optional<Doorkeeper.Grant> ceiling = Optional.empty();

    private long connections;

    Lobby() {
        this(SequenceLimits.DEFAULT);
    }

    Lobby(SequenceLimits limits) {
        this(limits, new Hours(), "relay-1", SessionMetrics.NONE);
    }

    /// @param metrics  count what happens
    Lobby(SessionMetrics metrics) {
        this(SequenceLimits.DEFAULT, new Hours(), "relay-1", metrics);
    }

    private Lobby(SequenceLimits limits, Hours hours, String name, SessionMetrics metrics) {
        this(limits, hours, new MemoryStore(hours, Runnable::run), name, metrics);
    }

    private Lobby(SequenceLimits limits, Hours hours, MemoryStore memory, String name, SessionMetrics metrics) {
        this.hours = hours;
        this.memory = memory;
        this.limits = limits;
        this.store = new StoreFaults(memory.openDocuments(), this::next, hours);
        this.feed = new FeedFaults(
                memory.openFeed(), () -> loseFeed ? FeedFaults.Fault.LOSE : FeedFaults.Fault.NONE, hours);
        var lanes = new LaneContext(
                name, store, feed, new WireCodec(), limits, Runnable::run, Runnable::run, hours, this::clock, random);
        halls = new Halls(lanes, hours, memory.presence(), this::called, Durability.STRICT, 200, metrics);
        reception = new Reception(
                new RelayId("a".repeat(32)), halls, new OpenDoor(), store, hours, this::clock, random, metrics);
        halls.start();
    }

    private Fault next(Call call) {
        asked.add(call);
        return faults.getOrDefault(call, Fault.NONE);
    }

    private Instant clock() {
        return hours.instant().plus(skew);
    }

    private CompletionStage<Optional<Person>> called(PersonId person) {
        lookedUp++;
        return CompletableFuture.completedFuture(Optional.ofNullable(names.get(person))
                .map(name -> new Person(person, name, PaletteSlot.of(person.hex()))));
    }

    /// Another relay over the same store.
    Lobby another() {
        return new Lobby(limits, hours, memory, "relay-2", SessionMetrics.NONE);
    }

    /// Connected, with nothing said.
    Visitor stranger() {
        var visitor = new Visitor(reception, ++connections);
        reception.opened(visitor);
        return visitor;
    }

    /// Signed in.
    Visitor visitor(PersonId person) {
        var visitor = stranger().say(hello(person));
        var _ = visitor.hearsOf(ServerMessage.Welcome.class);
        return visitor;
    }

    /// In a document.
    Visitor member(PersonId person, DocumentId document) {
        return visitor(person).say(join(document));
    }

    /// A new document of this person's.
    DocumentId document(PersonId owner) {
        var maker = visitor(owner).say(new ClientMessage.Create("Plan"));
        var made = maker.hearsOf(ServerMessage.Created.class).document();
        maker.hangUp();
        return made;
    }

    /// A new document of this person's that somebody else may edit.
    DocumentId shared(PersonId owner, PersonId editor) {
        var document = document(owner);
        store.grant(document, editor, Optional.of(Role.EDITOR))
                .toCompletableFuture()
                .join();
        return document;
    }

    /// What the store keeps of a document.
    HeldDocument held(DocumentId document) {
        return memory.holdings().document(document).toCompletableFuture().join().orElseThrow();
    }

    /// A document is what it was when it was still empty.
    void put(HeldDocument held) {
        memory.holdings()
                .putDocument(held, Map.of(), CanonicalForm.of(Document.EMPTY))
                .toCompletableFuture()
                .join();
    }

    /// A document that is still empty comes back from a backup, in another life.
    Epoch restore(DocumentId document) {
        var epoch = Epoch.random(random);
        put(held(document).in(epoch));
        return epoch;
    }

    PersonId person() {
        return PersonId.random(random);
    }

    ClientMessage hello(PersonId person) {
        return new ClientMessage.Hello(
                Limits.PROTOCOL_VERSION,
                Limits.PROTOCOL_VERSION,
                new Credential.AccessToken(person.hex()),
                DeviceId.random(random));
    }

    static ClientMessage join(DocumentId document) {
        return new ClientMessage.Join(document, Optional.empty(), Optional.empty());
    }

    /// An insert at the text's beginning.
    static ClientMessage type(PersonId person, long seq, long base, int length) {
        var delta = Delta.builder()
                .insert("x", Attributes.of(Schema.AUTHOR, Value.of(person.hex())))
                .build(length);
        return new ClientMessage.Submit(
                new Submission(seq, new Revision(base), Intent.EDIT, Change.of(delta), Optional.empty()));
    }

    /// The token is the person's id.
    private final class OpenDoor implements Doorkeeper {
        @Override
        public CompletionStage<Admission> admit(Credential credential, Optional<String> header, DeviceId device) {
            if (!(credential instanceof Credential.AccessToken(var token))) {
                throw new UnsupportedOperationException("only tokens here");
            }
            if (signInIsAway) {
                return CompletableFuture.failedFuture(new StoreUnavailableException("away"));
            }
            var person = new Person(new PersonId(token), "P" + token.charAt(0), PaletteSlot.of(token));
            return CompletableFuture.completedFuture(new Admission.Admitted(
                    person, clock().plus(life), true, Optional.empty(), Optional.empty(), ceiling));
        }

        @Override
        public CompletionStage<NewInvite> invite(DocumentId document, Role role, Duration ttl, int uses) {
            throw new UnsupportedOperationException("nobody invites here");
        }
    }
}
