package coscribe.desktop;

import coscribe.client.CoscribeClient;
import coscribe.client.DocumentLink;
import coscribe.client.InviteLink;
import coscribe.client.link.RelayAddress;
import coscribe.client.runner.DocumentClient;
import coscribe.client.runner.Home;
import coscribe.desktop.Desktop.Around;
import coscribe.desktop.viewmodel.AttemptFailedException.Attempt;
import coscribe.desktop.viewmodel.DocumentEntry;
import coscribe.desktop.viewmodel.DocumentListModel.Asked;
import coscribe.desktop.viewmodel.Fragment;
import coscribe.ot.protocol.DocumentId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;

/// The ways to a document, by a link, from the list, as a new one or on this computer's own relay:
/// each finds the relay, and ends in a window. Started on the thread that draws; what gives a window
/// completes there too.
final class Navigator {
    private final Desktop desktop;
    private final Relays relays;
    private final Around around;
    private final Home home;

    Navigator(Desktop desktop, Relays relays) {
        this.desktop = desktop;
        this.relays = relays;
        this.around = desktop.around();
        this.home = around.home();
    }

    // --- coming in

    /// Follows an invite link: to the document that it is for, else to a new one.
    CompletableFuture<DocumentWindow> join(InviteLink link, String name) {
        return by(wanted -> relays.join(link, name)
                .thenApplyAsync(this::isIn, home)
                .thenCompose(joined -> joined.document()
                        .map(id -> show(joined.client(), id, false, wanted))
                        .orElseGet(() -> create(joined.client(), wanted))));
    }

    /// A way that leads to a window only as long as it is wanted: whoever cancels it sees none.
    private static <T> CompletableFuture<T> by(Function<Future<T>, CompletableFuture<T>> way) {
        var wanted = new CompletableFuture<T>();
        var _ = way.apply(wanted).whenComplete((end, failure) -> {
            var _ = failure == null ? wanted.complete(end) : wanted.completeExceptionally(failure);
        });
        return wanted;
    }

    private static void check(Future<?> wanted) {
        if (wanted.isCancelled()) {
            throw new CancellationException("nobody wants to go there any more");
        }
    }

    private Relays.Joined isIn(Relays.Joined joined) {
        lookAgain(joined.client());
        return joined;
    }

    /// Who was signed out at a relay comes in again by a link to it. Completes on the thread that
    /// draws.
    CompletableFuture<?> signIn(CoscribeClient relay, InviteLink link) {
        return relay.follow(link, around.personName()).thenRunAsync(() -> lookAgain(relay), home);
    }

    /// A way into this computer's own relay, if it is that one.
    CompletableFuture<Optional<InviteLink>> ownWayIn(CoscribeClient relay) {
        return relays.ownWayIn(relay.address());
    }

    /// Windows that were not let in before may be now.
    private void lookAgain(CoscribeClient relay) {
        desktop.windows().stream()
                .filter(window -> window.relay() == relay)
                .forEach(window -> window.client().tryNow());
    }

    /// Starts this computer's own relay: to a new document, or to the list where there are some.
    CompletableFuture<?> host(String name) {
        return Navigator.<Object>by(wanted -> relays.host(name)
                .thenCompose(client -> recent().thenCompose(
                                known -> known.stream().anyMatch(DocumentEntry::hosted)
                                        ? CompletableFuture.supplyAsync(() -> documents(wanted), home)
                                        : create(client, wanted).thenApply(window -> window))));
    }

    private HomeWindow documents(Future<?> wanted) {
        check(wanted);
        desktop.homeWindow().documents();
        return desktop.homeWindow();
    }

    // --- to one that there is, and to a new one

    CompletableFuture<DocumentWindow> open(DocumentLink link) {
        var server = link.addresses().getFirst().toString();
        return Attempted.at(Attempt.OPEN, server, relays.at(link).thenCompose(client -> show(client, link.document())));
    }

    CompletableFuture<DocumentWindow> open(DocumentEntry entry) {
        return by(wanted -> Attempted.at(
                Attempt.OPEN,
                nameOf(entry),
                relays.at(entry.relay()).thenCompose(client -> show(client, entry.id(), false, wanted))));
    }

    private String nameOf(DocumentEntry entry) {
        return entry.hosted()
                ? around.strings().get("list.thisComputer")
                : entry.relay().toString();
    }

    /// A new document, at the relay that was used last; where there is none, at this computer's
    /// own. Where one is decided on, and this person is known there, at that one.
    CompletableFuture<DocumentWindow> create() {
        return recent().thenCombine(relays.known(), this::forNew)
                .thenCompose(last -> Attempted.at(
                        Attempt.CREATE,
                        last.map(RelayAddress::toString)
                                .orElseGet(() -> around.strings().get("list.thisComputer")),
                        last.map(relays::at)
                                .orElseGet(() -> relays.host(around.personName()))
                                .thenCompose(client -> create(client, new CompletableFuture<>()))));
    }

    private Optional<RelayAddress> forNew(List<DocumentEntry> documents, List<RelayAddress> known) {
        var policy = around.policy();
        return policy.server()
                .filter(server -> policy.serverIsFixed() && known.contains(server))
                .or(() -> usedLast(documents, known));
    }

    private static Optional<RelayAddress> usedLast(List<DocumentEntry> documents, List<RelayAddress> relays) {
        return documents.stream()
                .findFirst()
                .map(DocumentEntry::relay)
                .or(() -> relays.stream().findFirst());
    }

    private CompletableFuture<DocumentWindow> create(CoscribeClient relay, Future<?> wanted) {
        check(wanted);
        return relay.createDocument(around.strings().get("document.untitled"))
                .thenCompose(id -> show(relay, id, true, wanted));
    }

    /// A new document on this computer, which needs no network and which nobody else sees, with a
    /// piece of text in it.
    CompletableFuture<DocumentWindow> createHere(String title, Fragment text) {
        return relays.host(around.personName())
                .thenCompose(own -> own.createDocument(title).thenCompose(id -> show(own, id)))
                .thenApplyAsync(
                        window -> {
                            window.model().paste(text);
                            return window;
                        },
                        home);
    }

    private CompletableFuture<DocumentWindow> show(CoscribeClient relay, DocumentId id) {
        return show(relay, id, false, new CompletableFuture<>());
    }

    /// Opens a document in a window of its own, or brings the window that it is in to the front.
    /// From anywhere; completes on the thread that draws.
    ///
    /// @param isNew   its title is to be typed first
    /// @param wanted  cancelled: it is not to be shown any more
    private CompletableFuture<DocumentWindow> show(
            CoscribeClient relay, DocumentId id, boolean isNew, Future<?> wanted) {
        check(wanted);
        var measured = desktop.speed().opening();
        return relay.opening(id)
                .thenComposeAsync(document -> whenSeen(relay, document, isNew, wanted), home)
                .thenApplyAsync(
                        window -> {
                            measured.run();
                            return window;
                        },
                        home);
    }

    /// The window is made while the relay answers: both take about as long.
    private CompletableFuture<DocumentWindow> whenSeen(
            CoscribeClient relay, DocumentClient document, boolean isNew, Future<?> wanted) {
        var sight = FirstSight.of(document);
        var window = desktop.prepare(relay, document);
        return sight.whenCompleteAsync(
                        (seen, failure) -> {
                            if (failure != null || wanted.isCancelled()) {
                                desktop.discard(window);
                            }
                            check(wanted);
                        },
                        home)
                .thenApply(seen -> desktop.show(window, isNew));
    }

    // --- the list

    /// The documents of which there is a copy here, the one used last first.
    CompletableFuture<List<DocumentEntry>> recent() {
        return relays.recent();
    }

    /// The relays where somebody signed in from this profile.
    CompletableFuture<List<RelayAddress>> met() {
        return relays.known();
    }

    /// Whether somebody signed in anywhere from this profile, or a document was open here.
    CompletableFuture<Boolean> isKnown() {
        return relays.known().thenCombine(recent(), (known, documents) -> !known.isEmpty() || !documents.isEmpty());
    }

    /// Asks every relay for this person's documents.
    CompletableFuture<List<Asked>> ask() {
        return relays.ask();
    }

    CompletableFuture<?> rename(DocumentEntry entry, String title) {
        return Attempted.at(
                Attempt.RENAME,
                nameOf(entry),
                relays.at(entry.relay()).thenCompose(client -> client.rename(entry.id(), title)));
    }
}
