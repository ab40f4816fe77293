package coscribe.desktop.view.frame;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.desktop.viewmodel.Alarm;
import coscribe.desktop.viewmodel.Banners;
import coscribe.desktop.viewmodel.StatusDetails;
import coscribe.desktop.viewmodel.StatusLine;
import coscribe.desktop.viewmodel.StatusLine.Rank;
import coscribe.desktop.viewmodel.Strings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.animation.FadeTransition;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.IntegerBinding;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableStringValue;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.MenuBar;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;

/// One document's window: menus, title, formatting bar, banners, the page with the text, a panel at
/// the right, the status line. On the thread that draws.
///
/// F6 and Shift+F6 go round the regions; Esc always returns to the text. A click on a button leaves
/// the keyboard in the text.
public final class EditorWindow implements AutoCloseable {
    public static final double USUAL_WIDTH = 1180;
    public static final double USUAL_HEIGHT = 780;
    private static final double LEAST_WIDTH = 640;
    private static final double COLUMN = 680; // px that lines of the text may take
    private static final double LEAST_HEIGHT = 480;

    /// What other rooms put into the window.
    ///
    /// @param text       the text, with everything that is drawn over it
    /// @param focusText  gives it the keyboard
    /// @param caret      where it is drawn, in the scene; empty: nowhere just now
    /// @param hold       asked before the page is drawn larger or smaller, and what it answers is run
    ///     after: keeps the line in its place
    /// @param legend     what colours in the text mean, below it; not there while there are none
    /// @param find       a bar under the formatting bar, which is there while it is wanted
    /// @param avatars    who is here, beside the title
    /// @param people     the panel at the right
    /// @param count      how many are here, in the status line
    /// @param followed   whom the writer follows, at its end
    public record Rooms(
            Node text,
            Runnable focusText,
            Supplier<Optional<Bounds>> caret,
            Supplier<Runnable> hold,
            Node legend,
            Region find,
            Node avatars,
            Region people,
            Node count,
            Node followed) {}

    /// What the window shows of its document.
    ///
    /// @param title     as it is; set from outside when it changes
    /// @param rename    asks for another one
    /// @param mayEdit   whether the role allows edits
    /// @param mayShare  whether it allows to make links
    /// @param status    refreshed by the window as time goes by; fed by {@link #take}
    /// @param banners   likewise
    /// @param words     how long it is, for the status line
    public record Subject(
            StringProperty title,
            Consumer<String> rename,
            ObservableBooleanValue mayEdit,
            ObservableBooleanValue mayShare,
            StatusLine status,
            Banners banners,
            ObservableStringValue words,
            StatusDetails.Surroundings around) {}

    /// What the window asks of the app. What is not in the maps is not offered.
    ///
    /// @param inviting  how others are let in
    /// @param answers   to banners
    /// @param remedies  to what the status line tells
    /// @param views     how documents are seen
    /// @param calm      whether nothing is to move by itself
    /// @param alarms    makes what wakes the window when only time changes its words
    public record Outside(
            Inviting inviting,
            Linking linking,
            Map<Banners.Action, Consumer<Banners.Banner>> answers,
            Map<StatusDetails.Action, Runnable> remedies,
            Views views,
            ObservableBooleanValue calm,
            Function<Runnable, Alarm> alarms) {}

    private final Strings strings;
    private final Rooms rooms;
    private final Subject subject;
    private final Outside outside;
    private final Commands commands;
    private final StackPane root = new StackPane();
    private final BorderPane frame = new BorderPane();
    private final FloatLayer floats;
    private final HBox bottom;
    private final TitleRow titleRow;
    private final FormatBar formatBar;
    private final BannerPane bannerPane;
    private final MenuBar menus;
    private final SidePanel panel;
    private final StackPane page = new StackPane();
    private final StatusLabel topStatus;
    private final StatusLabel bottomStatus;
    private final DetailsCard details;
    private final Sharing sharing;
    private final LinkCard linkCard;
    private final Region aboutCard;
    private final Region shortcutsCard;
    private final Region helpCard;
    private final CommandPalette palette;
    private final Alarm alarm;
    private final StringBinding windowTitle;
    private final IntegerBinding percent; // this window's: all windows' zoom knows it weakly
    private final ChangeListener<StatusLine.Shown> statusChanged = (property, was, is) -> statusChanged();

    /// @param commands  what exists here besides what the window does itself
    public EditorWindow(Strings strings, Commands commands, Subject subject, Rooms rooms, Outside outside) {
        this.strings = strings;
        this.subject = subject;
        this.rooms = rooms;
        this.outside = outside;
        this.commands = commands;
        var status = subject.status();
        floats = new FloatLayer(rooms.focusText());
        details = new DetailsCard(status, subject.around(), outside.remedies(), strings);
        panel = new SidePanel(rooms.people(), outside.views().panelWidth());
        sharing = new Sharing(outside.inviting(), status, floats, rooms.focusText(), subject.mayShare(), strings);
        linkCard = new LinkCard(outside.linking(), this::closeCard, strings);
        aboutCard = HelpCards.about(subject.around(), strings);
        helpCard = HelpCards.help(strings);
        palette = new CommandPalette(commands, this::closeCard, strings);
        putOwnCommands();
        shortcutsCard = HelpCards.shortcuts(commands, strings);
        topStatus = new StatusLabel(status.shown(), strings);
        bottomStatus = new StatusLabel(status.shown(), strings);
        topStatus.setOnAction(event -> showDetails(topStatus, Side.BOTTOM));
        bottomStatus.setOnAction(event -> showDetails(bottomStatus, Side.TOP));
        titleRow = new TitleRow(
                subject.title(),
                subject.rename(),
                rooms.focusText(),
                commands,
                strings,
                topStatus,
                rooms.avatars(),
                sharing.button());
        formatBar = new FormatBar(commands, strings);
        bannerPane = new BannerPane(subject.banners(), outside.answers(), strings);
        menus = Menus.bar(commands, strings);
        var zoom = outside.views().zoom().percent();
        percent = Bindings.createIntegerBinding(zoom::get, zoom);
        bottom = bottom();
        windowTitle = Bindings.createStringBinding(this::titleOfWindow, subject.title(), status.shown());
        build();
        status.shown().addListener(statusChanged);
        alarm = outside.alarms().apply(() -> {
            status.refresh();
            sleep();
        });
        sleep();
    }

    private void putOwnCommands() {
        commands.put(Command.RENAME, this::editTitle, subject.mayEdit());
        commands.putToggle(Command.SHOW_PEOPLE, this::togglePanel, panel.visibleProperty());
        commands.put(Command.HIDE_PANEL, this::togglePanel);
        commands.put(Command.SHARE, sharing::show, subject.mayShare());
        commands.put(Command.SAVE_NOW, this::saveNow);
        var zoom = outside.views().zoom();
        commands.put(Command.ZOOM_IN, zoom::in);
        commands.put(Command.ZOOM_OUT, zoom::out);
        commands.put(Command.ZOOM_ACTUAL, zoom::actual);
        commands.put(Command.HELP, () -> floats.toggle(helpCard, menus, Side.RIGHT));
        commands.put(Command.PALETTE, this::showPalette);
        commands.put(Command.SHORTCUTS, () -> floats.toggle(shortcutsCard, menus, Side.RIGHT));
        commands.put(Command.ABOUT, () -> floats.toggle(aboutCard, menus, Side.RIGHT));
        commands.putToggle(
                Command.LINK,
                this::askLink,
                outside.linking().may(),
                outside.linking().on());
        commands.put(Command.COPY_LINK, sharing::copyUsualLink, subject.mayShare());
    }

    private void build() {
        formatBar.visibleProperty().bind(subject.mayEdit());
        formatBar.managedProperty().bind(subject.mayEdit());
        subject.mayEdit().addListener((property, was, is) -> titleRow.setTitleEditable(is));
        titleRow.setTitleEditable(subject.mayEdit().get());
        page.getChildren().add(new ZoomPane(rooms.text(), percent, rooms.hold()));
        page.getStyleClass().add("page");
        showPanel(false);
        var top = new VBox(menus, titleRow, formatBar, rooms.find(), bannerPane);
        frame.setTop(top); // Tab goes round in this order
        frame.setCenter(page);
        frame.setRight(panel);
        frame.setBottom(new VBox(rooms.legend(), bottom));
        frame.getStyleClass().add("frame");
        root.getChildren().addAll(frame, floats);
        Focus.keepIn(rooms.text(), root);
        root.addEventFilter(KeyEvent.KEY_PRESSED, new Round(parts(), floats::close)::pressed);
        root.addEventHandler(KeyEvent.KEY_PRESSED, this::backToText);
        root.addEventHandler(KeyEvent.KEY_PRESSED, this::keepFromText);
        for (Node keepsEsc : List.of(formatBar, panel)) { // as menu buttons and lists do
            keepsEsc.addEventFilter(KeyEvent.KEY_PRESSED, this::backToText);
        }
    }

    private HBox bottom() {
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        var words = Labels.of("", "status-words");
        words.textProperty().bind(subject.words());
        words.setMinWidth(Region.USE_PREF_SIZE);
        var zoom = Labels.button("", outside.views().zoom()::actual, "status-zoom");
        zoom.textProperty().bind(percent.map(it -> strings.get("zoom.level", it)));
        zoom.accessibleTextProperty().bind(percent.map(it -> strings.get("zoom.spoken", it)));
        zoom.setTooltip(new Tooltip(Command.ZOOM_ACTUAL.tip(strings)));
        zoom.setMinWidth(Region.USE_PREF_SIZE);
        var bottom = new HBox(bottomStatus, rooms.count(), words, zoom, gap, rooms.followed());
        bottom.getStyleClass().add("status-bar");
        return bottom;
    }

    public Parent root() {
        return root;
    }

    /// Puts the window on a stage: scene, least size, title.
    @CanIgnoreReturnValue
    public Scene dress(Stage stage, Theme theme) {
        // A scene styles what it has at once, and would miss the theme's colours.
        root.getChildren().remove(frame);
        var scene = new Scene(root, USUAL_WIDTH, USUAL_HEIGHT);
        theme.dress(scene);
        root.applyCss();
        root.getChildren().addFirst(frame);
        commands.moreKeys().forEach((keys, command) -> scene.getAccelerators().put(keys, () -> commands.run(command)));
        stage.setScene(scene);
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        stage.titleProperty().bind(windowTitle);
        return scene;
    }

    /// The document's title; in brackets what presses.
    public StringBinding windowTitle() {
        return windowTitle;
    }

    private String titleOfWindow() {
        String title = subject.title().get().isBlank()
                ? strings.get("document.untitled")
                : subject.title().get();
        return subject.status().shown().get().rank().compareTo(Rank.RECONNECTING) <= 0
                ? strings.get("window.title.attention", title, subject.status().withoutSeconds())
                : strings.get("window.title", title);
    }

    /// The whole title selected, to type another.
    public void editTitle() {
        titleRow.editTitle();
    }

    /// Offers once to share a new document, in the white beside its text.
    public void offerShare() {
        sharing.offer((page.getWidth() - COLUMN * percent.get() / 100) / 2);
    }

    // --- the panel at the right

    public void showPanel(boolean shown) {
        panel.setVisible(shown);
        panel.setManaged(shown);
    }

    private void togglePanel() {
        showPanel(!panel.isVisible());
    }

    // --- cards

    private void showDetails(Node at, Side side) {
        details.fill();
        floats.toggle(details, at, side);
    }

    private void askLink() {
        Node button = formatBar.anchorOf(Command.LINK);
        floats.toggle(
                linkCard,
                () -> rooms.caret().get().orElseGet(() -> button.localToScene(button.getLayoutBounds())),
                Side.BOTTOM);
        if (floats.isShowing()) {
            linkCard.begin();
        }
    }

    /// In the middle, where the eyes are.
    private void showPalette() {
        floats.toggle(
                palette,
                () -> {
                    var row = titleRow.localToScene(titleRow.getLayoutBounds());
                    return new BoundingBox((row.getWidth() - palette.prefWidth(-1)) / 2, row.getMinY(), 0, 0);
                },
                Side.BOTTOM);
        if (floats.isShowing()) {
            palette.begin();
        } else {
            rooms.focusText().run();
        }
    }

    /// Shows a card under the messages, where what it belongs to was pressed.
    public <C extends Region & FloatCard> void showCard(C card) {
        boolean told = !subject.banners().shown().isEmpty();
        floats.close();
        floats.toggle(card, told ? bannerPane : topStatus, told ? Side.RIGHT : Side.BOTTOM);
        card.focusIn();
    }

    /// A card did what it was for.
    public void closeCard() {
        floats.close();
        rooms.focusText().run();
    }

    /// Everything is on its way already: looks for the relay at once, if it is away, and lets the
    /// status line be seen.
    private void saveNow() {
        var remedy = outside.remedies().get(StatusDetails.Action.TRY_NOW);
        if (remedy != null) {
            remedy.run();
        }
        if (outside.calm().get()) {
            return;
        }
        for (Node label : List.of(topStatus, bottomStatus)) {
            var pulse = new FadeTransition(javafx.util.Duration.millis(200), label);
            pulse.setFromValue(0.2);
            pulse.setToValue(1);
            pulse.play();
        }
    }

    // --- round the regions

    private List<Round.Part> parts() {
        return List.of(
                new Round.Part(titleRow, titleRow::focusIn),
                new Round.Part(formatBar, formatBar::focusIn),
                Round.Part.of(rooms.find()),
                Round.Part.of(bannerPane),
                new Round.Part(rooms.text(), rooms.focusText()),
                Round.Part.of(panel),
                Round.Part.of(bottom));
    }

    private void backToText(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE && !Focus.isIn(rooms.text())) {
            rooms.focusText().run();
            event.consume();
        }
    }

    /// Keys are heard wherever the keyboard is; Ctrl+B in the title is not meant for the text.
    private void keepFromText(KeyEvent event) {
        if (event.getTarget() instanceof TextInputControl
                && !Focus.isIn(rooms.text())
                && commands.of(event).filter(Command::isOfText).isPresent()) {
            event.consume();
        }
    }

    // --- the words change by themselves

    private void statusChanged() {
        subject.banners()
                .take(subject.status().status(), subject.status().shown().get().rank());
        sleep();
    }

    private void sleep() {
        subject.status().untilChange().ifPresent(alarm::setIn);
    }

    @Override
    public void close() {
        alarm.close();
        subject.status().shown().removeListener(statusChanged);
    }
}
