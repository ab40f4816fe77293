package coscribe.desktop.viewmodel;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Schema;
import coscribe.ot.document.Text;
import coscribe.ot.export.BlockStyle;
import coscribe.ot.presence.Caret;

/// How a fragment becomes part of a text. Pure.
final class Pasting {
    private Pasting() {}

    /// Paragraphs come with their looks. The first one joins what stands before the caret, and
    /// takes the look of that if there is something; the last one, without its newline, joins what
    /// stands behind it in the same way. A piece of one paragraph has characters only.
    static Edit edit(Text text, Caret selection, Fragment fragment, Attributes stamp) {
        int from = InlineEdits.from(selection);
        int to = InlineEdits.to(selection);
        Value author = stamp.get(Schema.AUTHOR).orElseThrow();
        var here = BlockStyle.look(Paragraphs.newline(text, from));
        boolean joins = from > Paragraphs.start(text, from);
        var out = Delta.builder().retain(from);
        var first = new boolean[] {joins};
        fragment.forEach((source, start, end, set) -> {
            int at = start;
            while (at < end) {
                boolean newline = source.charAt(at) == '\n';
                int stop = at + 1;
                while (!newline && stop < end && source.charAt(stop) != '\n') {
                    stop++;
                }
                var pasted = newline && first[0] ? here : set;
                first[0] &= !newline;
                out.insert(source, at, stop, pasted.with(Schema.AUTHOR, author));
                at = stop;
            }
        });
        out.delete(to - from);
        int end = Paragraphs.end(text, to);
        var look = BlockStyle.look(text.attributesAt(end));
        if (fragment.characters().indexOf('\n') < 0) {
            look = joins && Paragraphs.end(text, from) < to ? here : look;
        } else if (to == end) {
            look = fragment.lastLook().orElse(look);
        }
        out.retain(end - to).retain(1, BlockStyle.change(text.attributesAt(end), look));
        return Edit.of(out.build(text.length()), Caret.at(from + fragment.length()));
    }

    /// As typed: characters look as at the caret, new paragraphs as the one that they begin in.
    static Edit plain(Text text, Caret selection, String characters, Attributes typed, Attributes stamp) {
        int from = InlineEdits.from(selection);
        int to = InlineEdits.to(selection);
        var look = BlockStyle.look(Paragraphs.newline(text, from)).without("checked");
        var newline = look.with(Schema.AUTHOR, stamp.get(Schema.AUTHOR).orElseThrow());
        var out = Delta.builder().retain(from);
        int at = 0;
        while (at < characters.length()) {
            int stop = characters.indexOf('\n', at);
            int end = stop < 0 ? characters.length() : stop;
            out.insert(characters, at, end, typed);
            if (stop >= 0) {
                out.insert("\n", newline);
            }
            at = end + 1;
        }
        out.delete(to - from);
        int end = Paragraphs.end(text, to);
        if (Paragraphs.end(text, from) < to) {
            var change = BlockStyle.change(text.attributesAt(end), BlockStyle.look(Paragraphs.newline(text, from)));
            out.retain(end - to).retain(1, change);
        }
        return Edit.of(out.build(text.length()), Caret.at(from + characters.length()));
    }
}
