package coscribe.relay;

/// A relay or a command that cannot go on. The message is one or two sentences for an
/// administrator: what happened and what to do.
public final class RelayFailure extends RuntimeException {
    private static final long serialVersionUID = 1;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    public static final int BAD_CONFIG = 3;
    public static final int STORE_AWAY = 4;
    public static final int CHECK_FAILED = 5;

    private final int exitCode;

    public RelayFailure(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    public RelayFailure(int exitCode, String sentence, Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
    }

    /// 1 failed, 2 usage, 3 bad configuration, 4 store unreachable, 5 a check failed.
    public int exitCode() {
        return exitCode;
    }

    /// What a failure says, as a sentence with its full stop.
    static String sentence(RuntimeException failure) {
        var message = String.valueOf(failure.getMessage());
        return message.endsWith(".") ? message : message + ".";
    }
}
