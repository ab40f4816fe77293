package coscribe.desktop.viewmodel;

/// Whoever runs this computer does not want it done. Nothing was tried.
public final class NotAllowedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final What what;

    /// What is not wanted.
    public enum What {
        /// To follow links that the system hands over.
        LINKS,
        /// To be a server.
        HOSTING
    }

    public NotAllowedException(What what) {
        super("not allowed here: " + what);
        this.what = what;
    }

    public What what() {
        return what;
    }
}
