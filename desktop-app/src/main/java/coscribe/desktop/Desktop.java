package coscribe.desktop;

import coscribe.client.CoscribeClient;
import coscribe.client.CoscribeClient.Workshop;
import coscribe.client.runner.DocumentClient;
import coscribe.client.runner.Home;
import coscribe.client.runner.KeptCopy;
import coscribe.desktop.host.BundledRelay;
import coscribe.desktop.policy.Policy;
import coscribe.desktop.view.frame.Command;
import coscribe.desktop.view.frame.Commands;
import coscribe.desktop.view.frame.Theme;
import coscribe.desktop.view.frame.Views;
import coscribe.desktop.viewmodel.Alarm;
import coscribe.desktop.viewmodel.NotAllowedException;
import coscribe.desktop.viewmodel.OwnColours;
import coscribe.desktop.viewmodel.ProxyAccess;
import coscribe.desktop.viewmodel.Speed;
import coscribe.desktop.viewmodel.Strings;
import coscribe.ot.protocol.DocumentId;
import java.net.InetAddress;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
    private final Navigator navigator;
    private final Runnable ended;
    private final List<DocumentWindow> windows = new ArrayList<>();
    private final Map<DocumentId, CopyWindow> copyWindows = new HashMap<>();
    private final List<Consumer<DocumentWindow>> opened = new ArrayList<>();
    private final ScheduledExecutorService timer = new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().name("coscribe-alarms").daemon().factory(),
            new ThreadPoolExecutor.DiscardPolicy()); // at the end of all, nothing is due any more
    private final ExecutorService files = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("coscribe-files").daemon().factory());
    private final ProxyPassword proxyPassword = new ProxyPassword();
    private final Choices choices;
    private final Whereabouts whereabouts;
    private final WindowMemory windowMemory;
    private final OwnColours colours;
    private final Views views = new Views();
    private final Speed speed = new Speed(System::nanoTime);
    private final Updates updates;
    private final LastEnd lastEnd;
    private Optional<HomeWindow> homeWindow = Optional.empty();
    private boolean inNetwork = true;
    private boolean ending;

    /// What the outside world lends to an editor.
    ///
    /// @param policy   what is decided for this computer
    /// @param random   unguessable, and safe for any thread
    /// @param browser  shows an http, https or mailto target, or a folder
    /// @param files    asks where a file is to go
    /// @param network  the addresses that this computer has in networks now; may take some milliseconds
    public record Around(
            Places places,
            Policy policy,
            Strings strings,
            Theme theme,
            FxHome home,
            InstantSource clock,
            ZoneId zone,
            RandomGenerator random,
            String personName,
            String version,
            Consumer<String> browser,
            FileAsker files,
            Supplier<Set<InetAddress>> network) {}

    /// @param ended  runs when everything is closed, on a thread of no importance
    public Desktop(Around around, Runnable ended) {
        this.around = around;
        this.home = around.home();
        around.home().onWait(speed::waited);
        this.ended = ended;
        this.choices = new Choices(around.places().settings(), files);
        choices.into(around.theme(), views);
        this.windowMemory = new WindowMemory(around.places().settings(), files, this::alarm);
        this.whereabouts = new Whereabouts(around.places().data(), files);
        this.colours = choices.colours();
        this.lastEnd = LastEnd.begin(around.places().data());
        var network = Networks.of(around.policy(), System.getenv());
        this.updates = new Updates(
                around,
                network,
                files,
                task -> Thread.ofVirtual().name("coscribe-updates").start(task),
                this::alarm);
        this.relays = new Relays(
                around.places(),
                Workshop.at(home),
                network,
                () -> BundledRelay.start(around.places().relay(), around.clock(), around.random(), around.version()),
                around.policy().mayHost());
        this.navigator = new Navigator(this, relays);
        new NetworkWatch(
                        around.clock(),
                        around.network(),
                        is -> home.execute(() -> networkIs(is)),
                        () -> home.execute(this::lookAgain))
                .start(timer);
        updates.start();
    }

    Around around() {
        return around;
    }

    /// Signs in to the network's proxy, once somebody typed how.
    ProxyPassword proxyPassword() {
        return proxyPassword;
    }

    /// Signs in to the network's proxy from now on, and everything that waits for that is tried.
    ProxyAccess proxyAccess(String proxy, Runnable done) {
        return new ProxyAccess(around.strings(), proxy, proxyPassword.refused(), proxyPassword::use, () -> {
            windows.forEach(window -> window.client().tryNow());
            done.run();
        });
    }

    /// The ways to a document.
    Navigator navigator() {
        return navigator;
    }

    /// Wakes what only time changes.
    ScheduledExecutorService timer() {
        return timer;
    }

    /// One that wakes what it is given.
    Alarm alarm(Runnable wake) {
        return new Alarm(timer, home, around.clock(), wake);
    }

    /// Where files are read and written.
    Executor files() {
        return files;
    }

    /// How documents are seen in all windows.
    Views views() {
        return views;
    }

    /// How fast this program is.
    Speed speed() {
        return speed;
    }

    /// Whether there is a newer version.
    Updates updates() {
        return updates;
    }

    /// What people are drawn in, for this writer only.
    OwnColours colours() {
        return colours;
    }

    Choices choices() {
        return choices;
    }

    /// Where this writer was in documents.
    Whereabouts whereabouts() {
        return whereabouts;
    }

    /// How large windows are wanted.
    WindowMemory windowMemory() {
        return windowMemory;
    }

    /// Writes documents as files.
    Exporter exporter() {
        return new Exporter(around.clock(), around.zone(), home, files);
    }

    /// What was asked for at the start, or by somebody who started the editor once more.
    public void open(Wish wish) {
        if (!(wish instanceof Wish.Window) && !around.policy().followsLinks()) {
            LOG.info("event=link_not_followed");
            homeWindow().tell(new NotAllowedException(NotAllowedException.What.LINKS));
            return;
        }
        switch (wish) {
            case Wish.Join(var link) -> homeWindow().follow(link);
            case Wish.Open(var link) -> tellOfFailure(navigator.open(link));
            case Wish.Window() -> {
                if (windows.isEmpty()) {
                    homeWindow().show();
                } else {
                    windows.getLast().toFront();
                }
            }
        }
    }

    HomeWindow homeWindow() {
        if (homeWindow.isEmpty()) {
            homeWindow = Optional.of(new HomeWindow(this));
        }
        return homeWindow.get();
    }

    /// What was asked for in no window, or in one that goes on: the home window says why it failed.
    private void tellOfFailure(CompletableFuture<?> way) {
        var _ = way.whenCompleteAsync(
                (done, failure) -> {
                    if (failure != null && !ending) {
                        LOG.warn("event=not_done", failure);
                        homeWindow().tell(failure);
                    }
                },
                home);
    }

    /// Relays that were away may be there now: this computer woke, or is in another network.
    private void lookAgain() {
        windows.forEach(window -> window.client().tryNow());
        homeWindow.ifPresent(HomeWindow::refresh);
    }

    private void networkIs(boolean is) {
        inNetwork = is;
        windows.forEach(window -> window.networkIs(is));
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

    /// A window for a document, which may still be on its way: the one that it is in, or a new one
    /// that nobody sees until {@link #show}. A new one is made in several turns of this thread, as what
    /// the relay says is answered in between: else the text would be asked for only when the window is
    /// there, and both take about as long.
    DocumentWindow prepare(CoscribeClient relay, DocumentClient document) {
        return windows.stream()
                .filter(window -> window.client() == document)
                .findFirst()
                .orElseGet(() -> {
                    var made = new DocumentWindow(this, relay, document);
                    home.execute(made::style);
                    home.execute(made::layOut);
                    return made;
                });
    }

    /// Shows a window that was prepared, or brings the one to the front that its document is in.
    ///
    /// @param isNew  its title is to be typed first
    DocumentWindow show(DocumentWindow prepared, boolean isNew) {
        var document = prepared.client();
        var known =
                windows.stream().filter(window -> window.client() == document).findFirst();
        if (known.isPresent()) {
            discard(prepared);
            known.get().toFront();
            return known.get();
        }
        windows.add(prepared);
        prepared.networkIs(inNetwork);
        prepared.show(isNew);
        if (lastEnd.left(document.id())) {
            prepared.recovered(document.status().unsaved());
        }
        homeWindow.ifPresent(HomeWindow::hide);
        opened.forEach(each -> each.accept(prepared));
        return prepared;
    }

    /// Lets go of a window that was prepared and that nobody is to see.
    void discard(DocumentWindow prepared) {
        if (!windows.contains(prepared)) {
            prepared.discard();
        }
    }

    void into(Commands commands) {
        commands.put(Command.NEW_DOCUMENT, () -> tellOfFailure(navigator.create()));
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
            if (!ending) {
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
            end();
        }
    }

    /// Hears of each window that is opened, once it is shown.
    public void onWindow(Consumer<DocumentWindow> listener) {
        opened.add(listener);
    }

    public List<DocumentWindow> windows() {
        return List.copyOf(windows);
    }

    /// Closes everything, and ends once that is done. A window whose document would lose something by
    /// it stays, and says so; when it is closed after all, that is the end.
    public void quit() {
        List.copyOf(windows).forEach(DocumentWindow::close);
        copyWindows().forEach(CopyWindow::close);
        homeWindow.ifPresent(HomeWindow::hide);
        quitIfLast();
    }

    /// The last window was closed, or the process is told to end: then its windows go with it, as they
    /// are.
    void end() {
        if (ending) {
            return;
        }
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
