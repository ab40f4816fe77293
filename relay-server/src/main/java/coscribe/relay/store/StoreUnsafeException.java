package coscribe.relay.store;

/// The store answers, but cannot keep what it is given as safe as it was told to: a copy of it does
/// not confirm, or its settings fall short. What was asked for may have been done.
public final class StoreUnsafeException extends StoreUnavailableException {
    private static final long serialVersionUID = 1;

    public StoreUnsafeException(String message) {
        super(message);
    }

    public StoreUnsafeException(String message, Throwable cause) {
        super(message, cause);
    }
}
