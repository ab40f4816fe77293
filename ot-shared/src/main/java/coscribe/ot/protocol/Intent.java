package coscribe.ot.protocol;

import java.util.Locale;
import java.util.Optional;

/// Why a submission was made. Only the last four may bring back text stamped with other people's
/// ids.
public enum Intent {
    EDIT,
    UNDO,
    REDO,
    MOVE,
    RESTORE;

    public boolean mayCarryOthersText() {
        return this != EDIT;
    }

    /// As on the wire: lower case.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Intent> ofWord(String word) {
        for (Intent intent : values()) {
            if (intent.word().equals(word)) {
                return Optional.of(intent);
            }
        }
        return Optional.empty();
    }
}
