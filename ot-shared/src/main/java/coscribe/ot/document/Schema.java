package coscribe.ot.document;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a document may hold, and so what a change may do. Checked by the relay before anything else
/// looks at a change, and by clients on what they receive. Cost: linear in the change. A change is
/// refused whole, never repaired.
public final class Schema {
    public static final String AUTHOR = "author";
    public static final String COMMENT_PREFIX = "comment:";
    /// The one character that stands for an image or a divider.
    public static final char EMBED = '\uFFFC';

    /// Most attributes that one character may have: its formatting must fit into a frame many times
    /// over, or nobody could be sent the document any more.
    public static final int MOST_ATTRIBUTES = 256;

    private static final Optional<Flaw> CUT_PAIR =
            Optional.of(new Flaw("surrogate", "The change cuts a character (a surrogate pair) in two."));

    /// Every attribute there is, but for those of comments: {@link #COMMENT_PREFIX} and the id of a
    /// thread.
    public static final Set<String> ATTRIBUTES = AttributeRules.NAMES;

    private Schema() {}

    /// Why a change is refused: a stable code for programs and a sentence for people.
    public record Flaw(String code, String sentence) {}

    /// What is wrong with a change for a text of `length` units, seen without the text. Empty:
    /// nothing.
    public static Optional<Flaw> check(Change change, int length) {
        Delta delta = change.delta();
        if (delta.baseLength() != length) {
            return flaw(
                    "length",
                    "The change is for a text of " + delta.baseLength() + " units, but the text has " + length + ".");
        }
        String inserted = delta.insertedText();
        int at = 0; // in the text
        int from = 0; // in what is inserted
        for (int i = 0; i < delta.size(); i++) {
            int units = delta.length(i);
            Optional<Flaw> flaw = Optional.empty();
            if (delta.isInsert(i)) {
                flaw = at == length
                        ? flaw("end", "Nothing can be inserted behind a document's closing newline.")
                        : checkInserted(inserted, from, from + units, AttributeRules.of(delta.attributes(i)));
                from += units;
            } else {
                at += units;
                if (delta.isRetain(i)) {
                    flaw = AttributeRules.of(delta.attributes(i)).retainFlaw();
                } else if (at == length) {
                    flaw = flaw("end", "A document's closing newline cannot be deleted.");
                }
            }
            if (flaw.isPresent()) {
                return flaw;
            }
        }
        return change.events().isEmpty() ? Optional.empty() : checkEvents(change.events());
    }

    private static Optional<Flaw> checkInserted(String source, int from, int to, AttributeRules rules) {
        if (isPlain(source, from, to) && !rules.embed() && !rules.block()) {
            return rules.insertFlaw();
        }
        if (!isProper(source, from, to)) {
            return flaw("text", "Inserted text must be well-formed, without control characters.");
        }
        if (rules.insertFlaw().isPresent()) {
            return rules.insertFlaw();
        }
        for (int i = from; i < to; i++) {
            char c = source.charAt(i);
            if ((c == EMBED) != rules.embed()) {
                return flaw("embed", "An image or divider is exactly one character U+FFFC, and no other text is.");
            }
            if (rules.block() && c != '\n') {
                return flaw("attribute", "Only a newline carries a paragraph's attributes.");
            }
        }
        return Optional.empty();
    }

    /// What else is wrong, seen with the text that the change applies to: a boundary inside a
    /// surrogate pair, a paragraph's attribute over anything but newlines, an image's over
    /// anything but images, more attributes on one character than {@link #MOST_ATTRIBUTES}.
    public static Optional<Flaw> checkBoundaries(Delta delta, Text text) {
        int at = 0;
        for (int i = 0; i < delta.size(); i++) {
            int from = at;
            at += delta.isInsert(i) ? 0 : delta.length(i);
            if (at != from && text.cutsPair(at)) {
                return CUT_PAIR;
            }
            if (delta.isRetain(i) && !delta.attributes(i).isEmpty()) {
                var flaw = checkFormatted(text, from, at, AttributeRules.of(delta.attributes(i)));
                if (flaw.isPresent()) {
                    return flaw;
                }
                if (isCrowded(text, from, at, delta.attributes(i))) {
                    return flaw("attribute", "A character has at most " + MOST_ATTRIBUTES + " attributes.");
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Flaw> checkFormatted(Text text, int from, int to, AttributeRules rules) {
        for (int i = from; (rules.block() || rules.details()) && i < to; i++) {
            if (rules.block() && text.charAt(i) != '\n') {
                return flaw("attribute", "Only a newline carries a paragraph's attributes.");
            }
            if (rules.details() && !text.attributesAt(i).has("image")) {
                return flaw("attribute", "Only an image has a width, a height and a description.");
            }
        }
        return Optional.empty();
    }

    private static boolean isCrowded(Text text, int from, int to, Attributes set) {
        var crowded = new boolean[1];
        text.forEachRun(
                from,
                to,
                (source, start, end, had) -> crowded[0] |= had.size() + set.size() > MOST_ATTRIBUTES
                        && had.thenOnText(set).size() > MOST_ATTRIBUTES);
        return crowded[0];
    }

    /// Every `author` that the change stamps on inserted text. An unstamped insert counts as the
    /// empty string.
    public static Set<String> stamps(Delta delta) {
        var stamps = new HashSet<String>();
        delta.forEach(new Delta.Visitor() {
            @Override
            public void retain(int length, Attributes set) {}

            @Override
            public void insert(String source, int from, int to, Attributes set) {
                stamps.add(set.get(AUTHOR).orElse(Value.TRUE) instanceof Value.Text(String author) ? author : "");
            }

            @Override
            public void delete(int length) {}
        });
        return stamps;
    }

    /// Whether the change leaves the text as it is but for comment anchors: what a commenter may
    /// do.
    public static boolean onlyComments(Delta delta) {
        var other = new boolean[1];
        delta.forEach(new Delta.Visitor() {
            @Override
            public void retain(int length, Attributes set) {
                set.forEach((name, value) -> other[0] |= !name.startsWith(COMMENT_PREFIX));
            }

            @Override
            public void insert(String source, int from, int to, Attributes set) {
                other[0] = true;
            }

            @Override
            public void delete(int length) {
                other[0] = true;
            }
        });
        return !other[0];
    }

    private static Optional<Flaw> flaw(String code, String sentence) {
        return Optional.of(new Flaw(code, sentence));
    }

    private static Optional<Flaw> checkEvents(List<ThreadEvent> events) {
        for (ThreadEvent event : events) {
            String id = switch (event) {
                case ThreadEvent.Opened opened -> opened.comment();
                case ThreadEvent.Replied replied -> replied.comment();
                case ThreadEvent.Edited edited -> edited.comment();
                case ThreadEvent.Resolved ignored -> event.thread();
                case ThreadEvent.Reopened ignored -> event.thread();
                case ThreadEvent.Deleted ignored -> event.thread();
            };
            String text = event.text();
            if (!AttributeRules.isId(event.thread())
                    || !AttributeRules.isId(id)
                    || !AttributeRules.isId(event.author())
                    || event.atMillis() < 0) {
                return flaw("comment", "A comment's ids must be 32 lower-case hex digits and its time not negative.");
            }
            if (text.length() > ThreadEvent.MAX_COMMENT || !isProper(text)) {
                return flaw(
                        "comment",
                        "A comment must be well-formed text of at most " + ThreadEvent.MAX_COMMENT + " units.");
            }
        }
        return Optional.empty();
    }

    /// Well-formed UTF-16 without control characters other than newline and tab.
    static boolean isProper(String text) {
        return isProper(text, 0, text.length());
    }

    /// Printable ASCII and what a line is made of: most of what is typed, with nothing more to
    /// look at.
    private static boolean isPlain(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if ((c < ' ' || c > '~') && c != '\n' && c != '\t') {
                return false;
            }
        }
        return true;
    }

    private static boolean isProper(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < 0x20 ? c != '\n' && c != '\t' : c >= 0x7f && c <= 0x9f) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c) || i + 1 == to || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
