package coscribe.desktop.view.text;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.DeltaBuilder;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Schema;
import coscribe.ot.document.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fxmisc.richtext.model.NodeSegmentOpsBase;
import org.fxmisc.richtext.model.Paragraph;
import org.fxmisc.richtext.model.ReadOnlyStyledDocument;
import org.fxmisc.richtext.model.ReadOnlyStyledDocumentBuilder;
import org.fxmisc.richtext.model.StyledSegment;
import org.fxmisc.richtext.model.TextOps;
import org.reactfx.util.Either;

/// A document's text in the widget's terms, and back. A run's attributes style its characters; a
/// paragraph's style is all that its newline carries. Nothing is lost on the way but who wrote it, where that
/// is not shown: each author's characters would be a node of their own, and many people write one paragraph.
final class Segments {
    static final TextOps<Either<String, Embed>, Attributes> OPS = new PieceOps()._or(new EmbedOps(), PieceOps::joined);

    private static final Either<String, Embed> EMBED = Either.right(Embed.ONE);
    private static final StyledSegment<Either<String, Embed>, Attributes> NOTHING =
            new StyledSegment<>(Either.left(""), Attributes.NONE);

    private Segments() {}

    /// The paragraphs of `text` in `[from, to)`; the unit at `to - 1` is a newline.
    ///
    /// @param authors  whether runs and paragraphs say who wrote them
    static ReadOnlyStyledDocument<Attributes, Either<String, Embed>, Attributes> of(
            Text text, int from, int to, boolean authors) {
        var lines = new Lines(Math.max(1, (to - from) / 80), authors);
        text.forEachRun(from, to, lines::add);
        return lines.builder.build();
    }

    /// What comes back of `text` from a widget that says nobody's name.
    static Text withoutAuthors(Text text) {
        return text.apply(Delta.builder()
                .retain(text.length(), Attributes.of(Schema.AUTHOR, Value.CLEAR))
                .build(text.length()));
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
        private final StringBuilder characters = new StringBuilder(); // of the paragraph, embeds too
        private final List<Run> runs = new ArrayList<>();
        private final boolean authors;
        private final Map<Attributes, Attributes> nameless = new HashMap<>(); // few, for many runs

        /// Characters of one formatting, up to `end` in the paragraph.
        private record Run(int end, Attributes set) {}

        Lines(int expected, boolean authors) {
            this.authors = authors;
            builder = new ReadOnlyStyledDocumentBuilder<>(OPS, Attributes.NONE, expected);
        }

        void add(CharSequence source, int from, int to, Attributes all) {
            var set = authors ? all : nameless.computeIfAbsent(all, it -> it.without(Schema.AUTHOR));
            int start = from;
            for (int i = from; i < to; i++) {
                if (source.charAt(i) == '\n') {
                    gather(source, start, i, set);
                    end(set);
                    start = i + 1;
                }
            }
            gather(source, start, to, set);
        }

        private void gather(CharSequence source, int from, int to, Attributes set) {
            if (from < to) {
                characters.append(source, from, to);
                var run = new Run(characters.length(), set);
                if (!runs.isEmpty() && runs.getLast().set().equals(set)) {
                    runs.set(runs.size() - 1, run);
                } else {
                    runs.add(run);
                }
            }
        }

        private void end(Attributes paragraph) {
            var line = new ArrayList<StyledSegment<Either<String, Embed>, Attributes>>();
            boolean cut = Pieces.isNeeded(characters);
            boolean forced = cut && Pieces.isForced(characters);
            int start = 0;
            for (Run run : runs) {
                for (int i = start; i < run.end(); i++) {
                    if (characters.charAt(i) == Schema.EMBED) {
                        text(line, characters.substring(start, i), run.set(), cut, forced);
                        line.add(new StyledSegment<>(EMBED, run.set()));
                        start = i + 1;
                    }
                }
                text(line, characters.substring(start, run.end()), run.set(), cut, forced);
                start = run.end();
            }
            if (line.isEmpty()) {
                line.add(NOTHING);
            }
            builder.addParagraph(line, paragraph);
            characters.setLength(0);
            runs.clear();
        }

        private static void text(
                List<StyledSegment<Either<String, Embed>, Attributes>> line,
                String text,
                Attributes set,
                boolean cut,
                boolean forced) {
            if (!text.isEmpty()) {
                for (String piece : cut ? Pieces.of(text, forced) : List.of(text)) {
                    line.add(new StyledSegment<>(Either.left(piece), set));
                }
            }
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
