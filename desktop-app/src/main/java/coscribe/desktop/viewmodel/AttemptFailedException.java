package coscribe.desktop.viewmodel;

/// Something that somebody asked for was not done; says what it was and of whom, so that the words
/// for people can. The cause says why.
public final class AttemptFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// What was tried.
    public enum Attempt {
        CREATE,
        OPEN,
        RENAME
    }

    private final Attempt attempt;
    private final String server;

    /// @param server  as people read its address
    public AttemptFailedException(Attempt attempt, String server, Throwable cause) {
        super(attempt + " at " + server, cause);
        this.attempt = attempt;
        this.server = server;
    }

    public Attempt attempt() {
        return attempt;
    }

    public String server() {
        return server;
    }
}
