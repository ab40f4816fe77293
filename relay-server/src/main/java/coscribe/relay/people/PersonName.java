package coscribe.relay.people;

import coscribe.ot.protocol.Limits;
import java.text.Normalizer;

/// What people are called. A name stands beside other people's words on other people's screens, so
/// it is one short line that reads as it is stored.
public final class PersonName {
    /// For those who say no name that can be shown.
    public static final String FALLBACK = "Guest";

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private PersonName() {}

    /// A name as it is kept: NFC, no control or direction characters and no half surrogates, blanks
    /// collapsed, at most 64 units. Joiners stay: some scripts are misspelt without them.
    public static String clean(String said) {
        int much = Math.min(said.length(), 16 * Limits.NAME_UNITS);
        var kept = new StringBuilder();
        boolean visible = false;
        for (int at = 0; at < much; ) {
            int point = said.codePointAt(at);
            at += Character.charCount(point);
            switch (Character.getType(point)) {
                case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> {
                    kept.append(' ');
                }
                case Character.CONTROL -> kept.append(Character.isWhitespace(point) ? " " : "");
                case Character.FORMAT -> kept.append(isJoiner(point) ? Character.toString(point) : "");
                case Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> {}
                default -> {
                    kept.appendCodePoint(point);
                    visible = true;
                }
            }
        }
        if (!visible) {
            return FALLBACK;
        }
        var name = Normalizer.normalize(kept, Normalizer.Form.NFC).strip().replaceAll(" {2,}", " ");
        return cut(name).strip();
    }

    private static boolean isJoiner(int point) {
        return point == ZERO_WIDTH_JOINER || point == ZERO_WIDTH_NON_JOINER;
    }

    private static String cut(String name) {
        if (name.length() <= Limits.NAME_UNITS) {
            return name;
        }
        boolean splitsPair = Character.isHighSurrogate(name.charAt(Limits.NAME_UNITS - 1));
        return name.substring(0, splitsPair ? Limits.NAME_UNITS - 1 : Limits.NAME_UNITS);
    }
}
