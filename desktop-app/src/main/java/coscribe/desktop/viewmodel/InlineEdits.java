package coscribe.desktop.viewmodel;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.DeltaBuilder;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Text;
import coscribe.ot.export.BlockStyle;
import coscribe.ot.presence.Caret;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// What commands do to characters, and how characters are formatted. Pure: a text and a selection
/// in, an {@link Edit} or an answer out.
final class InlineEdits {
    private static final String LINK = Links.LINK;
    /// A selection is judged by this much of its beginning, so that a caret key in a selection of
    /// the whole document costs nothing to speak of.
    private static final int JUDGED_UNITS = 20_000;

    private InlineEdits() {}

    static int from(Caret selection) {
        return Math.min(selection.anchor(), selection.head());
    }

    static int to(Caret selection) {
        return Math.max(selection.anchor(), selection.head());
    }

    static int length(Caret selection) {
        return to(selection) - from(selection);
    }

    static boolean isEmpty(Caret selection) {
        return selection.anchor() == selection.head();
    }

    /// The attributes that a character typed at `position` takes from its neighbours: those of the
    /// character before it in the paragraph, else of the one behind it. A link goes on only inside
    /// of it.
    static Attributes inherited(Text text, int position) {
        boolean first = position == 0 || text.charAt(position - 1) == '\n';
        char behind = text.charAt(position);
        if (first && behind == '\n') {
            return Attributes.NONE;
        }
        var from = styles(text.attributesAt(first ? position : position - 1));
        var link = text.attributesAt(position).get(LINK);
        boolean inside = !first
                && link.isPresent()
                && text.attributesAt(position - 1).get(LINK).equals(link);
        return inside ? from.with(LINK, link.get()) : from;
    }

    private static Attributes styles(Attributes set) {
        var kept = Attributes.NONE;
        for (InlineStyle style : InlineStyle.values()) {
            if (set.has(style.attribute())) {
                kept = kept.with(style.attribute(), Value.TRUE);
            }
        }
        return kept;
    }

    /// The attributes of what is typed in the place of a selection: as at its caret, or as its
    /// first character. Code stays plain.
    static Attributes typed(Text text, Caret selection) {
        int from = from(selection);
        if (Paragraphs.style(text, from).code()) {
            return Attributes.NONE;
        }
        return isEmpty(selection) || text.charAt(from) == '\n'
                ? inherited(text, from)
                : styles(text.attributesAt(from));
    }

    /// Replaces what is selected.
    ///
    /// @param set  the attributes of each inserted character
    static Edit replace(Text text, Caret selection, String inserted, Attributes set) {
        int from = from(selection);
        var out = Delta.builder().retain(from).insert(inserted, set);
        var joined = joinAfterDelete(text, from, to(selection), out.delete(to(selection) - from));
        return Edit.of(joined.build(text.length()), Caret.at(from + inserted.length()));
    }

    static Edit delete(Text text, int from, int to) {
        var out = Delta.builder().retain(from).delete(to - from);
        return Edit.of(joinAfterDelete(text, from, to, out).build(text.length()), Caret.at(from));
    }

    /// Where paragraphs are joined by a deletion, the joined one looks like the one it begins with,
    /// unless nothing of that is left.
    private static DeltaBuilder joinAfterDelete(Text text, int from, int to, DeltaBuilder out) {
        int end = Paragraphs.end(text, to);
        boolean joins = from < to && Paragraphs.end(text, from) < to;
        if (joins && from > Paragraphs.start(text, from)) {
            var change = BlockStyle.change(text.attributesAt(end), Paragraphs.newline(text, from));
            out.retain(end - to).retain(1, change);
        }
        return out;
    }

    /// Sets or clears attributes on the selected characters. Newlines are left as they are, and so
    /// are images and dividers.
    static Edit format(Text text, Caret selection, Attributes set) {
        var out = Delta.builder().retain(from(selection));
        text.forEachRun(from(selection), to(selection), (source, start, end, had) -> {
            int at = start;
            while (at < end) {
                boolean line = source.charAt(at) == '\n';
                int stop = at + 1;
                while (stop < end && (source.charAt(stop) == '\n') == line) {
                    stop++;
                }
                out.retain(stop - at, line || isEmbed(had) ? Attributes.NONE : set);
                at = stop;
            }
        });
        return Edit.of(out.build(text.length()), selection);
    }

    private static boolean isEmbed(Attributes set) {
        return set.has("image") || set.has("divider");
    }

    /// Of what is typed the styles.
    static Set<InlineStyle> stylesIn(Attributes set) {
        var styles = EnumSet.noneOf(InlineStyle.class);
        for (InlineStyle style : InlineStyle.values()) {
            if (set.has(style.attribute())) {
                styles.add(style);
            }
        }
        return styles;
    }

    /// Takes all styles and links from the selected characters, and their looks from paragraphs if
    /// the selection holds one as a whole or several.
    static Edit clear(Text text, Caret selection) {
        var none = Attributes.of(LINK, Value.CLEAR);
        for (InlineStyle style : InlineStyle.values()) {
            none = none.with(style.attribute(), Value.CLEAR);
        }
        var inline = format(text, selection, none);
        boolean blocks = from(selection) == Paragraphs.start(text, from(selection))
                        && to(selection) >= Paragraphs.end(text, from(selection))
                || BlockEdits.newlines(text, selection).size() > 1;
        return blocks
                ? Edit.of(
                        inline.delta()
                                .compose(BlockEdits.restyle(text, selection, _ -> Attributes.NONE)
                                        .delta()),
                        selection)
                : inline;
    }

    /// The styles that all selected characters have.
    static Set<InlineStyle> commonStyles(Text text, Caret selection) {
        var common = EnumSet.allOf(InlineStyle.class);
        var seen = new boolean[1];
        text.forEachRun(from(selection), judgedTo(selection), (source, start, end, set) -> {
            if (hasCharacters(source, start, end)) {
                seen[0] = true;
                common.removeIf(style -> !set.has(style.attribute()));
            }
        });
        return seen[0] ? common : Set.of();
    }

    /// The link that all selected characters have.
    static Optional<String> commonLink(Text text, Caret selection) {
        var link = new String[1];
        var differs = new boolean[1];
        text.forEachRun(from(selection), judgedTo(selection), (source, start, end, set) -> {
            if (hasCharacters(source, start, end)) {
                String here = set.get(LINK).orElse(Value.TRUE) instanceof Value.Text(String target) ? target : "";
                differs[0] |= here.isEmpty() || (link[0] != null && !link[0].equals(here));
                link[0] = here;
            }
        });
        return differs[0] ? Optional.empty() : Optional.ofNullable(link[0]);
    }

    private static int judgedTo(Caret selection) {
        return Math.min(to(selection), from(selection) + JUDGED_UNITS);
    }

    private static boolean hasCharacters(CharSequence source, int from, int to) {
        for (int i = from; i < to; i++) {
            if (source.charAt(i) != '\n') {
                return true;
            }
        }
        return false;
    }
}
