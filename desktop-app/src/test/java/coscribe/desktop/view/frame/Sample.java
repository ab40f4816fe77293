package coscribe.desktop.view.frame;

import coscribe.client.VirtualTime;
import coscribe.desktop.viewmodel.Alarm;
import coscribe.desktop.viewmodel.Banners;
import coscribe.desktop.viewmodel.EditorModel;
import coscribe.desktop.viewmodel.Standing;
import coscribe.desktop.viewmodel.StatusDetails;
import coscribe.desktop.viewmodel.StatusLine;
import coscribe.desktop.viewmodel.Strings;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A window around a plain text area, with every command noted and nothing else behind it.
final class Sample {
    static final Instant NOW = Instant.parse("2026-11-24T14:02:00Z");
    Instant now = NOW;
    final StringBuilder did = new StringBuilder();
    final Map<Command, BooleanProperty> on = new EnumMap<>(Command.class);
    final SimpleStringProperty title = new SimpleStringProperty("Plan for spring");
    final BooleanProperty mayEdit = new SimpleBooleanProperty(true);
    final BooleanProperty mayShare = new SimpleBooleanProperty(true);
    final CompletableFuture<String> link = new CompletableFuture<>();
    final Banners banners;
    final VirtualTime time = new VirtualTime(); // what wakes the window
    final BooleanProperty calm = new SimpleBooleanProperty();
    final SimpleStringProperty words = new SimpleStringProperty("");
    final Views views = new Views();
    Optional<String> linked = Optional.empty();
    final BooleanProperty canUndo = new SimpleBooleanProperty(true);
    final TextArea text = new TextArea();
    final Region people = new VBox();
    final StatusLine status;
    final Commands commands = new Commands();
    final EditorWindow window;

    Sample(Strings strings) {
        this(strings, false);
    }

    /// @param local  the server lets in only people at this computer
    Sample(Strings strings, boolean local) {
        status = new StatusLine(
                strings,
                () -> now,
                ZoneOffset.UTC,
                Standing.LIVE.saved(NOW.minusSeconds(60)).status());
        words.set(strings.count("words", 412));
        banners = new Banners(
                strings,
                ZoneOffset.UTC,
                "docs.example.org",
                title::get,
                wake -> new Alarm(time, Runnable::run, time, wake));
        for (Command command : Command.values()) {
            switch (command) {
                case BODY,
                        HEADING_1,
                        HEADING_2,
                        HEADING_3,
                        HEADING_4,
                        BOLD,
                        ITALIC,
                        UNDERLINE,
                        STRIKETHROUGH,
                        INLINE_CODE,
                        NUMBERED_LIST,
                        BULLETED_LIST,
                        CHECK_LIST,
                        QUOTE,
                        CODE_BLOCK,
                        ALIGN_LEFT,
                        ALIGN_CENTER,
                        ALIGN_RIGHT,
                        ALIGN_JUSTIFY,
                        LINK,
                        WORK_OFFLINE,
                        SHOW_CARETS,
                        HIGH_CONTRAST,
                        FULL_SCREEN -> {
                    on.put(command, new SimpleBooleanProperty(command == Command.BODY));
                    commands.putToggle(command, () -> note(command), mayEdit, on.get(command));
                }
                case UNDO, REDO -> commands.put(command, () -> note(command), canUndo);
                default -> commands.put(command, () -> note(command));
            }
        }
        text.setText("We start with the garden beds, because the soil is ready in March.");
        text.setAccessibleText("Text");
        window = new EditorWindow(
                strings,
                commands,
                new EditorWindow.Subject(
                        title,
                        title::set,
                        mayEdit,
                        mayShare,
                        status,
                        banners,
                        words,
                        new StatusDetails.Surroundings(
                                "Mara Klein", "docs.example.org", "0.1.0", "~/.local/share/coscribe", ZoneOffset.UTC)),
                new EditorWindow.Rooms(
                        text,
                        text::requestFocus,
                        Optional::empty,
                        () -> () -> {},
                        new HBox(),
                        new HBox(),
                        new HBox(),
                        people,
                        new HBox(),
                        new HBox()),
                new EditorWindow.Outside(
                        new Inviting((role, span) -> link, local),
                        new Linking(
                                () -> linked,
                                to -> linked = to,
                                EditorModel::linkMeant,
                                mayEdit,
                                new SimpleBooleanProperty()),
                        answers(),
                        remedies(),
                        views,
                        calm,
                        wake -> new Alarm(time, Runnable::run, time, wake)));
    }

    private Map<Banners.Action, Consumer<Banners.Banner>> answers() {
        var all = new EnumMap<Banners.Action, Consumer<Banners.Banner>>(Banners.Action.class);
        for (Banners.Action action : EnumSet.complementOf(EnumSet.of(Banners.Action.COPY_DIAGNOSTICS))) {
            all.put(action, banner -> did.append(action).append(' '));
        }
        return all;
    }

    private Map<StatusDetails.Action, Runnable> remedies() {
        var all = new EnumMap<StatusDetails.Action, Runnable>(StatusDetails.Action.class);
        for (StatusDetails.Action action : StatusDetails.Action.values()) {
            all.put(action, () -> did.append(action).append(' '));
        }
        return all;
    }

    /// The document stands like this.
    void stands(Standing standing) {
        status.take(standing.status());
        banners.take(standing.status(), status.shown().get().rank());
    }

    private void note(Command command) {
        did.append(command).append(' ');
    }

    BooleanProperty on(Command command) {
        return Optional.ofNullable(on.get(command)).orElseThrow();
    }
}
