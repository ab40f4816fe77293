package coscribe.desktop.view.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Document;
import coscribe.ot.presence.Caret;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;
import org.junit.jupiter.api.Test;

/// How what the writer has selected is drawn.
class SelectedTest {
    private static final String WRAPPED = "word ".repeat(40).strip(); // some lines of the page

    private static Document everyKind() {
        return new Written()
                .line("Plan", Written.heading(1))
                .line(WRAPPED)
                .line("")
                .line("one", Written.item("bullet", 0))
                .line("two", Written.item("bullet", 0))
                .line("said", Attributes.of("quote", Value.TRUE))
                .line("code", Attributes.of("code-block", Value.TRUE))
                .line("The end")
                .run("last")
                .end(Attributes.NONE)
                .document();
    }

    private static void selecting(Document document, int from, int to, Consumer<Desk> test) {
        Fx.run(() -> {
            var desk = new Desk(document, Caret.at(0), 900);
            try {
                desk.layOut();
                desk.surface.select(new Caret(from, to), false);
                desk.layOut();
                desk.surface.afterLayout();
                test.accept(desk);
            } finally {
                desk.close();
            }
        });
    }

    /// In the scene, from the top down.
    private static List<Bounds> boxes(Desk desk) {
        var boxes = new ArrayList<Bounds>();
        for (Node node : desk.surface.node().lookupAll(".main-selection")) {
            var path = (Path) node;
            for (int i = 0; i < path.getElements().size(); i++) {
                if (path.getElements().get(i) instanceof MoveTo) {
                    boxes.add(path.localToScene(box(path.getElements(), i)));
                }
            }
        }
        boxes.sort(Comparator.comparing(Bounds::getMinY));
        return boxes;
    }

    private static Bounds box(List<PathElement> elements, int from) {
        var corner = (MoveTo) elements.get(from);
        var other = (LineTo) elements.get(from + 2);
        return new BoundingBox(
                corner.getX(), corner.getY(), other.getX() - corner.getX(), other.getY() - corner.getY());
    }

    @Test
    void it_is_one_piece_over_lines_and_paragraphs_of_every_kind() {
        var document = everyKind();
        int end = document.text().plain().indexOf("The end") + 3;
        selecting(document, 2, end, desk -> {
            var boxes = boxes(desk);
            assertThat(boxes).hasSizeGreaterThan(9);
            for (int i = 1; i < boxes.size(); i++) {
                assertThat(boxes.get(i).getMinY())
                        .as("box %d of %s", i, boxes)
                        .isCloseTo(boxes.get(i - 1).getMaxY(), within(0.1));
            }
        });
    }

    @Test
    void it_begins_and_ends_with_its_first_and_last_line_and_holds_no_white_of_the_page() {
        var document = everyKind();
        selecting(document, 0, document.length() - 1, desk -> {
            var boxes = boxes(desk);
            var first = desk.surface.caretAt(0).orElseThrow();
            var last = desk.surface.caretAt(document.length() - 1).orElseThrow();
            assertThat(boxes.getFirst().getMinY()).isCloseTo(first.getMinY(), within(3.0));
            assertThat(boxes.getLast().getMaxY()).isCloseTo(last.getMaxY(), within(3.0));
        });
    }

    @Test
    void some_words_of_one_line_are_as_wide_as_those_words() {
        selecting(everyKind(), 0, 2, desk -> {
            var words = desk.surface.shapeOf(0, 2).getFirst();
            assertThat(boxes(desk)).singleElement().satisfies(box -> {
                assertThat(box.getMinX()).isCloseTo(words.getMinX(), within(0.6));
                assertThat(box.getMaxX()).isCloseTo(words.getMaxX(), within(0.6));
                assertThat(box.getHeight()).isCloseTo(words.getHeight(), within(0.6));
            });
        });
    }

    @Test
    void a_frame_in_which_nothing_moved_draws_nothing_anew() {
        selecting(everyKind(), 2, 60, desk -> {
            var before = new ArrayList<PathElement>();
            desk.surface
                    .node()
                    .lookupAll(".main-selection")
                    .forEach(node -> before.addAll(((Path) node).getElements()));
            desk.surface.afterLayout();
            var after = new ArrayList<PathElement>();
            desk.surface.node().lookupAll(".main-selection").forEach(node -> after.addAll(((Path) node).getElements()));
            assertThat(before).isNotEmpty();
            assertThat(after).usingElementComparator((a, b) -> a == b ? 0 : 1).isEqualTo(before);
        });
    }
}
