package coscribe.desktop.view.text;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.DeltaBuilder;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Document;
import coscribe.ot.document.Schema;
import coscribe.ot.document.Text;
import java.util.Map;

/// Writes documents for tests, paragraph by paragraph.
final class Written {
    static final Attributes BOLD = Attributes.of("bold", Value.TRUE);

    private final DeltaBuilder out = Delta.builder();

    @CanIgnoreReturnValue
    Written run(String text, Attributes set) {
        out.insert(text, set);
        return this;
    }

    @CanIgnoreReturnValue
    Written run(String text) {
        return run(text, Attributes.NONE);
    }

    @CanIgnoreReturnValue
    Written end(Attributes paragraph) {
        out.insert("\n", paragraph);
        return this;
    }

    @CanIgnoreReturnValue
    Written line(String text, Attributes paragraph) {
        return run(text).end(paragraph);
    }

    @CanIgnoreReturnValue
    Written line(String text) {
        return line(text, Attributes.NONE);
    }

    @CanIgnoreReturnValue
    Written embed(Attributes set) {
        out.insert(String.valueOf(Schema.EMBED), set);
        return this;
    }

    Document document() {
        return new Document(Text.EMPTY.apply(out.build()), Document.EMPTY.threads());
    }

    static Attributes link(String target) {
        return Attributes.of("link", Value.of(target));
    }

    static Attributes heading(int level) {
        return Attributes.of("header", Value.of(level));
    }

    static Attributes item(String kind, int indent) {
        var list = Attributes.of("list", Value.of(kind));
        return indent == 0 ? list : list.with("indent", Value.of(indent));
    }

    static Attributes image(String alt, int width, int height) {
        return Attributes.of(Map.of(
                "image", Value.of("a".repeat(64)),
                "alt", Value.of(alt),
                "width", Value.of(width),
                "height", Value.of(height)));
    }
}
