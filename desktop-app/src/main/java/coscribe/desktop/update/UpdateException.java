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
        OUT_OF_DATE;

        /// Whether somebody did answer, and asking soon again brings the same.
        public boolean isAnAnswer() {
            return this == NO_NOTICE || this == NOT_SIGNED || this == OUT_OF_DATE;
        }
    }

    private final Trouble trouble;
    private final String proxy;

    public UpdateException(Trouble trouble, String why) {
        super(why);
        this.trouble = trouble;
        this.proxy = "";
    }

    UpdateException(Trouble trouble, Throwable why) {
        super(why);
        this.trouble = trouble;
        this.proxy = "";
    }

    /// {@link Trouble#PROXY_SIGN_IN}.
    UpdateException(String proxy) {
        super("the network's proxy " + proxy + " asks for a name and a password");
        this.trouble = Trouble.PROXY_SIGN_IN;
        this.proxy = proxy;
    }

    public Trouble trouble() {
        return trouble;
    }

    /// Which one wants a name and a password, as people read it; empty: none does.
    public String proxy() {
        return proxy;
    }
}
