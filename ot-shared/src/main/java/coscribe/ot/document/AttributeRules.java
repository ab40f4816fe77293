package coscribe.ot.document;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Value;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What one set of attributes may do: the allow-list of names and values, judged once for each set.
///
/// @param insertFlaw  what is wrong with it on inserted text
/// @param retainFlaw  what is wrong with it over existing text
/// @param block       it sets a paragraph's attributes, which only a newline carries
/// @param embed       it makes a character an image or a divider
/// @param details     it sets what only an image has
record AttributeRules(
        Optional<Schema.Flaw> insertFlaw,
        Optional<Schema.Flaw> retainFlaw,
        boolean block,
        boolean embed,
        boolean details) {
    private static final Set<String> INLINE_FLAGS = Set.of("bold", "italic", "underline", "strike", "code");
    private static final Set<String> BLOCK =
            Set.of("header", "list", "checked", "indent", "quote", "code-block", "align");
    private static final Set<String> EMBEDS = Set.of("image", "divider");
    private static final Set<String> EMBED_DETAILS = Set.of("width", "height", "alt");
    /// Every name there is, but for those that begin with {@link Schema#COMMENT_PREFIX}.
    static final Set<String> NAMES = Stream.of(
                    INLINE_FLAGS, BLOCK, EMBEDS, EMBED_DETAILS, Set.of(Schema.AUTHOR, "link"))
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    private static final int MAX_LINK = 2_048;
    private static final int MAX_ALT = 1_000;
    private static final int MAX_SIDE = 100_000;
    private static final int ID_DIGITS = 32;
    private static final int BLOB_DIGITS = 64;

    private static final AttributeRules NONE =
            new AttributeRules(Optional.empty(), Optional.empty(), false, false, false);

    private static final int TABLE = 1 << 8;
    /// Larger sets are judged each time: the table's bytes are bounded, whoever fills it.
    private static final int WORTH_KEEPING = 32;

    private static final @Nullable Known[] JUDGED = new Known[TABLE];

    private record Known(Attributes set, AttributeRules rules) {}

    /// Judges a set, or remembers what became of it: few are in use at a time.
    static AttributeRules of(Attributes set) {
        if (set.isEmpty()) {
            return NONE;
        }
        int slot = (set.hashCode() ^ (set.hashCode() >>> 15)) & (TABLE - 1);
        var known = JUDGED[slot];
        if (known != null && known.set == set) {
            return known.rules;
        }
        var rules = judge(set);
        if ((rules.insertFlaw.isEmpty() || rules.retainFlaw.isEmpty()) && set.size() <= WORTH_KEEPING) {
            JUDGED[slot] = new Known(set, rules);
        }
        return rules;
    }

    private static AttributeRules judge(Attributes set) {
        var judge = new Judge();
        set.forEach(judge::look);
        if ((set.has("image") && set.has("divider")) || (judge.details && !set.has("image"))) {
            judge.onInsert("attribute", "An embed is an image (with width, height, alt) or a divider.");
        }
        if (set.size() > Schema.MOST_ATTRIBUTES) {
            judge.onInsert("attribute", "A character has at most " + Schema.MOST_ATTRIBUTES + " attributes.");
        }
        return new AttributeRules(
                Optional.ofNullable(judge.insertFlaw),
                Optional.ofNullable(judge.retainFlaw),
                judge.block,
                set.has("image") || set.has("divider"),
                judge.details);
    }

    private static final class Judge {
        private Schema.@Nullable Flaw insertFlaw;
        private Schema.@Nullable Flaw retainFlaw;
        private boolean block;
        private boolean details;

        void look(String name, Value value) {
            boolean clear = value instanceof Value.Clear;
            block |= BLOCK.contains(name) && !clear;
            details |= EMBED_DETAILS.contains(name) && !clear;
            if (name.equals(Schema.AUTHOR)) {
                onRetain("author", "The author of existing text cannot be changed.");
            }
            if (EMBEDS.contains(name)) {
                onRetain("attribute", "Existing text cannot be made an image or a divider.");
            }
            if (!(clear ? isKnown(name) : accepts(name, value))) {
                String sentence = "The attribute '" + printable(name) + "' is unknown or has a value it cannot have.";
                onRetain("attribute", sentence);
                onInsert("attribute", sentence);
            }
        }

        void onInsert(String code, String sentence) {
            insertFlaw = insertFlaw == null ? new Schema.Flaw(code, sentence) : insertFlaw;
        }

        private void onRetain(String code, String sentence) {
            retainFlaw = retainFlaw == null ? new Schema.Flaw(code, sentence) : retainFlaw;
        }
    }

    private static String printable(String name) {
        String shown = name.length() > 40 ? name.substring(0, 40) : name;
        return shown.replaceAll("[^\\x20-\\x7e]", "?");
    }

    private static boolean isKnown(String name) {
        return INLINE_FLAGS.contains(name)
                || BLOCK.contains(name)
                || EMBED_DETAILS.contains(name)
                || name.equals("link")
                || isComment(name);
    }

    private static boolean isComment(String name) {
        return name.startsWith(Schema.COMMENT_PREFIX) && isId(name.substring(Schema.COMMENT_PREFIX.length()));
    }

    private static boolean accepts(String name, Value value) {
        return (NAMES.contains(name) || isComment(name)) && takes(name, value);
    }

    private static boolean takes(String name, Value value) {
        return switch (value) {
            case Value.Clear() -> false;
            case Value.Flag() -> INLINE_FLAGS.contains(name) || isComment(name) || isBlockFlag(name);
            case Value.Number(int number) ->
                switch (name) {
                    case "header" -> number >= 1 && number <= 4;
                    case "indent" -> number >= 1 && number <= 5;
                    case "width", "height" -> number >= 1 && number <= MAX_SIDE;
                    default -> false;
                };
            case Value.Text(String text) ->
                switch (name) {
                    case Schema.AUTHOR -> isId(text);
                    case "link" -> isLink(text);
                    case "list" -> text.equals("bullet") || text.equals("ordered") || text.equals("check");
                    case "align" -> text.equals("center") || text.equals("right") || text.equals("justify");
                    case "image" -> isHex(text, BLOB_DIGITS);
                    case "alt" -> text.length() <= MAX_ALT && Schema.isProper(text);
                    default -> false;
                };
        };
    }

    private static boolean isBlockFlag(String name) {
        return name.equals("checked") || name.equals("quote") || name.equals("code-block") || name.equals("divider");
    }

    /// http, https and mailto only, decided by the scheme itself and not by how the text looks.
    private static boolean isLink(String text) {
        int colon = text.indexOf(':');
        if (text.length() > MAX_LINK || colon < 0 || !Schema.isProper(text)) {
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

    static boolean isId(String text) {
        return isHex(text, ID_DIGITS);
    }

    private static boolean isHex(String text, int digits) {
        boolean fits = text.length() == digits;
        for (int i = 0; fits && i < digits; i++) {
            char c = text.charAt(i);
            fits = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        }
        return fits;
    }
}
