package coscribe.desktop.view.frame;

import coscribe.desktop.viewmodel.StatusLine;
import coscribe.desktop.viewmodel.Strings;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.MenuBar;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;

/// One document's window: menus, title, formatting bar, banners, the page with the text, a panel at
/// the right, the status line. On the thread that draws.
public final class EditorWindow implements AutoCloseable {
    public static final double USUAL_WIDTH = 1180;
    public static final double USUAL_HEIGHT = 780;
    private static final double LEAST_WIDTH = 640;
    private static final double LEAST_HEIGHT = 480;

    /// What other rooms put into the window.
    ///
    /// @param text       the text, with everything that is drawn over it
    /// @param focusText  gives it the keyboard
    /// @param avatars    who is here, beside the title
    /// @param people     the panel at the right
    public record Rooms(Node text, Runnable focusText, Node avatars, Region people) {}

    /// What the window shows of its document.
    ///
    /// @param title    as it is; set from outside when it changes
    /// @param rename   asks for another one
    /// @param mayEdit  whether the role allows edits
    /// @param status   refreshed by the window as time goes by
    public record Subject(
            StringProperty title, Consumer<String> rename, ObservableBooleanValue mayEdit, StatusLine status) {}

    private final Strings strings;
    private final Rooms rooms;
    private final Subject subject;
    private final Commands commands;
    private final StackPane root = new StackPane();
    private final FloatLayer floats;
    private final TitleRow titleRow;
    private final FormatBar formatBar;
    private final MenuBar menus;
    private final StackPane panel = new StackPane();
    private final StatusLabel bottomStatus;
    private final PauseTransition clock = new PauseTransition();

    /// @param commands  what exists here besides what the window does itself
    public EditorWindow(Strings strings, Commands commands, Subject subject, Rooms rooms) {
        this.strings = strings;
        this.commands = commands;
        this.subject = subject;
        this.rooms = rooms;
        this.floats = new FloatLayer(rooms.focusText());
        putOwnCommands();
        var status = subject.status();
        bottomStatus = new StatusLabel(status.shown(), strings, this::showDetails);
        var share = new Button(strings.get("share.button"), Icons.of("mdi2a-account-plus-outline"));
        share.getStyleClass().addAll("accent", "share-button");
        share.setOnAction(event -> commands.run(Command.SHARE));
        share.setVisible(commands.has(Command.SHARE));
        share.setManaged(commands.has(Command.SHARE));
        titleRow = new TitleRow(
                subject.title(),
                subject.rename(),
                rooms.focusText(),
                commands,
                strings,
                new StatusLabel(status.shown(), strings, this::showDetails),
                rooms.avatars(),
                share);
        formatBar = new FormatBar(commands, strings);
        menus = Menus.bar(commands, strings);
        build();
        keepTime();
    }

    private void putOwnCommands() {
        commands.put(Command.RENAME, this::editTitle, subject.mayEdit());
        commands.putToggle(Command.SHOW_PEOPLE, this::togglePanel, panel.visibleProperty());
        commands.put(Command.HIDE_PANEL, this::togglePanel);
    }

    private void build() {
        var top = new VBox(menus, titleRow, formatBar);
        formatBar.visibleProperty().bind(subject.mayEdit());
        formatBar.managedProperty().bind(subject.mayEdit());
        subject.mayEdit().addListener((property, was, is) -> titleRow.setTitleEditable(is));
        titleRow.setTitleEditable(subject.mayEdit().get());
        var page = new StackPane(rooms.text());
        page.getStyleClass().add("page");
        panel.getChildren().add(rooms.people());
        panel.getStyleClass().add("side-panel");
        showPanel(false);
        var bottom = new HBox(bottomStatus);
        bottom.getStyleClass().add("status-bar");
        var frame = new BorderPane(page, top, panel, bottom, null);
        frame.getStyleClass().add("frame");
        root.getChildren().addAll(frame, floats);
        root.addEventFilter(KeyEvent.KEY_PRESSED, this::keys);
    }

    public Parent root() {
        return root;
    }

    /// Puts the window on a stage: scene, least size, title.
    public Scene dress(Stage stage, Theme theme) {
        var scene = new Scene(root, USUAL_WIDTH, USUAL_HEIGHT);
        theme.dress(scene);
        stage.setScene(scene);
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        return scene;
    }

    /// The whole title selected, to type another.
    public void editTitle() {
        titleRow.editTitle();
    }

    public void showPanel(boolean shown) {
        panel.setVisible(shown);
        panel.setManaged(shown);
    }

    private void togglePanel() {
        showPanel(!panel.isVisible());
    }

    private void showDetails() {}

    private void keys(KeyEvent event) {
        if (event.getCode() == KeyCode.F6) {
            event.consume();
        }
    }

    // --- the words change by themselves

    private void keepTime() {
        clock.setOnFinished(event -> {
            subject.status().refresh();
            wait(subject.status().untilChange());
        });
        subject.status()
                .shown()
                .addListener((property, was, is) -> wait(subject.status().untilChange()));
        wait(subject.status().untilChange());
    }

    private void wait(Optional<Duration> span) {
        clock.stop();
        span.ifPresent(it -> {
            clock.setDuration(javafx.util.Duration.millis(it.toMillis()));
            clock.playFromStart();
        });
    }

    @Override
    public void close() {
        clock.stop();
    }
}
