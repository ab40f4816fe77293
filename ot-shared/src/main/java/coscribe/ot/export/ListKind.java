package coscribe.ot.export;

import java.util.Optional;

/// What stands in front of a list's items.
public enum ListKind {
    BULLET("bullet"),
    ORDERED("ordered"),
    CHECK("check");

    private final String value;

    ListKind(String value) {
        this.value = value;
    }

    /// As the attribute `list` of a paragraph says it.
    public String value() {
        return value;
    }

    /// Empty: no kind that there is.
    public static Optional<ListKind> of(String value) {
        for (ListKind kind : values()) {
            if (kind.value.equals(value)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
