package coscribe.client.runner;

import coscribe.client.link.Link;
import coscribe.client.link.MemoryLink;
import coscribe.client.link.Peer;
import coscribe.ot.delta.Side;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.document.Schema;
import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.Credential;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.ListPlace;
import coscribe.ot.protocol.ListedDocument;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.protocol.RelayId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.ServerMessage.Resumed;
import coscribe.ot.protocol.Submission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/// One document's relay in memory, small enough to be read at a glance: it commits, remembers who
/// sent what, resumes, and does what a test's script says.
public final class TinyRelay {
    static final RelayId ID = new RelayId("ab".repeat(16));
    public final DocumentId document = new DocumentId("d0".repeat(16));
    final Epoch epoch = new Epoch("e0".repeat(16));
    final List<Committed> log = new ArrayList<>();
    public final List<ClientMessage> heard = new ArrayList<>();
    final List<Wire> open = new ArrayList<>();
    private final Map<ClientId, Last> last = new HashMap<>();
    private final SplittableRandom random = new SplittableRandom(42);
    private final Executor executor;
    public volatile Document text = Document.EMPTY;
    public Role role = Role.EDITOR;
    public String title = "Notes";
    /// What a list of documents answers, at most `page` at once.
    public List<ListedDocument> shelf = new ArrayList<>();
    public int page = Limits.LIST_DOCUMENTS;
    public volatile boolean lists = true;
    /// Whether whoever asks may rename it.
    boolean renames = true;
    /// What is answered to the next one instead.
    Optional<ServerMessage.Failed> failsRename = Optional.empty();
    public boolean reachable = true;
    /// What is dropped on its way to the relay.
    public Predicate<ClientMessage> swallows = message -> false;
    /// What is dropped on its way to the editors.
    Predicate<ServerMessage> loses = message -> false;
    public Optional<Refusal> refuses = Optional.empty();
    Optional<ServerMessage.Failed> turnsAway = Optional.empty();
    boolean forgetsClients;
    boolean failsCatchUps;
    boolean sendsSnapshots;

    private record Last(long seq, Revision revision, boolean closed) {}

    public TinyRelay(Executor executor) {
        this.executor = executor;
    }

    /// A link whose listeners are called at `home`.
    Link linkFor(PersonId person, Executor home) {
        return new MemoryLink(new Ears(person), home, executor, () -> reachable);
    }

    /// The relay for links over sockets: a person is who comes from a device.
    public Peer forDevices() {
        return new Peer() {
            private final Map<Line, Ears> ears = new HashMap<>();

            @Override
            public void heard(Line line, ClientMessage message) {
                executor.execute(() -> {
                    if (message instanceof ClientMessage.Hello hello) {
                        ears.put(line, new Ears(new PersonId(hello.device().hex())));
                        ears.get(line).began(line);
                    }
                    ears.get(line).heard(line, message);
                });
            }

            @Override
            public void ended(Line line) {
                executor.execute(() -> {
                    if (ears.containsKey(line)) {
                        ears.remove(line).ended(line);
                    }
                });
            }
        };
    }

    /// What is written there, without the closing newline.
    public String plain() {
        String plain = text.text().plain();
        return plain.substring(0, plain.length() - 1);
    }

    /// Somebody else's edit.
    public void commit(PersonId author, Change change) {
        append(author, new ClientId("f0".repeat(16)), log.size() + 1L, Intent.EDIT, change);
    }

    private void append(PersonId author, ClientId client, long seq, Intent intent, Change change) {
        var commit = new Committed(
                new Revision(log.size() + 1),
                author,
                client,
                seq,
                intent,
                0,
                change,
                Optional.empty(),
                Optional.of(text.apply(change).contentHash()));
        text = text.apply(change);
        log.add(commit);
        open.forEach(wire -> wire.deliver(commit));
    }

    /// From now on nobody is let into the document.
    public void turnsAway(FailureCode code, String sentence) {
        executor.execute(() -> turnsAway = Optional.of(new ServerMessage.Failed(code, sentence, 0)));
    }

    /// From now on everybody may do this, and those who are in are told.
    public void becomes(Role now) {
        role = now;
        open.forEach(wire -> wire.deliver(new ServerMessage.RoleChanged(now)));
    }

    public void cut() {
        List.copyOf(open).forEach(wire -> wire.line.cut());
    }

    private final class Ears implements Peer {
        private final PersonId person;

        Ears(PersonId person) {
            this.person = person;
        }

        @Override
        public void began(Line line) {
            open.add(new Wire(person, line));
        }

        @Override
        public void heard(Line line, ClientMessage message) {
            wireOf(line).ifPresent(wire -> {
                heard.add(message);
                if (!swallows.test(message)) {
                    wire.take(message);
                }
            });
        }

        @Override
        public void ended(Line line) {
            wireOf(line).ifPresent(open::remove);
        }

        private Optional<Wire> wireOf(Line line) {
            return open.stream().filter(wire -> wire.line.equals(line)).findFirst();
        }
    }

    /// One connection and the editor at its end.
    final class Wire {
        private final PersonId person;
        final Peer.Line line;
        private Optional<ClientId> client = Optional.empty();

        Wire(PersonId person, Peer.Line line) {
            this.person = person;
            this.line = line;
        }

        void deliver(ServerMessage message) {
            if (client.isPresent() && !loses.test(message)) {
                line.tell(message);
            }
        }

        private void list(ClientMessage.ListDocuments asked) {
            if (!lists) {
                line.tell(new ServerMessage.Failed(FailureCode.STORE_AWAY, "The store is away.", 1_000));
                return;
            }
            int from = asked.after()
                    .map(after -> 1
                            + shelf.indexOf(shelf.stream()
                                    .filter(each -> each.document().equals(after.document()))
                                    .findFirst()
                                    .orElseThrow()))
                    .orElse(0);
            int to = Math.min(shelf.size(), from + Math.min(asked.most(), page));
            var last = shelf.subList(from, to);
            line.tell(new ServerMessage.Listed(
                    last,
                    to == shelf.size()
                            ? Optional.empty()
                            : Optional.of(new ListPlace(
                                    last.getLast().usedAtMillis(),
                                    last.getLast().document()))));
        }

        private void take(ClientMessage message) {
            switch (message) {
                case ClientMessage.Join join -> join(join);
                case ClientMessage.Submit(var submission) -> submit(submission);
                case ClientMessage.CatchUp(var after)
                when failsCatchUps ->
                    deliver(new ServerMessage.Failed(FailureCode.STORE_AWAY, "The store is away.", 0));
                case ClientMessage.CatchUp(var after) ->
                    log.subList((int) after.number(), log.size()).forEach(this::deliver);
                case ClientMessage.Create ignored -> line.tell(new ServerMessage.Created(document));
                case ClientMessage.Invite ignored -> line.tell(new ServerMessage.Invited("7F3KQ9TM2XWD", 0));
                case ClientMessage.ListDocuments asked -> list(asked);
                case ClientMessage.Rename(var which, var wanted) -> {
                    if (failsRename.isPresent()) {
                        line.tell(failsRename.get());
                        failsRename = Optional.empty();
                    } else if (renames) {
                        title = wanted;
                        line.tell(new ServerMessage.Renamed(which, title));
                        open.forEach(wire -> wire.deliver(new ServerMessage.Titled(title)));
                    } else {
                        line.tell(new ServerMessage.Failed(FailureCode.FORBIDDEN, "You may not.", 0));
                    }
                }
                case ClientMessage.MoveCaret ignored -> {}
                case ClientMessage.Hello hello ->
                    line.tell(new ServerMessage.Welcome(
                            1,
                            ID,
                            person(person),
                            Optional.of(new ServerMessage.Tokens("access", "refresh"))
                                    .filter(given -> hello.credential() instanceof Credential.InviteCode),
                            4_102_444_800_000L,
                            Optional.of(document),
                            true));
                case ClientMessage.Renew ignored -> {}
                case ClientMessage.Ping ignored -> {}
            }
        }

        private void join(ClientMessage.Join join) {
            if (turnsAway.isPresent()) {
                line.tell(turnsAway.get());
                return;
            }
            Resumed resumed = join.resume().map(this::close).orElse(new Resumed.Nothing());
            client = Optional.of(ClientId.random(random));
            last.put(client.get(), new Last(0, Revision.ZERO, false));
            boolean snapshot = sendsSnapshots || join.known().isEmpty();
            var from = snapshot ? new Revision(log.size()) : join.known().get().revision();
            deliver(new ServerMessage.Joined(
                    document,
                    title,
                    client.get(),
                    role,
                    epoch,
                    from,
                    new Revision(log.size()),
                    text.contentHash(),
                    snapshot,
                    resumed,
                    List.of(),
                    ServerMessage.Durability.STRICT));
            if (snapshot) {
                deliver(new ServerMessage.SnapshotPart(from, 1, 1, text.text().asDelta(), text.threads()));
            } else {
                log.subList((int) from.number(), log.size()).forEach(this::deliver);
            }
        }

        private Resumed close(ClientId old) {
            var known = last.get(old);
            if (known == null || forgetsClients) {
                return new Resumed.Unknown();
            }
            last.put(old, new Last(known.seq(), known.revision(), true));
            return new Resumed.At(known.seq(), known.revision());
        }

        private void submit(Submission submission) {
            var me = client.orElseThrow();
            var known = last.get(me);
            if (submission.seq() <= known.seq()) {
                deliver(log.get((int) known.revision().number() - 1));
                return;
            }
            Optional<Refusal> no = known.closed() ? Optional.of(Refusal.CLIENT_CLOSED) : refuses;
            if (no.isPresent()) {
                deliver(new ServerMessage.Refused(submission.seq(), no.get(), "No.", 100));
                return;
            }
            Change change = submission.change();
            for (Committed commit : log.subList((int) submission.base().number(), log.size())) {
                change = change.transform(commit.change(), Side.RIGHT);
            }
            Schema.check(change, text.length()).ifPresent(flaw -> {
                throw new AssertionError(flaw.sentence());
            });
            if (submission.intent() == Intent.EDIT) {
                for (String stamp : Schema.stamps(change.delta())) {
                    if (!stamp.equals(person.hex())) {
                        throw new AssertionError("text without its writer's mark");
                    }
                }
            }
            last.put(me, new Last(submission.seq(), new Revision(log.size() + 1), false));
            append(person, me, submission.seq(), submission.intent(), change);
        }
    }

    static Person person(PersonId id) {
        return new Person(id, "Mara", PaletteSlot.of(id.hex()));
    }
}
