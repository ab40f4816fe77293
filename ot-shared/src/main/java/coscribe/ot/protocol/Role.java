package coscribe.ot.protocol;

import java.util.Locale;
import java.util.Optional;

/// What a person may do in one document; each may what those before it may.
public enum Role {
    VIEWER,
    COMMENTER,
    EDITOR,
    OWNER;

    public boolean atLeast(Role other) {
        return compareTo(other) >= 0;
    }

    /// As on the wire: lower case.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> ofWord(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
