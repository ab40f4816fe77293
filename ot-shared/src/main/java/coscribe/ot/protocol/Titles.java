package coscribe.ot.protocol;

/// What a document may be called. Relays clean what they are told; a client that does the same shows
/// what will be kept.
public final class Titles {
    /// What a document without a name is called.
    public static final String UNTITLED = "Untitled";

    private Titles() {}

    /// Without control and direction characters and half pairs, at most {@link Limits#TITLE_UNITS}
    /// units, never empty.
    public static String clean(String title) {
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
            text = text.substring(0, end).strip();
        }
        return text.isEmpty() ? UNTITLED : text;
    }
}
