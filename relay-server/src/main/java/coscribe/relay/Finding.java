package coscribe.relay;

/// What a check of the installation found.
///
/// @param what      what was looked at: `data.dir`
/// @param sentence  what it is like; for a warning or a failure, what to do
public record Finding(String what, Level level, String sentence) {
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
        return new Finding(what, Level.OK, sentence);
    }

    public static Finding warn(String what, String sentence) {
        return new Finding(what, Level.WARN, sentence);
    }

    public static Finding fail(String what, String sentence) {
        return new Finding(what, Level.FAIL, sentence);
    }
}
