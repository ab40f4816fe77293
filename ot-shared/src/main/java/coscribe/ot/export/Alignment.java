package coscribe.ot.export;

/// How the lines of a paragraph stand. `START` is what a paragraph has that says nothing.
public enum Alignment {
    START("start"),
    CENTER("center"),
    RIGHT("right"),
    JUSTIFY("justify");

    private final String value;

    Alignment(String value) {
        this.value = value;
    }

    /// As the attribute `align` of a paragraph says it; `START` is said by its absence.
    public String value() {
        return value;
    }

    /// What says nothing, or nothing that there is, stands at the start.
    public static Alignment of(String value) {
        for (Alignment alignment : values()) {
            if (alignment.value.equals(value)) {
                return alignment;
            }
        }
        return START;
    }
}
