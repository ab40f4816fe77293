package coscribe.client;

import coscribe.client.journal.Journal;
import coscribe.client.journal.file.FileJournal;
import coscribe.client.journal.file.RealDisk;
import coscribe.client.link.Account;
import coscribe.client.link.AccountTokens;
import coscribe.client.link.Link;
import coscribe.client.link.LinkLoss;
import coscribe.client.link.Network;
import coscribe.client.link.RelayAddress;
import coscribe.client.link.websocket.WebSocketLink;
import coscribe.client.runner.ClientException;
import coscribe.client.runner.DocumentClient;
import coscribe.client.runner.Home;
import coscribe.client.runner.HomeLine;
import coscribe.client.runner.KeptCopy;
import coscribe.client.runner.Recovery;
import coscribe.client.runner.Surroundings;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.Titles;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// One person's way to one relay: signs in, makes and opens documents.
///
/// {@snippet :
/// try (var client = CoscribeClient.join(InviteLink.parse(link), "Mara", folder)) {
///     var document = client.open(client.invitedTo().orElseThrow());
///     document.opened().join();
///     document.run(it -> it.append("Good morning.")).join();
///     document.saved().join();
/// }
/// }
///
/// Thread-safe. Documents live on a thread of the client's own, or where the program wants them
/// (see {@link Workshop}).
public final class CoscribeClient implements AutoCloseable {
    private final Workshop workshop;
    private final boolean ownWorkshop;
    private final RelayAddress address;
    private final Profile profile;
    private final AccountTokens tokens;
    private final Link link;
    private final HomeLine home;
    private final Map<DocumentId, DocumentClient> documents = new HashMap<>(); // guarded by itself
    private volatile Optional<DocumentId> invitedTo = Optional.empty();

    private CoscribeClient(
            Workshop workshop, boolean ownWorkshop, Profile profile, AccountTokens tokens, RelayAddress address) {
        this.workshop = workshop;
        this.ownWorkshop = ownWorkshop;
        this.address = address;
        this.profile = profile;
        this.tokens = tokens;
        var around = workshop.surroundings();
        this.link = new WebSocketLink(
                address,
                tokens,
                around.home(),
                around.timer(),
                around.clock(),
                around.random(),
                workshop.network(),
                WebSocketLink.Pace.USUAL);
        this.home = new HomeLine(around, link);
    }

    /// Follows an invite link, with everything as usual, and waits up to 30 s for the relay. Throws
    /// {@link ClientException}.
    ///
    /// @param name     how the person wants to be called there
    /// @param profile  a folder for what is to outlive this program; made if it is missing
    public static CoscribeClient join(InviteLink invite, String name, Path profile) {
        var workshop = Workshop.ofOwnThreads();
        try {
            return Answers.await(joining(invite, invite.addresses(), name, profile, workshop, true));
        } catch (RuntimeException e) {
            workshop.close();
            throw e;
        }
    }

    /// As {@link #join(InviteLink, String, Path)} in a workshop that several clients share.
    public static CoscribeClient join(InviteLink invite, String name, Path profile, Workshop workshop) {
        return Answers.await(joining(invite, name, profile, workshop));
    }

    /// As {@link #join(InviteLink, String, Path, Workshop)} for a caller that must not wait:
    /// nothing is read or written on its thread. Completes at the workshop's home; fails with
    /// {@link ClientException}, or {@link UncheckedIOException} where the profile cannot be used.
    public static CompletableFuture<CoscribeClient> joining(
            InviteLink invite, String name, Path profile, Workshop workshop) {
        return joining(invite, invite.addresses(), name, profile, workshop, false);
    }

    /// @param left  of the invite's addresses; at least one
    private static CompletableFuture<CoscribeClient> joining(
            InviteLink invite, List<RelayAddress> left, String name, Path profile, Workshop workshop, boolean own) {
        var around = workshop.surroundings();
        var joined = Answers.onDisk(around, () -> {
                    var client = at(left.getFirst(), profile, workshop, own);
                    client.tokens.redeem(invite.code(), name);
                    return client;
                })
                .thenCompose(client -> client.signIn()
                        .thenApply(welcome -> client)
                        .exceptionallyCompose(failure -> {
                            client.leave();
                            var others = left.subList(1, left.size());
                            return isNotEncrypted(failure) && !others.isEmpty()
                                    ? joining(invite, others, name, profile, workshop, own)
                                    : CompletableFuture.failedFuture(failure);
                        }));
        return Answers.atHome(around, joined);
    }

    private static boolean isNotEncrypted(Throwable failure) {
        return Answers.cause(failure) instanceof ClientException e
                && e.loss()
                        .filter(loss -> loss instanceof LinkLoss.Unreachable(var trouble, var _, var _)
                                && trouble == LinkLoss.Trouble.NOT_ENCRYPTED)
                        .isPresent();
    }

    /// Goes on as the person who joined from this profile before, with everything as usual. Does
    /// not wait for the network: documents that were open here before open at once.
    public static CoscribeClient connect(RelayAddress address, Path profile) {
        return at(address, profile, Workshop.ofOwnThreads(), true);
    }

    /// As {@link #connect(RelayAddress, Path)} in a workshop that several clients share.
    public static CoscribeClient connect(RelayAddress address, Path profile, Workshop workshop) {
        return at(address, profile, workshop, false);
    }

    /// As {@link #connect(RelayAddress, Path, Workshop)} for a caller that must not wait for a
    /// disk. Completes at the workshop's home; fails with {@link UncheckedIOException} where the
    /// profile cannot be used.
    public static CompletableFuture<CoscribeClient> connecting(RelayAddress address, Path profile, Workshop workshop) {
        var around = workshop.surroundings();
        return Answers.atHome(around, Answers.onDisk(around, () -> at(address, profile, workshop, false)));
    }

    /// The relays at which somebody signed in from this profile, so that {@link #connect} gets in.
    /// Reads the disk, and needs no network.
    public static List<KnownRelay> relays(Path profile) {
        return new Profile(profile).relays();
    }

    /// The documents of which this profile holds a copy, the one used last first. Each opens
    /// without a network. Reads the disk.
    public static List<Recent> recent(Path profile) {
        return new Profile(profile).recent();
    }

    /// Whether somebody joined from this profile before, so that {@link #connect} gets in.
    public static boolean isKnown(RelayAddress address, Path profile) {
        return new Profile(profile).account(address).load().relay().isPresent();
    }

    private static CoscribeClient at(RelayAddress address, Path folder, Workshop workshop, boolean own) {
        var profile = new Profile(folder);
        var tokens = new AccountTokens(
                profile.account(address),
                profile.device(workshop.surroundings().random()),
                workshop.surroundings().clock());
        return new CoscribeClient(workshop, own, profile, tokens, address);
    }

    /// Where the relay is.
    public RelayAddress address() {
        return address;
    }

    /// Follows another invite link to the same relay, as the person one already is there. Answers
    /// the document it was for; empty: it was for the relay. Completes at the workshop's home;
    /// fails with {@link ClientException}.
    public CompletableFuture<Optional<DocumentId>> follow(InviteLink invite, String name) {
        var around = workshop.surroundings();
        var followed = Answers.onDisk(around, () -> {
                    tokens.redeem(invite.code(), name);
                    // A connection that stands has signed in already, so this takes one of its own.
                    return new HomeLine(around, link);
                })
                .thenCompose(line -> line.signIn()
                        .thenApply(ServerMessage.Welcome::invitedTo)
                        .whenComplete((document, failure) -> line.close()));
        return Answers.atHome(around, followed);
    }

    /// Uses an access token that somebody else issued, as long as it lasts. Not stored.
    public CoscribeClient withToken(String token) {
        tokens.borrow(token);
        return this;
    }

    private CompletableFuture<ServerMessage.Welcome> signIn() {
        return home.signIn().thenApply(welcome -> {
            invitedTo = welcome.invitedTo();
            return welcome;
        });
    }

    /// The document that the invite link was for; empty: it was for the relay, or nobody followed
    /// one.
    public Optional<DocumentId> invitedTo() {
        return invitedTo;
    }

    /// Who one is at this relay. Waits for it, where nobody signed in from this profile yet; throws
    /// {@link ClientException}.
    public PersonId person() {
        return Answers.await(account()).person().orElseThrow().id();
    }

    /// Who one is at this relay, where that is known without asking it.
    public Optional<Person> knownAs() {
        return tokens.person();
    }

    /// Who one is at this relay: at once where somebody signed in from this profile before, else
    /// when the relay said so. Completes at the workshop's home; fails with {@link
    /// ClientException}.
    public CompletableFuture<Person> me() {
        return Answers.atHome(
                workshop.surroundings(),
                account().thenApply(account -> account.person().orElseThrow()));
    }

    private CompletableFuture<Account> account() {
        var known = tokens.account();
        return known.relay().isPresent() && known.person().isPresent()
                ? CompletableFuture.completedFuture(known)
                : signIn().thenApply(welcome -> tokens.account());
    }

    /// A new document, owned by this person. Fails with {@link ClientException}.
    public CompletableFuture<DocumentId> createDocument(String title) {
        return home.ask(new ClientMessage.Create(Titles.clean(title)))
                .thenApply(ServerMessage.Created.class::cast)
                .thenApply(ServerMessage.Created::document);
    }

    /// Calls a document something else, whether it is open or not; owners and editors may. Answers
    /// the title as it was kept (see {@link Titles}). Fails with {@link ClientException}. Of a
    /// document that is open {@link DocumentClient#rename} is better: it works without a network.
    public CompletableFuture<String> rename(DocumentId document, String title) {
        return home.ask(new ClientMessage.Rename(document, Titles.clean(title)))
                .thenApply(ServerMessage.Renamed.class::cast)
                .thenApply(ServerMessage.Renamed::title);
    }

    /// The documents that this person has at this relay, at any computer: the relay's list, with
    /// what is known here. Where the relay cannot be asked it is what is known here, and {@link
    /// Shelf#missing} says so; of more than some thousands of documents the oldest are left out.
    /// Completes at the workshop's home; fails with {@link UncheckedIOException} where the profile
    /// cannot be used.
    public CompletableFuture<Shelf> documents() {
        return new Listing(workshop.surroundings(), home, profile, tokens, address, this::known).ask();
    }

    private Optional<DocumentClient> known(DocumentId document) {
        synchronized (documents) {
            return Optional.ofNullable(documents.get(document));
        }
    }

    /// A code that lets others into a document of this person's; only owners may. Fails with
    /// {@link ClientException}.
    public CompletableFuture<String> invite(DocumentId document, Role role, Duration validFor, int uses) {
        return home.ask(new ClientMessage.Invite(document, role, validFor.toSeconds(), uses))
                .thenApply(ServerMessage.Invited.class::cast)
                .thenApply(ServerMessage.Invited::code);
    }

    /// Opens a document; the same one again while it is open. Waits for the relay where nobody
    /// signed in from this profile yet, else only for the disk. Throws {@link
    /// coscribe.client.journal.JournalException} where its local copy cannot be used, as when
    /// another program has it open.
    public DocumentClient open(DocumentId document) {
        return open(Answers.await(account()), document);
    }

    /// As {@link #open} for a caller that must not wait. A document that is being closed is opened
    /// anew when that is done. Completes at the workshop's home; fails as `open` does. Whether
    /// there is something to show yet says {@link DocumentClient#opened}.
    public CompletableFuture<DocumentClient> opening(DocumentId document) {
        var around = workshop.surroundings();
        return Answers.atHome(
                around, account().thenCompose(account -> Answers.onDisk(around, () -> open(account, document))));
    }

    /// As {@link #opening(DocumentId)} for a document with a copy here: needs no network. Fails
    /// with {@link ClientException} where another relay was met at its address since, or this
    /// person is somebody else there.
    public CompletableFuture<DocumentClient> opening(Recent document) {
        var account = tokens.account();
        boolean same = account.relay().filter(document.relay()::equals).isPresent()
                && account.person()
                        .filter(who -> who.id().equals(document.person()))
                        .isPresent();
        return same
                ? opening(document.document())
                : CompletableFuture.failedFuture(
                        new ClientException("The copy of this document on this computer belongs to another server or"
                                + " account than the one at " + address + ". It was left as it is."));
    }

    private DocumentClient open(Account account, DocumentId document) {
        synchronized (documents) {
            var known = documents.get(document);
            if (known != null && !known.closed().isDone()) { // closed, it may stand here for a moment yet
                return known;
            }
            var around = workshop.surroundings();
            var person = account.person().orElseThrow().id();
            var relay = account.relay().orElseThrow();
            Path folder = profile.document(relay, person, document);
            var journal = FileJournal.open(new RealDisk(), folder, around.timer(), around.random());
            var opened = open(journal, folder, person, document);
            opened.listen(new Noting(around, profile, address, relay));
            documents.put(document, opened);
            var _ = opened.closed().whenComplete((nothing, failure) -> {
                synchronized (documents) {
                    documents.remove(document, opened);
                }
            });
            return opened;
        }
    }

    private DocumentClient open(Journal journal, Path folder, PersonId person, DocumentId document) {
        try {
            var copies = new FileCopies(folder.resolve("copies"));
            recover(journal, copies, person, document);
            return DocumentClient.open(workshop.surroundings(), person, document, link, journal, copies);
        } catch (RuntimeException | Error e) {
            journal.close(); // else it would be open in another window until this program ends
            throw e;
        }
    }

    private void recover(Journal journal, FileCopies copies, PersonId person, DocumentId document) {
        for (Journal.Leftover leftover : journal.opening().leftovers()) {
            String title = "Recovered text (" + leftover.file().orElse("journal") + ")";
            boolean done = copies.list().stream().anyMatch(copy -> copy.title().equals(title));
            if (!done) {
                Recovery.textOf(person, document, leftover.readable()).ifPresent(text -> {
                    var _ = copies.keep(
                            text,
                            KeptCopy.Reason.RECOVERED,
                            title,
                            workshop.surroundings().clock().instant());
                });
            }
        }
    }

    private void leave() {
        openDocuments().forEach(DocumentClient::close);
        home.close();
    }

    private List<DocumentClient> openDocuments() {
        synchronized (documents) {
            return List.copyOf(documents.values());
        }
    }

    /// Closes every document and leaves the relay; completes when each journal is on the disk. For
    /// a caller that must not wait; threads of the client's own end with {@link #close}.
    public CompletableFuture<Void> shutDown() {
        var closing = openDocuments().stream().map(DocumentClient::shutDown).toArray(CompletableFuture<?>[]::new);
        home.close();
        return CompletableFuture.allOf(closing);
    }

    /// Closes every document, each with its journal on the disk, and leaves the relay.
    @Override
    public void close() {
        leave();
        if (ownWorkshop) {
            workshop.close();
        }
    }

    /// Where a client's work is done.
    ///
    /// @param surroundings  threads, time and chance
    /// @param network       what stands between here and relays
    /// @param closing       ends the threads
    public record Workshop(Surroundings surroundings, Network network, Runnable closing) implements AutoCloseable {
        /// Threads of its own, the computer's clock, certificates and proxy.
        public static Workshop ofOwnThreads() {
            return OwnThreads.workshop();
        }

        /// As {@link #ofOwnThreads}, but documents live at this home: in an editor, on the thread
        /// that draws. Whoever closes it lets tasks of the home run meanwhile.
        public static Workshop at(Home home) {
            return OwnThreads.workshopAt(home);
        }

        /// The same with another way to relays.
        public Workshop with(Network other) {
            return new Workshop(surroundings, other, closing);
        }

        @Override
        public void close() {
            closing.run();
        }
    }
}
