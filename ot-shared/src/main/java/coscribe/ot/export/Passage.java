package coscribe.ot.export;

import coscribe.ot.delta.Attributes;
import coscribe.ot.document.Schema;
import coscribe.ot.document.Text;
import java.util.ArrayList;
import java.util.List;

/// One paragraph as other formats take it: how it looks, and its runs in their order. Immutable.
record Passage(BlockStyle style, List<Run> runs) {
    static final String LINK = "link";

    /// Characters that look the same; an image or a divider is a run of its own.
    record Run(String characters, Attributes look) {
        boolean isEmbed() {
            return characters.length() == 1 && characters.charAt(0) == Schema.EMBED;
        }

        boolean isDivider() {
            return isEmbed() && look.has("divider");
        }

        /// What an image shows, in words; empty where nobody said.
        String alt() {
            return BlockStyle.text(look, "alt").orElse("");
        }
    }

    Passage {
        runs = List.copyOf(runs);
    }

    /// All paragraphs of a document's text.
    static List<Passage> of(Text text) {
        var passages = new ArrayList<Passage>();
        var runs = new ArrayList<Run>();
        text.forEachRun(0, text.length(), (source, from, to, set) -> {
            int at = from;
            while (at < to) {
                char first = source.charAt(at);
                int end = at + 1;
                while (first != '\n' && first != Schema.EMBED && end < to && isPlain(source.charAt(end))) {
                    end++;
                }
                if (first == '\n') {
                    passages.add(new Passage(BlockStyle.of(set), runs));
                    runs.clear();
                } else {
                    add(runs, source.subSequence(at, end).toString(), look(set));
                }
                at = end;
            }
        });
        return passages;
    }

    private static boolean isPlain(char c) {
        return c != '\n' && c != Schema.EMBED;
    }

    /// Who wrote it, and what was said about it, is no look.
    private static Attributes look(Attributes set) {
        var kept = new Attributes[] {set.without(Schema.AUTHOR)};
        set.forEach((name, value) -> {
            if (name.startsWith(Schema.COMMENT_PREFIX)) {
                kept[0] = kept[0].without(name);
            }
        });
        return kept[0];
    }

    private static void add(List<Run> runs, String characters, Attributes look) {
        boolean joins = !runs.isEmpty() && runs.getLast().look().equals(look) && isPlain(characters.charAt(0));
        if (joins && !runs.getLast().isEmbed()) {
            runs.set(runs.size() - 1, new Run(runs.getLast().characters() + characters, look));
        } else {
            runs.add(new Run(characters, look));
        }
    }

    /// The characters alone.
    String plain() {
        var plain = new StringBuilder();
        runs.forEach(run -> plain.append(run.characters()));
        return plain.toString();
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    /// Nothing but a line across the page.
    boolean isDivider() {
        return runs.size() == 1 && runs.getFirst().isDivider();
    }
}
