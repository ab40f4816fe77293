package coscribe.relay.transport;

/// The transport cannot listen where it was told to. The message is a sentence for an administrator.
public final class TransportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TransportException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
