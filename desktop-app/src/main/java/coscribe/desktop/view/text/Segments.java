package coscribe.desktop.view.text;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.DeltaBuilder;
import coscribe.ot.document.Schema;
import coscribe.ot.document.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fxmisc.richtext.model.NodeSegmentOpsBase;
import org.fxmisc.richtext.model.Paragraph;
import org.fxmisc.richtext.model.ReadOnlyStyledDocument;
import org.fxmisc.richtext.model.ReadOnlyStyledDocumentBuilder;
import org.fxmisc.richtext.model.SegmentOps;
import org.fxmisc.richtext.model.StyledSegment;
import org.fxmisc.richtext.model.TextOps;
import org.reactfx.util.Either;

/// A document's text in the widget's terms, and back. A run's attributes style its characters; a
/// paragraph's style is all that its newline carries. Nothing is lost on the way.
final class Segments {
    static final TextOps<Either<String, Embed>, Attributes> OPS =
            SegmentOps.<Attributes>styledTextOps(Segments::joined)._or(new EmbedOps(), Segments::joined);

    private static final Either<String, Embed> EMBED = Either.right(Embed.ONE);
    private static final StyledSegment<Either<String, Embed>, Attributes> NOTHING =
            new StyledSegment<>(Either.left(""), Attributes.NONE);

    private Segments() {}

    private static Optional<Attributes> joined(Attributes first, Attributes second) {
        return first.equals(second) ? Optional.of(first) : Optional.empty();
    }

    /// The paragraphs of `text` in `[from, to)`; the unit at `to - 1` is a newline.
    static ReadOnlyStyledDocument<Attributes, Either<String, Embed>, Attributes> of(Text text, int from, int to) {
        var lines = new Lines(Math.max(1, (to - from) / 80));
        text.forEachRun(from, to, lines::add);
        return lines.builder.build();
    }

    /// What the widget shows as a document's text.
    static Text textOf(List<Paragraph<Attributes, Either<String, Embed>, Attributes>> paragraphs) {
        var out = Delta.builder();
        for (var paragraph : paragraphs) {
            for (var segment : paragraph.getStyledSegments()) {
                put(segment, out);
            }
            out.insert("\n", paragraph.getParagraphStyle());
        }
        return Text.EMPTY.apply(out.build());
    }

    private static void put(StyledSegment<Either<String, Embed>, Attributes> segment, DeltaBuilder out) {
        String shown = segment.getSegment().unify(text -> text, embed -> String.valueOf(Schema.EMBED));
        out.insert(shown, segment.getStyle());
    }

    /// Gathers runs until a newline ends their paragraph.
    private static final class Lines {
        private final ReadOnlyStyledDocumentBuilder<Attributes, Either<String, Embed>, Attributes> builder;
        private List<StyledSegment<Either<String, Embed>, Attributes>> line = new ArrayList<>();

        Lines(int expected) {
            builder = new ReadOnlyStyledDocumentBuilder<>(OPS, Attributes.NONE, expected);
        }

        void add(CharSequence source, int from, int to, Attributes set) {
            int start = from;
            for (int i = from; i < to; i++) {
                char c = source.charAt(i);
                if (c == '\n') {
                    text(source, start, i, set);
                    end(set);
                    start = i + 1;
                } else if (c == Schema.EMBED) {
                    text(source, start, i, set);
                    line.add(new StyledSegment<>(EMBED, set));
                    start = i + 1;
                }
            }
            text(source, start, to, set);
        }

        private void text(CharSequence source, int from, int to, Attributes set) {
            if (from < to) {
                line.add(new StyledSegment<>(
                        Either.left(source.subSequence(from, to).toString()), set));
            }
        }

        private void end(Attributes paragraph) {
            if (line.isEmpty()) {
                line.add(NOTHING);
            }
            builder.addParagraph(line, paragraph);
            line = new ArrayList<>();
        }
    }

    private static final class EmbedOps extends NodeSegmentOpsBase<Embed, Attributes> {
        EmbedOps() {
            super(Embed.NONE);
        }

        @Override
        public int length(Embed embed) {
            return embed == Embed.NONE ? 0 : 1;
        }
    }
}
