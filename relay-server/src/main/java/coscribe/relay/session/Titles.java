package coscribe.relay.session;

import coscribe.ot.protocol.Limits;

/// What a document may be called.
final class Titles {
    private Titles() {}

    /// Without control and direction characters, at most 200 units, never empty.
    static String clean(String title) {
        var kept = new StringBuilder();
        title.codePoints()
                .filter(c -> !Character.isISOControl(c)
                        && Character.getType(c) != Character.FORMAT
                        && Character.getType(c) != Character.SURROGATE)
                .forEach(kept::appendCodePoint);
        String text = kept.toString().strip();
        if (text.length() > Limits.TITLE_UNITS) {
            int end = Character.isHighSurrogate(text.charAt(Limits.TITLE_UNITS - 1))
                    ? Limits.TITLE_UNITS - 1
                    : Limits.TITLE_UNITS;
            text = text.substring(0, end);
        }
        return text.isEmpty() ? "Untitled" : text;
    }
}
