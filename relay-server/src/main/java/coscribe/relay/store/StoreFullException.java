package coscribe.relay.store;

/// The store has no room; reading still works.
public final class StoreFullException extends StoreUnavailableException {
    private static final long serialVersionUID = 1;

    public StoreFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
