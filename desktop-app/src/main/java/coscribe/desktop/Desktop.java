package coscribe.desktop;

import coscribe.client.CoscribeClient;
import coscribe.client.CoscribeClient.Workshop;
import coscribe.client.DocumentLink;
import coscribe.client.InviteLink;
import coscribe.client.link.RelayAddress;
import coscribe.client.runner.DocumentClient;
import coscribe.client.runner.Home;
import coscribe.client.runner.KeptCopy;
import coscribe.desktop.host.BundledRelay;
import coscribe.desktop.view.frame.Command;
import coscribe.desktop.view.frame.Commands;
import coscribe.desktop.view.frame.Theme;
import coscribe.desktop.view.frame.Views;
import coscribe.desktop.viewmodel.AttemptFailedException.Attempt;
import coscribe.desktop.viewmodel.DocumentEntry;
import coscribe.desktop.viewmodel.DocumentListModel.Asked;
import coscribe.desktop.viewmodel.Fragment;
import coscribe.desktop.viewmodel.Strings;
import coscribe.ot.protocol.DocumentId;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import javafx.beans.binding.Bindings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The editor of one profile: its relays, its windows, and the way from one to the other. The one
/// place that sees every room. On the thread that draws.
public final class Desktop {
    private static final Logger LOG = LoggerFactory.getLogger(Desktop.class);

    private static final long WRITTEN_WITHIN_SECONDS = 30;

    private final Around around;
    private final Home home;
    private final Relays relays;
    private final Runnable ended;
    private final List<DocumentWindow> windows = new ArrayList<>();
    private final Map<DocumentId, CopyWindow> copyWindows = new HashMap<>();
    private final List<Consumer<DocumentWindow>> opened = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("coscribe-alarms").daemon().factory());
    private final ExecutorService files = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("coscribe-files").daemon().factory());
    private final Choices choices;
    private final Views views = new Views();
    private final LastEnd lastEnd;
    private Optional<HomeWindow> homeWindow = Optional.empty();
    private boolean quitting;
    private boolean ending;

    /// What the outside world lends to an editor.
    ///
    /// @param random   unguessable, and safe for any thread
    /// @param browser  shows an http, https or mailto target, or a folder
    /// @param files    asks where a file is to go
    public record Around(
            Places places,
            Strings strings,
            Theme theme,
            Home home,
            InstantSource clock,
            ZoneId zone,
            RandomGenerator random,
            String personName,
            String version,
            Consumer<String> browser,
            FileAsker files) {}

    /// @param ended  runs when everything is closed, on a thread of no importance
    public Desktop(Around around, Runnable ended) {
        this.around = around;
        this.home = around.home();
        this.ended = ended;
        this.choices = new Choices(around.places().settings(), files);
        choices.into(around.theme(), views);
        this.lastEnd = LastEnd.begin(around.places().data());
        this.relays = new Relays(
                around.places(),
                Workshop.at(home),
                () -> BundledRelay.start(around.places().relay(), around.clock(), around.random(), around.version()));
    }

    Around around() {
        return around;
    }

    /// Wakes what only time changes.
    ScheduledExecutorService timer() {
        return timer;
    }

    /// Where files are read and written.
    Executor files() {
        return files;
    }

    /// How documents are seen in all windows.
    Views views() {
        return views;
    }

    Choices choices() {
        return choices;
    }

    /// Writes documents as files.
    Exporter exporter() {
        return new Exporter(around.clock(), around.zone(), home, files);
    }

    /// What was asked for at the start, or by somebody who started the editor once more.
    public void open(Wish wish) {
        switch (wish) {
            case Wish.Join(var link) -> homeWindow().follow(link);
            case Wish.Open(var link) -> openDocument(link);
            case Wish.Window() -> {
                if (windows.isEmpty()) {
                    homeWindow().show();
                } else {
                    windows.getLast().toFront();
                }
            }
        }
    }

    private HomeWindow homeWindow() {
        if (homeWindow.isEmpty()) {
            homeWindow = Optional.of(new HomeWindow(this));
        }
        return homeWindow.get();
    }

    private void openDocument(DocumentLink link) {
        var server = link.addresses().getFirst().toString();
        tellOfFailure(Attempted.at(
                Attempt.OPEN, server, relays.at(link).thenCompose(client -> show(client, link.document(), false))));
    }

    /// What was asked for in no window, or in one that goes on: the home window says why it failed.
    private void tellOfFailure(CompletableFuture<?> way) {
        var _ = way.whenCompleteAsync(
                (done, failure) -> {
                    if (failure != null && !quitting) {
                        LOG.warn("event=not_done", failure);
                        homeWindow().tell(failure);
                    }
                },
                home);
    }

    // --- the ways from the home window to a document

    /// Follows an invite link: to the document that it is for, else to a new one.
    CompletableFuture<DocumentWindow> join(InviteLink link, String name) {
        return relays.join(link, name)
                .thenApplyAsync(this::isIn, home)
                .thenCompose(joined -> joined.document()
                        .map(id -> show(joined.client(), id, false))
                        .orElseGet(() -> create(joined.client())));
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
        windows.stream()
                .filter(window -> window.relay() == relay)
                .forEach(window -> window.client().tryNow());
    }

    /// Starts this computer's own relay: to a new document, or to the list where there are some.
    CompletableFuture<?> host(String name) {
        return relays.host(name)
                .thenCompose(client -> recent().thenCompose(known -> {
                    CompletableFuture<?> way = known.stream().anyMatch(DocumentEntry::hosted)
                            ? CompletableFuture.runAsync(() -> homeWindow().documents(), home)
                            : create(client);
                    return way;
                }));
    }

    CompletableFuture<DocumentWindow> open(DocumentEntry entry) {
        return Attempted.at(
                Attempt.OPEN,
                nameOf(entry),
                relays.at(entry.relay()).thenCompose(client -> show(client, entry.id(), false)));
    }

    private String nameOf(DocumentEntry entry) {
        return entry.hosted()
                ? around.strings().get("list.thisComputer")
                : entry.relay().toString();
    }

    /// A new document, at the relay that was used last; where there is none, at this computer's
    /// own.
    CompletableFuture<DocumentWindow> create() {
        return recent().thenCombine(relays.known(), Desktop::usedLast)
                .thenCompose(last -> Attempted.at(
                        Attempt.CREATE,
                        last.map(RelayAddress::toString)
                                .orElseGet(() -> around.strings().get("list.thisComputer")),
                        last.map(relays::at)
                                .orElseGet(() -> relays.host(around.personName()))
                                .thenCompose(this::create)));
    }

    private static Optional<RelayAddress> usedLast(List<DocumentEntry> documents, List<RelayAddress> relays) {
        return documents.stream()
                .findFirst()
                .map(DocumentEntry::relay)
                .or(() -> relays.stream().findFirst());
    }

    private CompletableFuture<DocumentWindow> create(CoscribeClient relay) {
        return relay.createDocument(around.strings().get("document.untitled")).thenCompose(id -> show(relay, id, true));
    }

    /// A new document on this computer, which needs no network and which nobody else sees, with a
    /// piece of text in it.
    CompletableFuture<DocumentWindow> createHere(String title, Fragment text) {
        return relays.host(around.personName())
                .thenCompose(own -> own.createDocument(title).thenCompose(id -> show(own, id, false)))
                .thenApplyAsync(
                        window -> {
                            window.model().paste(text);
                            return window;
                        },
                        home);
    }

    /// Opens what was kept beside a document, in one window for all of it.
    ///
    /// @param first  of the copies, to begin with
    void showCopies(DocumentId document, List<KeptCopy> copies, KeptCopy first) {
        copyWindows
                .computeIfAbsent(
                        document,
                        id -> new CopyWindow(this, () -> {
                            copyWindows.remove(id);
                            quitIfLast();
                        }))
                .show(copies, first);
    }

    /// Those that are open.
    List<CopyWindow> copyWindows() {
        return List.copyOf(copyWindows.values());
    }

    CompletableFuture<?> rename(DocumentEntry entry, String title) {
        return Attempted.at(
                Attempt.RENAME,
                nameOf(entry),
                relays.at(entry.relay()).thenCompose(client -> client.rename(entry.id(), title)));
    }

    /// The documents of which there is a copy here, the one used last first.
    CompletableFuture<List<DocumentEntry>> recent() {
        return relays.recent();
    }

    /// Whether somebody signed in anywhere from this profile, or a document was open here.
    CompletableFuture<Boolean> isKnown() {
        return relays.known().thenCombine(recent(), (known, documents) -> !known.isEmpty() || !documents.isEmpty());
    }

    /// Asks every relay for this person's documents.
    CompletableFuture<List<Asked>> ask() {
        return relays.ask();
    }

    /// Opens a document in a window of its own, or brings the window that it is in to the front.
    /// From anywhere; completes on the thread that draws.
    ///
    /// @param isNew  its title is to be typed first
    private CompletableFuture<DocumentWindow> show(CoscribeClient relay, DocumentId id, boolean isNew) {
        return relay.opening(id)
                .thenCompose(FirstSight::of)
                .thenApplyAsync(document -> window(relay, document, isNew), home);
    }

    private DocumentWindow window(CoscribeClient relay, DocumentClient document, boolean isNew) {
        var known =
                windows.stream().filter(window -> window.client() == document).findFirst();
        if (known.isPresent()) {
            known.get().toFront();
            return known.get();
        }
        var window = new DocumentWindow(this, relay, document);
        windows.add(window);
        window.show(isNew);
        if (lastEnd.wasUnexpected()) {
            window.recovered(document.status().unsaved());
        }
        homeWindow.ifPresent(HomeWindow::hide);
        opened.forEach(each -> each.accept(window));
        return window;
    }

    void into(Commands commands) {
        commands.put(Command.NEW_DOCUMENT, () -> tellOfFailure(create()));
        commands.put(Command.OPEN_HOME, () -> homeWindow().documents());
        commands.put(Command.QUIT, this::quit);
        var contrast = around.theme().contrast();
        var free = around.theme().contrastIsFree();
        commands.putToggle(
                Command.HIGH_CONTRAST,
                () -> wantContrast(!contrast.get()),
                Bindings.createBooleanBinding(free::get, free), // the window's own: it ends with the window
                Bindings.createBooleanBinding(contrast::get, contrast));
    }

    private void wantContrast(boolean is) {
        around.theme().wantContrast(is);
        choices.keepContrast(is);
    }

    void closed(DocumentWindow window) {
        windows.remove(window);
        quitIfLast();
    }

    /// What the list shows may be otherwise now: a journal was closed, or a connection came back.
    /// From anywhere.
    void documentsChanged() {
        home.execute(() -> {
            if (!quitting) {
                homeWindow.ifPresent(HomeWindow::refresh);
            }
        });
    }

    void homeClosed() {
        quitIfLast();
    }

    private void quitIfLast() {
        if (windows.isEmpty()
                && copyWindows.isEmpty()
                && homeWindow.filter(HomeWindow::isShowing).isEmpty()) {
            quit();
        }
    }

    /// Hears of each window that is opened, once it is shown.
    public void onWindow(Consumer<DocumentWindow> listener) {
        opened.add(listener);
    }

    public List<DocumentWindow> windows() {
        return List.copyOf(windows);
    }

    /// Closes everything. Asks nothing: what was typed is in the journals.
    public void quit() {
        if (quitting) {
            return;
        }
        quitting = true;
        List.copyOf(windows).forEach(DocumentWindow::close);
        copyWindows().forEach(CopyWindow::close);
        homeWindow.ifPresent(HomeWindow::hide);
        end();
    }

    /// The process is told to end: its windows go with it. JavaFX, which is told at the same moment,
    /// may have given up drawing, and a window can not be closed then.
    void end() {
        if (ending) {
            return;
        }
        quitting = true;
        ending = true;
        timer.shutdownNow();
        files.shutdown();
        Thread.ofPlatform().name("coscribe-quit").start(() -> {
            try {
                relays.close();
                var _ = files.awaitTermination(WRITTEN_WITHIN_SECONDS, TimeUnit.SECONDS);
                lastEnd.end();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                ended.run();
            }
        });
    }

    /// The process is told to end, and the thread that draws does not answer any more. What was
    /// typed is in the journals already; this computer's own relay closes. At most a few seconds;
    /// on any other thread.
    void abandon() {
        relays.abandon();
        lastEnd.end();
    }
}
