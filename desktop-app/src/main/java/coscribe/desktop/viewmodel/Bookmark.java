package coscribe.desktop.viewmodel;

import coscribe.ot.document.Text;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Where somebody was in a text: their caret, and what stood at the top of the window. It is written
/// down without a word of the text, and found again as well as a text that was changed meanwhile lets
/// it: by the paragraph. Pure.
///
/// @param caret  of the writer
/// @param top    where the first line in view began
/// @param above  px from the top edge down to that line; negative where it is in view in part only
public record Bookmark(Place caret, Place top, int above) {
    private static final int NUMBERS = 7; // as it is written

    /// @param start   where its paragraph begins, in UTF-16 units
    /// @param column  how far behind that it is
    /// @param words   a hash of the paragraph
    public record Place(int start, int column, int words) {
        private static final int NONE = "".hashCode();

        public Place {
            if (start < 0 || column < 0) {
                throw new IllegalArgumentException("no place in a text: " + start + " + " + column);
            }
        }

        static Place of(Text text, int position) {
            int at = Math.clamp(position, 0, Math.max(0, text.length() - 1));
            int start = Paragraphs.start(text, at);
            return new Place(start, at - start, hash(text, start));
        }

        private static int hash(Text text, int start) {
            return text.substring(start, Paragraphs.end(text, start)).hashCode();
        }

        /// Where that is in a text: in the paragraph with the same words that is nearest, else as far
        /// from the beginning of the text as it was, or at its end.
        public int in(Text text) {
            int last = Math.max(0, text.length() - 1);
            int usual = Math.min(start + Math.min(column, last), last);
            return paragraph(text)
                    .map(from -> Math.min(from + column, Paragraphs.end(text, from)))
                    .orElse(usual);
        }

        private Optional<Integer> paragraph(Text text) {
            boolean isThere =
                    start < text.length() && Paragraphs.start(text, start) == start && hash(text, start) == words;
            return isThere ? Optional.of(start) : words == NONE ? Optional.empty() : nearest(text.plain());
        }

        private Optional<Integer> nearest(String text) {
            int best = -1;
            for (int from = 0; from < text.length(); from = text.indexOf('\n', from) + 1) {
                if (text.substring(from, text.indexOf('\n', from)).hashCode() == words
                        && (best < 0 || Math.abs(from - start) < Math.abs(best - start))) {
                    best = from;
                }
            }
            return best < 0 ? Optional.empty() : Optional.of(best);
        }

        private List<Integer> numbers() {
            return List.of(start, column, words);
        }
    }

    /// @param text   of a document: it ends in a newline
    /// @param above  px
    public static Bookmark of(Text text, int caret, int top, double above) {
        return new Bookmark(Place.of(text, caret), Place.of(text, top), (int) Math.round(above));
    }

    /// In one line, for {@link #read}.
    public String written() {
        var numbers = new StringBuilder();
        caret.numbers().forEach(number -> numbers.append(number).append(' '));
        top.numbers().forEach(number -> numbers.append(number).append(' '));
        return numbers.append(above).toString();
    }

    /// Empty: nobody wrote that here.
    public static Optional<Bookmark> read(String written) {
        try {
            var numbers =
                    Arrays.stream(written.split(" ", -1)).map(Integer::parseInt).toList();
            return numbers.size() == NUMBERS
                    ? Optional.of(new Bookmark(place(numbers, 0), place(numbers, 3), numbers.getLast()))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Place place(List<Integer> numbers, int from) {
        return new Place(numbers.get(from), numbers.get(from + 1), numbers.get(from + 2));
    }
}
