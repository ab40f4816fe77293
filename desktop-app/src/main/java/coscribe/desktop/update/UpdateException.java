package coscribe.desktop.update;

import java.io.Serial;

/// Whether there is a newer version is not known, and why.
public final class UpdateException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    public enum Trouble {
        /// Nobody answers at the address, or not in time.
        UNREACHABLE,
        /// The network's proxy wants a name and a password.
        PROXY_SIGN_IN,
        /// This computer does not trust the certificate there.
        CERTIFICATE,
        /// Something answers that has no notice.
        NO_NOTICE,
        /// A notice that somebody else made.
        NOT_SIGNED,
        /// A notice that was to be replaced by now: somebody may be holding back a newer one.
        OUT_OF_DATE
    }

    private final Trouble trouble;

    UpdateException(Trouble trouble, String why) {
        super(why);
        this.trouble = trouble;
    }

    UpdateException(Trouble trouble, Throwable why) {
        super(why);
        this.trouble = trouble;
    }

    public Trouble trouble() {
        return trouble;
    }
}
