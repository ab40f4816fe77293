package coscribe.ot.document;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a document may hold, and so what a change may do. Checked by the relay before anything else
/// looks at a change, and by clients on what they receive. Cost: linear in the change. A change is
/// refused whole, never repaired.
public final class Schema {
    public static final String AUTHOR = "author";
    public static final String COMMENT_PREFIX = "comment:";
    /// The one character that stands for an image or a divider.
    public static final char EMBED = '\uFFFC';

    private static final Pattern HEX_128 = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern HEX_256 = Pattern.compile("[0-9a-f]{64}");
    private static final Set<String> INLINE_FLAGS = Set.of("bold", "italic", "underline", "strike", "code");
    private static final Set<String> BLOCK =
            Set.of("header", "list", "checked", "indent", "quote", "code-block", "align");
    private static final Set<String> EMBEDS = Set.of("image", "divider");
    private static final Set<String> EMBED_DETAILS = Set.of("width", "height", "alt");
    private static final int MAX_LINK = 2_048;
    private static final int MAX_ALT = 1_000;
    private static final int MAX_SIDE = 100_000;

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
        var checker = new Checker(length);
        delta.forEach(checker);
        return checker.found.or(() -> checkEvents(change.events()));
    }

    /// What else is wrong, seen with the text that the change applies to: a boundary inside a
    /// surrogate pair.
    public static Optional<Flaw> checkBoundaries(Delta delta, Text text) {
        var checker = new BoundaryChecker(text);
        delta.forEach(checker);
        return checker.split
                ? flaw("surrogate", "The change cuts a character (a surrogate pair) in two.")
                : Optional.empty();
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
            String text = switch (event) {
                case ThreadEvent.Opened opened -> opened.text();
                case ThreadEvent.Replied replied -> replied.text();
                case ThreadEvent.Edited edited -> edited.text();
                case ThreadEvent.Resolved ignored -> "";
                case ThreadEvent.Reopened ignored -> "";
                case ThreadEvent.Deleted ignored -> "";
            };
            if (!isId(event.thread()) || !isId(id) || !isId(event.author()) || event.atMillis() < 0) {
                return flaw("comment", "A comment's ids must be 32 lower-case hex digits and its time not negative.");
            }
            if (text.length() > ThreadEvent.MAX_COMMENT || badText(text, 0, text.length())) {
                return flaw(
                        "comment",
                        "A comment must be well-formed text of at most " + ThreadEvent.MAX_COMMENT + " units.");
            }
        }
        return Optional.empty();
    }

    private static boolean isId(String id) {
        return HEX_128.matcher(id).matches();
    }

    /// Lone surrogates and control characters other than newline and tab.
    private static boolean badText(CharSequence text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < 0x20 ? c != '\n' && c != '\t' : c >= 0x7f && c <= 0x9f) {
                return true;
            }
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c) || i + 1 == to || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private static final class Checker implements Delta.Visitor {
        private final int length;
        private int at;
        private Optional<Flaw> found = Optional.empty();

        Checker(int length) {
            this.length = length;
        }

        private void fail(String code, String sentence) {
            if (found.isEmpty()) {
                found = flaw(code, sentence);
            }
        }

        @Override
        public void retain(int units, Attributes set) {
            at += units;
            if (set.has(AUTHOR)) {
                fail("author", "The author of existing text cannot be changed.");
            }
            set.forEach((name, value) -> {
                if (EMBEDS.contains(name)) {
                    fail("attribute", "Existing text cannot be made an image or a divider.");
                }
                if (!(value instanceof Value.Clear) || !known(name)) {
                    checkAttribute(name, value);
                }
            });
        }

        @Override
        public void insert(String source, int from, int to, Attributes set) {
            if (at == length) {
                fail("end", "Nothing can be inserted behind a document's closing newline.");
            }
            if (badText(source, from, to)) {
                fail("text", "Inserted text must be well-formed, without control characters.");
            }
            set.forEach(this::checkAttribute);
            checkPlacement(source, from, to, set);
        }

        private void checkPlacement(String source, int from, int to, Attributes set) {
            boolean embed = set.has("image") || set.has("divider");
            boolean[] block = new boolean[1];
            boolean[] details = new boolean[1];
            set.forEach((name, value) -> {
                block[0] |= BLOCK.contains(name);
                details[0] |= EMBED_DETAILS.contains(name);
            });
            if ((set.has("image") && set.has("divider")) || (details[0] && !set.has("image"))) {
                fail("attribute", "An embed is an image (with width, height, alt) or a divider.");
            }
            for (int i = from; i < to; i++) {
                char c = source.charAt(i);
                if ((c == EMBED) != embed) {
                    fail("embed", "An image or divider is exactly one character U+FFFC, and no other text is.");
                }
                if (block[0] && c != '\n') {
                    fail("attribute", "Only a newline carries a paragraph's attributes.");
                }
            }
        }

        @Override
        public void delete(int units) {
            at += units;
            if (at == length) {
                fail("end", "A document's closing newline cannot be deleted.");
            }
        }

        private static boolean known(String name) {
            return INLINE_FLAGS.contains(name)
                    || BLOCK.contains(name)
                    || EMBED_DETAILS.contains(name)
                    || name.equals("link")
                    || isComment(name);
        }

        private static boolean isComment(String name) {
            return name.startsWith(COMMENT_PREFIX) && isId(name.substring(COMMENT_PREFIX.length()));
        }

        private void checkAttribute(String name, Value value) {
            if (!accepts(name, value)) {
                fail("attribute", "The attribute '" + printable(name) + "' is unknown or has a value it cannot have.");
            }
        }

        private static String printable(String name) {
            String shown = name.length() > 40 ? name.substring(0, 40) : name;
            return shown.replaceAll("[^\\x20-\\x7e]", "?");
        }

        private static boolean accepts(String name, Value value) {
            return switch (value) {
                case Value.Clear() -> false;
                case Value.Flag() ->
                    INLINE_FLAGS.contains(name)
                            || isComment(name)
                            || name.equals("checked")
                            || name.equals("quote")
                            || name.equals("code-block")
                            || name.equals("divider");
                case Value.Number(int number) ->
                    switch (name) {
                        case "header" -> number >= 1 && number <= 4;
                        case "indent" -> number >= 1 && number <= 5;
                        case "width", "height" -> number >= 1 && number <= MAX_SIDE;
                        default -> false;
                    };
                case Value.Text(String text) ->
                    switch (name) {
                        case AUTHOR -> isId(text);
                        case "link" -> isLink(text);
                        case "list" -> text.equals("bullet") || text.equals("ordered") || text.equals("check");
                        case "align" -> text.equals("center") || text.equals("right") || text.equals("justify");
                        case "image" -> HEX_256.matcher(text).matches();
                        case "alt" -> text.length() <= MAX_ALT && !badText(text, 0, text.length());
                        default -> false;
                    };
            };
        }

        /// http, https and mailto only, decided by the scheme itself and not by how the text looks.
        private static boolean isLink(String text) {
            int colon = text.indexOf(':');
            if (text.length() > MAX_LINK || colon < 0 || badText(text, 0, text.length())) {
                return false;
            }
            if (text.chars().anyMatch(Character::isWhitespace)) {
                return false;
            }
            return switch (text.substring(0, colon)) {
                case "http", "https" -> text.startsWith("//", colon + 1) && text.length() > colon + 3;
                case "mailto" -> text.length() > colon + 1;
                default -> false;
            };
        }
    }

    private static final class BoundaryChecker implements Delta.Visitor {
        private final Text text;
        private int at;
        private boolean split;

        BoundaryChecker(Text text) {
            this.text = text;
        }

        private void boundary() {
            split |= at > 0
                    && at < text.length()
                    && Character.isHighSurrogate(text.charAt(at - 1))
                    && Character.isLowSurrogate(text.charAt(at));
        }

        @Override
        public void retain(int length, Attributes set) {
            boundary();
            at += length;
            boundary();
        }

        @Override
        public void insert(String source, int from, int to, Attributes set) {
            boundary();
        }

        @Override
        public void delete(int length) {
            boundary();
            at += length;
            boundary();
        }
    }
}
