package coscribe.desktop;

import coscribe.client.CoscribeClient;
import coscribe.client.InviteLink;
import coscribe.client.runner.DocumentClient;
import coscribe.client.runner.DocumentListener;
import coscribe.client.runner.KeptCopy;
import coscribe.client.runner.Status;
import coscribe.client.runner.Status.Contact;
import coscribe.desktop.update.Release;
import coscribe.desktop.view.frame.Command;
import coscribe.desktop.view.frame.Commands;
import coscribe.desktop.view.frame.EditorWindow;
import coscribe.desktop.view.frame.FindBar;
import coscribe.desktop.view.frame.Inviting;
import coscribe.desktop.view.frame.Linking;
import coscribe.desktop.view.people.AuthorLegend;
import coscribe.desktop.view.people.Palette;
import coscribe.desktop.view.people.PeopleView;
import coscribe.desktop.view.people.Scenery;
import coscribe.desktop.view.text.FindMarks;
import coscribe.desktop.view.text.Held;
import coscribe.desktop.view.text.Links;
import coscribe.desktop.view.text.ModelCommands;
import coscribe.desktop.view.text.RichTextSurface;
import coscribe.desktop.viewmodel.Authorship;
import coscribe.desktop.viewmodel.Banners;
import coscribe.desktop.viewmodel.Closing;
import coscribe.desktop.viewmodel.Diagnostics;
import coscribe.desktop.viewmodel.EditorModel;
import coscribe.desktop.viewmodel.Finding;
import coscribe.desktop.viewmodel.People;
import coscribe.desktop.viewmodel.StatusDetails;
import coscribe.desktop.viewmodel.StatusLine;
import coscribe.desktop.viewmodel.WordCount;
import coscribe.ot.document.Document;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ChangeListener;
import javafx.scene.input.Clipboard;
import javafx.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One document in one window: puts the rooms together around it. On the thread that draws.
public final class DocumentWindow implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DocumentWindow.class);
    private static final int INVITE_USES = 100;

    private final Desktop desktop;
    private final CoscribeClient relay;
    private final DocumentClient client;
    private final Stage stage = new Stage();
    private final StringProperty title = new SimpleStringProperty("");
    private final ReadOnlyBooleanWrapper mayShare = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper offline = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper copies = new ReadOnlyBooleanWrapper();
    private final EditorModel model;
    private final BooleanBinding linked;
    private final RichTextSurface surface;
    private final StatusLine status;
    private final Banners banners;
    private final Remedies remedies;
    private final Closing closing;
    private final ContactLog contactLog;
    private final People people;
    private final PeopleView others;
    private final BooleanBinding follows;
    private final EditorWindow frame;
    private final WordCount words;
    private final Authorship authorship;
    private final AuthorLegend legend;
    private final Finding finding;
    private final FindMarks marks;
    private final Returning returning;
    private final Listener listener = new Listener();
    private final ChangeListener<Optional<Release>> released = (property, was, is) -> released(is);
    private boolean closed;
    private boolean live;

    /// Nobody sees it yet. {@link #style} follows, in a turn of its own.
    ///
    /// @param client  whose document may still be on its way
    DocumentWindow(Desktop desktop, CoscribeClient relay, DocumentClient client) {
        this.desktop = desktop;
        this.relay = relay;
        this.client = client;
        var around = desktop.around();
        model = new EditorModel(client, around.clock());
        linked = Bindings.createBooleanBinding(
                () -> model.formattingProperty().get().link().isPresent(), model.formattingProperty());
        var text = new ModelCommands(model, Clipboard.getSystemClipboard());
        var commands = new Commands();
        surface = new RichTextSurface(
                text, new Links(around.browser(), () -> commands.run(Command.LINK)), around.strings());
        surface.measure(desktop.speed().screen());
        surface.blink(desktop.timer(), around.home(), around.clock());
        title.set(client.title());
        String server = relay.address().toString();
        status = new StatusLine(around.strings(), around.clock(), around.zone(), client.status());
        banners = new Banners(around.strings(), around.zone(), server, title::get, desktop::alarm);
        remedies = new Remedies(desktop, relay, this, banners);
        closing = new Closing(client, around.home(), this::closeNow, this::stayOpen);
        people = new People(client, around.clock(), desktop.colours());
        var scenery = new Scenery(
                people,
                surface,
                model::selection,
                desktop.timer(),
                Bindings.createObjectBinding(
                        () -> Palette.of(
                                around.theme().scheme().get() == ColorScheme.DARK,
                                around.theme().contrast().get()),
                        around.theme().scheme(),
                        around.theme().contrast()),
                Platform.getPreferences().reducedMotionProperty(),
                around.strings());
        others = new PeopleView(scenery, this::showPeople, this::leftAlone);
        follows = Bindings.createBooleanBinding(() -> others.whom().get().isPresent(), others.whom());
        words = new WordCount(model, around.strings(), desktop.timer(), around.home());
        authorship = new Authorship(model, desktop.timer(), around.home());
        legend = new AuthorLegend(scenery, authorship, others.authorColours());
        finding = new Finding(model, desktop.timer(), around.home());
        marks = new FindMarks(surface, others.text(), finding.found());
        var find = new FindBar(finding, surface::requestFocus, model.editableProperty(), around.strings());
        find.into(commands);
        new Writing(model, text).into(commands);
        desktop.into(commands);
        ownInto(commands);
        frame = new EditorWindow(
                around.strings(),
                commands,
                new EditorWindow.Subject(
                        title,
                        this::rename,
                        model.editableProperty(),
                        mayShare.getReadOnlyProperty(),
                        status,
                        banners,
                        words.words(),
                        new StatusDetails.Surroundings(
                                relay.knownAs().map(Person::name).orElseGet(around::personName),
                                server,
                                around.version(),
                                around.places().data().toString(),
                                around.zone())),
                new EditorWindow.Rooms(
                        marks.node(),
                        surface::requestFocus,
                        surface::caretInScene,
                        this::hold,
                        legend,
                        find,
                        others.avatars(),
                        others.panel(),
                        others.count(),
                        others.followed()),
                outside());
        WindowIcon.on(stage);
        frame.dress(stage, around.theme());
        desktop.windowMemory().follow(stage);
        others.authorColours().addListener((property, was, is) -> surface.showAuthors(is));
        desktop.choices().follow("carets", others.caretsShown());
        desktop.choices().follow("author.colours", others.authorsShown());
        stage.focusedProperty().addListener((property, was, is) -> lookingAtIt(is));
        stage.setOnCloseRequest(event -> {
            event.consume();
            close();
        });
        client.listen(listener);
        contactLog = ContactLog.of(client);
        model.onNotice(this::tell);
        desktop.updates().offered().addListener(released);
        released(desktop.updates().offered().get());
        banners.onVersionSeen(desktop.updates()::putAway);
        surface.onUntyped(banners::notTyped);
        model.onActed(others::stopFollowing);
        model.attach(surface);
        returning = new Returning(client.id(), model, surface, desktop.whereabouts(), around.clock(), desktop::alarm);
        take(client.status());
        var _ = remedies.copies().thenAcceptAsync(all -> copies.set(!all.isEmpty()), around.home());
    }

    /// Does most of the work of showing it ahead.
    void style() {
        if (!closed) {
            stage.getScene().getRoot().applyCss();
        }
    }

    /// Likewise, once it is styled.
    void layOut() {
        if (!closed) {
            stage.getScene().getRoot().layout();
        }
    }

    private void ownInto(Commands commands) {
        commands.put(Command.CLOSE, this::close);
        commands.put(Command.EXPORT, remedies::export);
        commands.put(Command.KEPT_COPIES, remedies::openCopies, copies.getReadOnlyProperty());
        commands.put(Command.COPY_DIAGNOSTICS, remedies::copyDiagnostics);
        commands.put(
                Command.OPEN_LOGS,
                () -> new Support(desktop)
                        .openLogs(() -> status.flash(desktop.around().strings().get("logs.none"))));
        if (desktop.updates().byHand()) {
            commands.put(Command.CHECK_UPDATES, remedies::checkUpdates);
        }
        commands.put(Command.NEXT_PERSON, others::goToNext);
        commands.put(Command.GO_BACK, others::goBack, others.canGoBack());
        commands.put(Command.FOLLOW_NEXT, others::followNext);
        commands.put(Command.STOP_FOLLOWING, others::stopFollowing, follows);
        commands.putToggle(
                Command.SHOW_CARETS,
                () -> others.caretsShown().set(!others.caretsShown().get()),
                others.caretsShown());
        commands.putToggle(
                Command.AUTHOR_COLOURS,
                () -> others.authorsShown().set(!others.authorsShown().get()),
                others.authorsShown());
        commands.putToggle(
                Command.WORK_OFFLINE, () -> client.workOffline(!offline.get()), offline.getReadOnlyProperty());
        commands.putToggle(
                Command.FULL_SCREEN, () -> stage.setFullScreen(!stage.isFullScreen()), stage.fullScreenProperty());
    }

    /// Before the page is drawn larger or smaller: what puts the line back that is looked at.
    private Runnable hold() {
        return Held.of(surface, model.selection().head());
    }

    private void leftAlone(String name) {
        status.flash(desktop.around().strings().get("people.left", name));
    }

    private void showPeople() {
        frame.showPanel(true);
    }

    private EditorWindow.Outside outside() {
        return new EditorWindow.Outside(
                new Inviting(this::invite, relay.address().isLoopback()),
                new Linking(
                        () -> model.formattingProperty().get().link(),
                        model::link,
                        EditorModel::linkMeant,
                        model.editableProperty(),
                        linked),
                remedies.forBanners(),
                remedies.forStatus(),
                desktop.views(),
                Platform.getPreferences().reducedMotionProperty(),
                desktop::alarm);
    }

    private CompletableFuture<String> invite(Role role, Duration validFor) {
        return relay.invite(client.id(), role, validFor, INVITE_USES)
                .thenApply(code -> new InviteLink(List.of(relay.address()), code).written());
    }

    /// @param isNew  its title is to be typed first
    void show(boolean isNew) {
        title.set(client.title()); // which came with the document
        stage.show();
        stage.getScene().getRoot().layout(); // which has the text now, and its size
        returning.begin();
        if (isNew) {
            frame.editTitle();
            FirstInText.of(surface.node(), frame::offerShare);
        } else {
            surface.requestFocus();
        }
    }

    /// Whether this computer is in a network. A relay on it needs none.
    void networkIs(boolean is) {
        status.network(is || relay.address().isLoopback());
    }

    CoscribeClient relay() {
        return relay;
    }

    /// Whether somebody could type into the text now, and sees where.
    public boolean isCaretSeen() {
        return stage.isShowing()
                && surface.caretAt(model.selection().head()).isPresent()
                && surface.node().isFocusWithin();
    }

    /// As somebody who helps is told of it.
    Diagnostics.Open diagnosed() {
        return new Diagnostics.Open(
                relay.address().toString(),
                status.status(),
                status.shown().get().rank(),
                banners.shown(),
                model.document().length());
    }

    /// Brings the window in front of the others.
    void toFront() {
        stage.setIconified(false);
        stage.toFront();
        stage.requestFocus();
    }

    private void released(Optional<Release> newest) {
        banners.newVersion(newest.map(Release::version), desktop.around().version());
    }

    private void tell(EditorModel.Notice notice) {
        switch (notice) {
            case TOO_LONG -> banners.tooLong();
            case BAD_LINK -> {} // who asks for a link says so there
        }
    }

    /// The program had ended unexpectedly: tells how many edits the journal brought back.
    void recovered(int edits) {
        banners.recovered(edits);
    }

    private void lookingAtIt(boolean is) {
        if (!closed) {
            client.focus(is);
        }
    }

    /// Shown at once; where it is refused, the old one comes back.
    private void rename(String wanted) {
        title.set(wanted);
        var _ = client.rename(wanted).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.info("event=not_renamed", failure);
                desktop.around().home().execute(() -> title.set(client.title()));
            }
        });
    }

    /// As the window shows it.
    public String title() {
        return title.get();
    }

    public Stage stage() {
        return stage;
    }

    /// What the status line says.
    public StatusLine status() {
        return status;
    }

    public EditorWindow frame() {
        return frame;
    }

    public DocumentClient client() {
        return client;
    }

    public EditorModel model() {
        return model;
    }

    /// How the others are shown.
    public PeopleView others() {
        return others;
    }

    public RichTextSurface surface() {
        return surface;
    }

    /// Closes it soon, for what was typed is with the relay or in the journal. Where it is in neither
    /// the window stays, and says so.
    @Override
    public void close() {
        if (!closed) {
            closing.ask();
        }
    }

    private void stayOpen() {
        if (!closed) {
            banners.notClosed();
            toFront();
        }
    }

    /// The document, as it was then, is in a file.
    void written(Document document) {
        closing.written(document);
    }

    /// Whatever is lost by it.
    void closeNow() {
        if (!closed) {
            letGo();
            var _ = client.shutDown().whenComplete((done, failure) -> desktop.documentsChanged());
            desktop.closed(this);
        }
    }

    /// It was never shown and will not be; its document goes its own way.
    void discard() {
        letGo();
    }

    private void letGo() {
        closed = true;
        returning.close();
        client.unlisten(listener);
        desktop.updates().offered().removeListener(released);
        contactLog.end();
        legend.close();
        authorship.close();
        others.close();
        people.close();
        words.close();
        finding.end();
        marks.close();
        banners.close();
        frame.close();
        model.close();
        surface.close();
        stage.close();
    }

    private void take(Status now) {
        status.take(now);
        banners.take(now, status.shown().get().rank()); // also where the line goes on to say the same
        boolean isLive = now.contact() instanceof Contact.Live;
        if (isLive && !live) {
            desktop.documentsChanged();
        }
        live = isLive;
        offline.set(now.contact() instanceof Contact.Offline);
        mayShare.set(now.role() == Role.OWNER);
    }

    private final class Listener implements DocumentListener {
        @Override
        public void titleChanged(DocumentClient document, String now) {
            title.set(now);
        }

        @Override
        public void statusChanged(DocumentClient document, Status now) {
            take(now);
        }

        @Override
        public void copyKept(DocumentClient document, KeptCopy copy) {
            banners.copyKept(copy);
            copies.set(true);
        }
    }
}
