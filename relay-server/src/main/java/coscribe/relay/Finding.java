package coscribe.relay;

import java.nio.file.Path;
import java.util.Optional;

/// What a check of the installation found.
///
/// @param what      what was looked at: `data.dir`
/// @param sentence  what it is like; for a warning or a failure, what to do
/// @param closing   what `doctor --fix` may do about it by itself; empty: somebody has to look
public record Finding(String what, Level level, String sentence, Optional<Closing> closing) {
    /// Takes away what others on this computer may do with a file or a folder.
    ///
    /// @param permissions  those that stay: `rw-------`
    public record Closing(Path path, String permissions) {}

    /// How it is printed: `ok`, `warn`, `FAIL`.
    public enum Level {
        OK("ok"),
        WARN("warn"),
        FAIL("FAIL");

        private final String word;

        Level(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public static Finding ok(String what, String sentence) {
        return new Finding(what, Level.OK, sentence, Optional.empty());
    }

    public static Finding warn(String what, String sentence) {
        return new Finding(what, Level.WARN, sentence, Optional.empty());
    }

    public static Finding fail(String what, String sentence) {
        return new Finding(what, Level.FAIL, sentence, Optional.empty());
    }

    /// The same, with what mends it.
    public Finding closedBy(Path path, String permissions) {
        return new Finding(what, level, sentence, Optional.of(new Closing(path, permissions)));
    }
}
