package coscribe.desktop.view.text;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Schema;
import java.util.Optional;
import javafx.scene.paint.Color;
import org.fxmisc.richtext.TextExt;

/// Characters that look alike, drawn; they know who wrote them.
final class Run extends TextExt {
    private static final int LINE = 3; // px
    private static final int BELOW = 4; // px, so that it cuts no letter

    private final Optional<String> author;
    private boolean marked;

    Run(String text, Attributes set) {
        super(text);
        author = set.get(Schema.AUTHOR)
                .filter(value -> !set.has("code")) // which has a ground of its own, from the style sheet
                .flatMap(value -> value instanceof Value.Text(String id) ? Optional.of(id) : Optional.empty());
    }

    /// Shows who wrote it; empty: does not. Inline code keeps its ground.
    void show(Optional<AuthorMarks> marks) {
        Color colour = marks.flatMap(of -> author.map(of::colour)).orElse(null);
        if (colour != null || marked) {
            boolean line = marks.filter(AuthorMarks::asLines).isPresent();
            setBackgroundColor(line ? null : colour);
            setUnderlineColor(line ? colour : null);
            setUnderlineWidth(line ? LINE : 0);
            setUnderlineOffset(line ? BELOW : 0);
            marked = colour != null;
        }
    }
}
