package coscribe.desktop;

import coscribe.client.CoscribeClient;
import coscribe.client.InviteLink;
import coscribe.client.runner.DocumentClient;
import coscribe.client.runner.DocumentListener;
import coscribe.client.runner.KeptCopy;
import coscribe.client.runner.Status;
import coscribe.desktop.view.frame.Command;
import coscribe.desktop.view.frame.Commands;
import coscribe.desktop.view.frame.EditorWindow;
import coscribe.desktop.view.text.ModelCommands;
import coscribe.desktop.view.text.RichTextSurface;
import coscribe.desktop.viewmodel.Banners;
import coscribe.desktop.viewmodel.EditorModel;
import coscribe.desktop.viewmodel.StatusDetails;
import coscribe.desktop.viewmodel.StatusLine;
import coscribe.ot.document.Change;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage.Member;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.input.Clipboard;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

/// One document in one window: puts the rooms together around it. On the thread that draws.
public final class DocumentWindow implements AutoCloseable {
    private static final int USES = 10;

    private final Desktop desktop;
    private final CoscribeClient relay;
    private final DocumentClient client;
    private final Stage stage = new Stage();
    private final StringProperty title = new SimpleStringProperty("");
    private final EditorModel model;
    private final RichTextSurface surface;
    private final StatusLine status;
    private final Banners banners;
    private final BooleanProperty mayShare = new SimpleBooleanProperty();
    private final BooleanProperty offline = new SimpleBooleanProperty();
    private final EditorWindow frame;
    private final Listener listener = new Listener();

    /// @param client  with a document that was opened
    DocumentWindow(Desktop desktop, CoscribeClient relay, DocumentClient client) {
        this.desktop = desktop;
        this.relay = relay;
        this.client = client;
        var around = desktop.around();
        this.model = new EditorModel(client, around.clock());
        var text = new ModelCommands(model, Clipboard.getSystemClipboard());
        this.surface = new RichTextSurface(text);
        this.status = new StatusLine(around.strings(), around.clock(), around.zone(), client.status());
        this.title.set(client.title());
        String server = relay.address().toString();
        this.banners = new Banners(around.strings(), around.zone(), server, title::get);
        this.mayShare.set(client.status().role() == Role.OWNER);
        var commands = new Commands();
        new Writing(model, text).into(commands);
        desktop.into(commands, this);
        commands.put(Command.CLOSE, this::close);
        commands.putToggle(Command.WORK_OFFLINE, () -> workOffline(!offline.get()), offline);
        this.frame = new EditorWindow(
                around.strings(),
                commands,
                new EditorWindow.Subject(
                        title,
                        this::rename,
                        model.editableProperty(),
                        mayShare,
                        status,
                        banners,
                        new StatusDetails.Surroundings(
                                server, around.version(), around.places().data().toString(), around.zone())),
                new EditorWindow.Rooms(surface.node(), surface::requestFocus, new HBox(), new StackPane()),
                new EditorWindow.Outside(
                        this::invite,
                        Map.of(Banners.Action.TRY_NOW, banner -> client.tryNow()),
                        Map.of(
                                StatusDetails.Action.TRY_NOW,
                                client::tryNow,
                                StatusDetails.Action.GO_ONLINE,
                                () -> workOffline(false))));
        var _ = frame.dress(stage, around.theme());
        stage.focusedProperty().addListener((property, was, is) -> client.focus(is));
        stage.setOnCloseRequest(event -> close());
        client.listen(listener);
        model.attach(surface);
    }

    void show() {
        stage.show();
        surface.requestFocus();
    }

    /// Brings the window in front of the others.
    void toFront() {
        stage.setIconified(false);
        stage.toFront();
        stage.requestFocus();
    }

    private void workOffline(boolean now) {
        offline.set(now);
        client.workOffline(now);
    }

    private CompletableFuture<String> invite(Role role, Duration validFor) {
        return relay.invite(client.id(), role, validFor, USES)
                .thenApply(code -> "coscribe://join/" + relay.address() + "/"
                        + new InviteLink(List.of(relay.address()), code).codeInGroups());
    }

    private void rename(String wanted) {
        title.set(wanted);
    }

    public Stage stage() {
        return stage;
    }

    public DocumentClient client() {
        return client;
    }

    public EditorModel model() {
        return model;
    }

    public RichTextSurface surface() {
        return surface;
    }

    /// Never asks: what was typed is in the journal.
    @Override
    public void close() {
        client.unlisten(listener);
        frame.close();
        model.close();
        surface.close();
        stage.close();
        var _ = client.shutDown();
        desktop.closed(this);
    }

    private final class Listener implements DocumentListener {
        @Override
        public void opened(DocumentClient document) {
            title.set(document.title());
        }

        @Override
        public void changed(DocumentClient document, Change change, boolean own) {}

        @Override
        public void statusChanged(DocumentClient document, Status now) {
            status.take(now);
            banners.take(now, status.shown().get().rank());
            mayShare.set(now.role() == Role.OWNER);
            title.set(document.title());
        }

        @Override
        public void membersChanged(DocumentClient document, List<Member> members) {}

        @Override
        public void copyKept(DocumentClient document, KeptCopy copy) {
            banners.copyKept(copy);
        }
    }
}
