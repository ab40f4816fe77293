package coscribe.desktop.view.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Control;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextInputControl;
import javafx.scene.text.Text;

/// Goes through everything that is on a screen.
public final class Walk {
    private Walk() {}

    /// What can be seen, depth first.
    public static List<Node> nodes(Node from) {
        var all = new ArrayList<Node>();
        collect(from, all);
        return all;
    }

    private static void collect(Node node, List<Node> into) {
        if (node.isVisible()) {
            into.add(node);
            if (node instanceof Parent parent) {
                parent.getChildrenUnmodifiable().forEach(child -> collect(child, into));
            }
        }
    }

    static boolean says(Labeled labeled) {
        return labeled.getText() != null && !labeled.getText().isBlank();
    }

    /// What a screen reader says of a control.
    public static String name(Node node) {
        return Stream.of(
                        Optional.ofNullable(node.getAccessibleText()),
                        node instanceof Labeled labeled
                                ? Optional.ofNullable(labeled.getText())
                                : Optional.<String>empty())
                .flatMap(Optional::stream)
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("");
    }

    /// Everything that somebody can press, choose or fill in, whether the Tab key leads there or not.
    public static List<Node> controls(Node from) {
        return nodes(from).stream()
                .filter(node -> node.isFocusTraversable()
                        || node instanceof ButtonBase
                        || node instanceof TextInputControl
                        || node instanceof ComboBoxBase
                        || node instanceof ListView
                        || node instanceof IndexedCell<?> cell && !cell.isEmpty()
                        || node.getAccessibleRole() == AccessibleRole.CHECK_BOX)
                .toList();
    }

    /// As {@link #name}, also of what answers only when it is asked.
    public static String spoken(Node node) {
        String name = name(node);
        return name.isEmpty() && node.queryAccessibleAttribute(AccessibleAttribute.TEXT) instanceof String told
                ? told
                : name;
    }

    /// Texts that stand for themselves, but for those of a document's page and of fields.
    public static List<String> texts(Node from) {
        return nodes(from).stream()
                .filter(node -> node instanceof Text
                        && !(node.getParent() instanceof Labeled)
                        && !isInside(node, "page")
                        && !isInside(node, "text-input"))
                .map(node -> ((Text) node).getText())
                .filter(text -> !text.isBlank())
                .toList();
    }

    private static boolean isInside(Node node, String style) {
        return node != null && (node.getStyleClass().contains(style) || isInside(node.getParent(), style));
    }

    /// What people read in a menu: without the sign of the letter that chooses it.
    public static String itemName(MenuItem item) {
        return item.getText() == null ? "" : Mnemonics.without(item.getText());
    }

    /// Every text that people read or hear.
    public static List<String> words(Node from) {
        var all = new ArrayList<String>();
        for (Node node : nodes(from)) {
            add(all, node.getAccessibleText());
            if (node instanceof Labeled labeled
                    && node.getStyleClass().stream().noneMatch("accelerator-text"::equals)) {
                add(all, labeled.getText());
            }
            if (node instanceof TextInputControl input) {
                add(all, input.getPromptText());
            }
            if (node instanceof Control control && control.getTooltip() != null) {
                add(all, control.getTooltip().getText());
            }
            if (node instanceof MenuBar bar) {
                bar.getMenus().forEach(menu -> items(menu, all));
            }
            if (node instanceof MenuButton button) {
                button.getItems().forEach(item -> items(item, all));
            }
        }
        return all;
    }

    private static void items(MenuItem item, List<String> into) {
        add(into, itemName(item));
        if (item instanceof Menu menu) {
            menu.getItems().forEach(each -> items(each, into));
        }
    }

    private static void add(List<String> into, String text) {
        if (text != null && !text.isBlank()) {
            into.add(text);
        }
    }
}
