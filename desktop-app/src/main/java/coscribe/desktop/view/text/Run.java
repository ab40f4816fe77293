package coscribe.desktop.view.text;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Schema;
import java.util.Optional;
import java.util.function.Function;
import javafx.scene.paint.Color;
import org.fxmisc.richtext.TextExt;

/// Characters that look alike, drawn; they know who wrote them.
final class Run extends TextExt {
    private final Optional<String> author;

    Run(String text, Attributes set) {
        super(text);
        author = set.get(Schema.AUTHOR)
                .flatMap(value -> value instanceof Value.Text(String id) ? Optional.of(id) : Optional.empty());
    }

    /// Shows who wrote it by the ground behind it; empty: does not.
    void show(Optional<Function<String, Color>> colours) {
        setBackgroundColor(colours.flatMap(of -> author.map(of)).orElse(null));
    }
}
