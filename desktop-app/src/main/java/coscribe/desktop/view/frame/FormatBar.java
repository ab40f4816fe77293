package coscribe.desktop.view.frame;

import coscribe.desktop.viewmodel.Strings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Separator;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// The formatting bar: one row, one Tab stop, arrow keys inside. First what most texts want, in the
/// design's order, then the rest (ADR 0027). What does not fit goes, group by group from the right,
/// into a menu at the end. Pressed is what the caret stands in.
final class FormatBar extends Region {
    private static final List<Command> STYLES =
            List.of(Command.BODY, Command.HEADING_1, Command.HEADING_2, Command.HEADING_3, Command.HEADING_4);
    /// Everything that a paragraph can be: what the menu of styles names.
    private static final List<Command> KINDS = Stream.concat(
                    STYLES.stream(),
                    Stream.of(
                            Command.BULLETED_LIST,
                            Command.NUMBERED_LIST,
                            Command.CHECK_LIST,
                            Command.QUOTE,
                            Command.CODE_BLOCK))
            .toList();
    private static final List<List<Command>> GROUPS = List.of(
            List.of(Command.UNDO, Command.REDO),
            STYLES,
            List.of(Command.BOLD, Command.ITALIC, Command.UNDERLINE, Command.STRIKETHROUGH, Command.INLINE_CODE),
            List.of(Command.BULLETED_LIST, Command.NUMBERED_LIST, Command.CHECK_LIST),
            List.of(Command.QUOTE, Command.LINK),
            List.of(Command.CODE_BLOCK, Command.DIVIDER),
            List.of(Command.OUTDENT, Command.INDENT),
            List.of(Command.ALIGN_LEFT, Command.ALIGN_CENTER, Command.ALIGN_RIGHT, Command.ALIGN_JUSTIFY),
            List.of(Command.CLEAR_FORMATTING));

    private final Commands commands;
    private final Strings strings;
    private final List<Group> groups = new ArrayList<>();
    private final MenuButton more = new MenuButton();

    /// @param box  the group with a separator in front, except the first
    private record Group(List<Command> commands, HBox box, List<ButtonBase> buttons) {}

    FormatBar(Commands commands, Strings strings) {
        this.commands = commands;
        this.strings = strings;
        getStyleClass().add("format-bar");
        setAccessibleRole(AccessibleRole.TOOL_BAR);
        setAccessibleText(strings.get("toolbar.label"));
        for (var wanted : GROUPS) {
            var buttons = wanted == STYLES ? styles() : buttons(wanted);
            if (!buttons.isEmpty()) {
                groups.add(new Group(wanted, boxed(buttons, !groups.isEmpty()), buttons));
            }
        }
        more.getStyleClass().add("bar-more");
        more.setText(strings.get("toolbar.more"));
        more.setAccessibleText(strings.get("toolbar.more"));
        groups.forEach(group -> getChildren().add(group.box()));
        getChildren().add(more);
        controls().forEach(button -> button.setFocusTraversable(false));
        controls().stream().findFirst().ifPresent(button -> button.setFocusTraversable(true));
        addEventFilter(KeyEvent.KEY_PRESSED, this::moved);
        focusWithinProperty().addListener((property, was, is) -> keepOneStop());
    }

    private List<ButtonBase> buttons(List<Command> wanted) {
        return wanted.stream().map(this::button).flatMap(Optional::stream).toList();
    }

    private Optional<ButtonBase> button(Command command) {
        return commands.get(command).map(doing -> {
            ButtonBase button = doing.on().isPresent() ? new ToggleButton() : new Button();
            button.getStyleClass().add("bar-button");
            command.icon().ifPresent(icon -> button.setGraphic(Icons.of(icon)));
            button.setAccessibleText(command.label(strings));
            button.setTooltip(new Tooltip(command.tip(strings)));
            button.setOnAction(event -> doing.run().run());
            button.disableProperty().bind(doing.enabled().map(can -> !can));
            if (button instanceof ToggleButton toggle) {
                doing.on().ifPresent(on -> Mirror.of(toggle.selectedProperty(), on));
            }
            return button;
        });
    }

    /// The paragraph style as a menu that shows the one in force.
    private List<ButtonBase> styles() {
        if (!commands.has(Command.BODY)) {
            return List.of();
        }
        var menu = new MenuButton();
        menu.getStyleClass().add("bar-style");
        menu.setTooltip(new Tooltip(strings.get("toolbar.style")));
        menu.setText(Command.BODY.label(strings));
        for (Command style : STYLES) {
            Menus.item(style, commands, strings).ifPresent(menu.getItems()::add);
        }
        for (Command kind : KINDS) {
            commands.get(kind).flatMap(Commands.Doing::on).ifPresent(on -> {
                on.addListener((property, was, is) -> showStyle(menu));
            });
        }
        commands.get(Command.BODY)
                .ifPresent(doing -> menu.disableProperty().bind(doing.enabled().map(can -> !can)));
        showStyle(menu);
        return List.of(menu);
    }

    private void showStyle(MenuButton menu) {
        String name = KINDS.stream()
                .filter(kind -> commands.get(kind)
                        .flatMap(Commands.Doing::on)
                        .filter(on -> on.get())
                        .isPresent())
                .findFirst()
                .orElse(Command.BODY)
                .label(strings);
        menu.setText(name);
        menu.setAccessibleText(strings.get("toolbar.style.accessible", name));
    }

    private static HBox boxed(List<ButtonBase> buttons, boolean separated) {
        var box = new HBox();
        box.getStyleClass().add("bar-group");
        box.setAlignment(Pos.CENTER_LEFT);
        if (separated) {
            box.getChildren().add(new Separator(Orientation.VERTICAL));
        }
        box.getChildren().addAll(buttons);
        return box;
    }

    /// What a card that belongs to a command stands beside: its button, or the menu that it went
    /// into.
    Node anchorOf(Command command) {
        String name = command.label(strings);
        return controls().stream()
                .filter(button -> name.equals(button.getAccessibleText()) && parentShown(button))
                .findFirst()
                .orElse(more);
    }

    // --- one Tab stop

    private List<ButtonBase> controls() {
        var all = new ArrayList<ButtonBase>();
        groups.forEach(group -> all.addAll(group.buttons()));
        all.add(more);
        return all;
    }

    private List<ButtonBase> reachable() {
        return controls().stream()
                .filter(button -> button.isVisible() && parentShown(button) && !button.isDisabled())
                .toList();
    }

    private static boolean parentShown(Node node) {
        return node.getParent() == null || node.getParent().isVisible();
    }

    /// Puts the focus on the button that has the Tab stop.
    void focusIn() {
        keepOneStop();
        reachable().stream().filter(Node::isFocusTraversable).findFirst().ifPresent(Node::requestFocus);
    }

    private void moved(KeyEvent event) {
        var all = reachable();
        int at = all.indexOf(event.getTarget() instanceof Node node ? node : null);
        int to = switch (event.getCode()) {
            case KeyCode.RIGHT -> at + 1;
            case KeyCode.LEFT -> at - 1;
            case KeyCode.HOME -> 0;
            case KeyCode.END -> all.size() - 1;
            default -> -2;
        };
        if (at < 0 || to == -2 || event.isAltDown() || event.isShortcutDown()) {
            return;
        }
        event.consume();
        var next = all.get(Math.floorMod(to, all.size()));
        next.setFocusTraversable(true);
        next.requestFocus();
        keepOneStop();
    }

    /// Exactly one button can be reached by Tab: the focused one, or else the one before, or the
    /// first.
    private void keepOneStop() {
        var all = reachable();
        if (all.isEmpty()) {
            return;
        }
        var stop = all.stream()
                .filter(Node::isFocused)
                .findFirst()
                .or(() -> all.stream().filter(Node::isFocusTraversable).findFirst())
                .orElse(all.getFirst());
        controls().forEach(button -> button.setFocusTraversable(button == stop));
    }

    // --- one row

    @Override
    protected double computePrefHeight(double width) {
        double tallest = 0;
        for (Node child : getChildren()) {
            tallest = Math.max(tallest, child.prefHeight(-1));
        }
        return snappedTopInset() + tallest + snappedBottomInset();
    }

    @Override
    protected double computePrefWidth(double height) {
        return snappedLeftInset() + width(groups.size()) + snappedRightInset();
    }

    @Override
    protected double computeMinWidth(double height) {
        return 0;
    }

    private double width(int count) {
        double sum = 0;
        for (Group group : groups.subList(0, count)) {
            sum += snapSizeX(group.box().prefWidth(-1));
        }
        return sum;
    }

    @Override
    protected void layoutChildren() {
        double room = getWidth() - snappedLeftInset() - snappedRightInset();
        double height = getHeight() - snappedTopInset() - snappedBottomInset();
        int shown = groups.size();
        double moreWidth = snapSizeX(more.prefWidth(-1));
        while (shown > 0 && width(shown) > (shown == groups.size() ? room : room - moreWidth)) {
            shown--;
        }
        double x = snappedLeftInset();
        for (int i = 0; i < groups.size(); i++) {
            var box = groups.get(i).box();
            box.setVisible(i < shown);
            double width = snapSizeX(box.prefWidth(-1));
            box.resizeRelocate(x, snappedTopInset(), width, height);
            x += i < shown ? width : 0;
        }
        more.setVisible(shown < groups.size());
        double tall = more.prefHeight(-1);
        more.resizeRelocate(x, snappedTopInset() + snapPositionY((height - tall) / 2), moreWidth, tall);
        fillMore(shown);
    }

    private int filledFrom = -1;

    private void fillMore(int from) {
        if (from == filledFrom) {
            return;
        }
        filledFrom = from;
        var items = new ArrayList<MenuItem>();
        for (Group group : groups.subList(from, groups.size())) {
            if (!items.isEmpty()) {
                items.add(new SeparatorMenuItem());
            }
            for (Command command : group.commands()) {
                Menus.item(command, commands, strings).ifPresent(item -> {
                    item.setAccelerator(null); // the menu bar's item has it
                    command.icon().map(Icons::of).ifPresent(item::setGraphic);
                    items.add(item);
                });
            }
        }
        more.getItems().setAll(items);
        keepOneStop();
    }
}
