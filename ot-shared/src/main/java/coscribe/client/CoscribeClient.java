package coscribe.client;

import coscribe.client.journal.Journal;
import coscribe.client.journal.file.FileJournal;
import coscribe.client.journal.file.RealDisk;
import coscribe.client.link.Account;
import coscribe.client.link.AccountFile;
import coscribe.client.link.AccountTokens;
import coscribe.client.link.Link;
import coscribe.client.link.LinkLoss;
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
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import java.net.ProxySelector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocketFactory;

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
    private static final Duration PATIENCE = Duration.ofSeconds(30);

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
                workshop.trust(),
                workshop.proxies(),
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
            return join(invite, name, profile, workshop, true);
        } catch (RuntimeException e) {
            workshop.close();
            throw e;
        }
    }

    /// As {@link #join(InviteLink, String, Path)} in a workshop that several clients share.
    public static CoscribeClient join(InviteLink invite, String name, Path profile, Workshop workshop) {
        return join(invite, name, profile, workshop, false);
    }

    private static CoscribeClient join(InviteLink invite, String name, Path profile, Workshop workshop, boolean own) {
        var last = new ClientException("No server is named.");
        for (RelayAddress address : invite.addresses()) {
            var client = at(address, profile, workshop, own);
            client.tokens.redeem(invite.code(), name);
            try {
                var _ = client.signIn();
                return client;
            } catch (ClientException e) {
                client.leave();
                boolean another = e.loss()
                        .filter(loss -> loss instanceof LinkLoss.Unreachable(var trouble, var ignored)
                                && trouble == LinkLoss.Trouble.NOT_ENCRYPTED)
                        .isPresent();
                if (!another) {
                    throw e;
                }
                last = e;
            }
        }
        throw last;
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

    /// Whether somebody joined from this profile before, so that {@link #connect} gets in.
    public static boolean isKnown(RelayAddress address, Path profile) {
        return new AccountFile(new Profile(profile).account(address))
                .load()
                .relay()
                .isPresent();
    }

    private static CoscribeClient at(RelayAddress address, Path folder, Workshop workshop, boolean own) {
        var profile = new Profile(folder);
        var store = new AccountFile(profile.account(address));
        var tokens = new AccountTokens(
                store,
                profile.device(workshop.surroundings().random()),
                workshop.surroundings().clock());
        return new CoscribeClient(workshop, own, profile, tokens, address);
    }

    /// Where the relay is.
    public RelayAddress address() {
        return address;
    }

    /// Follows another invite link to the same relay, as the person one already is there. Answers
    /// the document it was for; empty: it was for the relay. Fails with {@link ClientException}.
    /// May block for a moment: the code is stored first.
    public CompletableFuture<Optional<DocumentId>> follow(InviteLink invite, String name) {
        tokens.redeem(invite.code(), name);
        // A connection that stands has signed in already, so this takes one of its own.
        var line = new HomeLine(workshop.surroundings(), link);
        return line.signIn()
                .thenApply(ServerMessage.Welcome::invitedTo)
                .whenComplete((document, failure) -> line.close());
    }

    /// Uses an access token that somebody else issued, as long as it lasts. Not stored.
    public CoscribeClient withToken(String token) {
        tokens.borrow(token);
        return this;
    }

    private ServerMessage.Welcome signIn() {
        var welcome = await(home.signIn());
        invitedTo = welcome.invitedTo();
        return welcome;
    }

    /// The document that the invite link was for; empty: it was for the relay, or nobody followed
    /// one.
    public Optional<DocumentId> invitedTo() {
        return invitedTo;
    }

    /// Who one is at this relay. Waits for it, where nobody signed in from this profile yet.
    public PersonId person() {
        return account().person().orElseThrow().id();
    }

    private Account account() {
        var known = tokens.account();
        if (known.relay().isEmpty() || known.person().isEmpty()) {
            var _ = signIn();
        }
        return tokens.account();
    }

    /// A new document, owned by this person. Fails with {@link ClientException}.
    public CompletableFuture<DocumentId> createDocument(String title) {
        return home.ask(new ClientMessage.Create(title))
                .thenApply(ServerMessage.Created.class::cast)
                .thenApply(ServerMessage.Created::document);
    }

    /// A code that lets others into a document of this person's; only owners may. Fails with
    /// {@link ClientException}.
    public CompletableFuture<String> invite(DocumentId document, Role role, Duration validFor, int uses) {
        return home.ask(new ClientMessage.Invite(document, role, validFor.toSeconds(), uses))
                .thenApply(ServerMessage.Invited.class::cast)
                .thenApply(ServerMessage.Invited::code);
    }

    /// Opens a document; the same one again while it is open. Throws {@link
    /// coscribe.client.journal.JournalException} where its local copy cannot be used, as when
    /// another program has it open.
    public DocumentClient open(DocumentId document) {
        var account = account();
        synchronized (documents) {
            var known = documents.get(document);
            if (known != null) {
                return known;
            }
            var around = workshop.surroundings();
            var person = account.person().orElseThrow().id();
            Path folder = profile.document(account.relay().orElseThrow(), person, document);
            var journal = FileJournal.open(new RealDisk(), folder, around.timer(), around.random());
            var copies = new FileCopies(folder.resolve("copies"));
            recover(journal, copies, person, document);
            var opened = DocumentClient.open(around, person, document, link, journal, copies);
            documents.put(document, opened);
            var _ = opened.closed().whenComplete((nothing, failure) -> {
                synchronized (documents) {
                    documents.remove(document, opened);
                }
            });
            return opened;
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

    private static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new ClientException("The server did not answer in time.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientException("Waiting for the server was interrupted.");
        } catch (ExecutionException | CompletionException e) {
            throw e.getCause() instanceof ClientException known
                    ? known
                    : new IllegalStateException("signing in failed", e);
        }
    }

    private void leave() {
        List<DocumentClient> open;
        synchronized (documents) {
            open = List.copyOf(documents.values());
        }
        open.forEach(DocumentClient::close);
        home.close();
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
    /// @param trust         decides which relays are who they say
    /// @param proxies       names the proxy
    /// @param closing       ends the threads
    public record Workshop(Surroundings surroundings, SSLSocketFactory trust, ProxySelector proxies, Runnable closing)
            implements AutoCloseable {
        /// Threads of its own, the computer's clock, certificates and proxy.
        public static Workshop ofOwnThreads() {
            return OwnThreads.workshop();
        }

        /// As {@link #ofOwnThreads}, but documents live at this home: in an editor, on the thread
        /// that draws. Whoever closes it lets tasks of the home run meanwhile.
        public static Workshop at(Home home) {
            return OwnThreads.workshopAt(home);
        }

        @Override
        public void close() {
            closing.run();
        }
    }
}
