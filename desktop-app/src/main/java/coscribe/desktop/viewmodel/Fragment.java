package coscribe.desktop.viewmodel;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.DeltaBuilder;
import coscribe.ot.document.Change;
import coscribe.ot.document.Schema;
import coscribe.ot.document.Text;
import coscribe.ot.export.BlockStyle;
import coscribe.ot.export.PlainText;
import coscribe.ot.wire.MalformedMessageException;
import coscribe.ot.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A piece of text with its formatting, as it goes over the clipboard. It tells neither who wrote
/// it nor what was said about it: pasted text is by whoever pastes, and comments stay where they
/// are. Immutable.
public final class Fragment {
    public static final Fragment EMPTY = new Fragment(Delta.identity(1));

    /// In front of a closing newline, which gets the look of the last paragraph where that is
    /// without its newline and not alone.
    private final Delta inserts;

    private Fragment(Delta inserts) {
        this.inserts = inserts;
    }

    /// What stands in `[from, to)`.
    public static Fragment of(Text text, int from, int to) {
        var out = Delta.builder();
        text.forEachRun(from, to, (source, start, end, set) -> out.insert(source, start, end, clean(set)));
        boolean cut = from < to && text.charAt(to - 1) != '\n' && Paragraphs.end(text, from) < to;
        out.retain(1, cut ? BlockStyle.look(Paragraphs.newline(text, to)) : Attributes.NONE);
        return new Fragment(out.build(1));
    }

    /// From plain text as other programs give it: with any line ends. What a document cannot hold
    /// is left out.
    public static Fragment ofPlain(String text) {
        return new Fragment(new DeltaBuilder().insert(proper(text)).build(1));
    }

    /// From the clipboard. Empty: it is none of ours, or damaged.
    public static Optional<Fragment> parse(String json) {
        try {
            Delta delta =
                    Wire.decodeChange(json.getBytes(StandardCharsets.UTF_8)).delta();
            if (delta.baseLength() != 1 || delta.targetLength() != delta.insertedLength() + 1) {
                return Optional.empty();
            }
            var out = Delta.builder();
            delta.forEach((Inserts) (source, from, to, set) -> out.insert(source, from, to, clean(set)));
            out.retain(1, BlockStyle.look(lastLook(delta)));
            var cleaned = out.build(1);
            return Schema.check(Change.of(cleaned), 1).isEmpty()
                    ? Optional.of(new Fragment(cleaned))
                    : Optional.empty();
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
    }

    /// For the clipboard; {@link #parse} reads it.
    public String json() {
        return new String(Wire.encodeChange(Change.of(inserts)), StandardCharsets.UTF_8);
    }

    /// As other programs take it: list items with their marks, quotes with `>`.
    public String plain() {
        return PlainText.of(inserts, lastLook().map(BlockStyle::of).orElse(BlockStyle.BODY));
    }

    public boolean isEmpty() {
        return inserts.insertedLength() == 0;
    }

    /// In UTF-16 units.
    public int length() {
        return inserts.insertedLength();
    }

    private static Attributes lastLook(Delta delta) {
        int last = delta.size() - 1;
        return last >= 0 && delta.isRetain(last) ? delta.attributes(last) : Attributes.NONE;
    }

    /// The look of its last paragraph, of which it has the beginning only. Empty: all its
    /// paragraphs are whole, or there is but one.
    Optional<Attributes> lastLook() {
        String all = characters();
        boolean cut = all.indexOf('\n') >= 0 && !all.endsWith("\n");
        return cut ? Optional.of(lastLook(inserts)) : Optional.empty();
    }

    /// All of it as what a line of code can hold.
    Fragment asCode() {
        return ofPlain(characters());
    }

    String characters() {
        return inserts.insertedText();
    }

    void forEach(Inserts visitor) {
        inserts.forEach(visitor);
    }

    private static Attributes clean(Attributes set) {
        var kept = new Attributes[] {set};
        set.forEach((name, value) -> {
            if (name.equals(Schema.AUTHOR) || name.startsWith(Schema.COMMENT_PREFIX)) {
                kept[0] = kept[0].without(name);
            }
        });
        return kept[0];
    }

    static String proper(String text) {
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                out.append(c).append(text.charAt(++i));
            } else if (c == '\r') {
                out.append(i + 1 < text.length() && text.charAt(i + 1) == '\n' ? "" : "\n");
            } else if (c == '\u2028' || c == '\u2029' || c == '\u0085' || c == '\u000b' || c == '\f') {
                out.append('\n');
            } else if (c == '\n'
                    || c == '\t'
                    || !(Character.isISOControl(c) || Character.isSurrogate(c) || c == Schema.EMBED)) {
                out.append(c);
            }
        }
        return out.toString();
    }

    /// Visits a delta that only inserts.
    @FunctionalInterface
    interface Inserts extends Delta.Visitor {
        @Override
        default void retain(int length, Attributes set) {}

        @Override
        default void delete(int length) {}
    }
}
