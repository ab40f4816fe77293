package coscribe.relay.store;

/// Another process uses the store.
public final class StoreInUseException extends StoreUnavailableException {
    private static final long serialVersionUID = 1;

    public StoreInUseException(String message) {
        super(message);
    }
}
