package coscribe.ot.wire;

/// Bytes that are not a message, document or change of ours. The message is a plain sentence that
/// may be sent to the peer: it names fields of the protocol and positions, never what the bytes
/// said.
public final class MalformedMessageException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public MalformedMessageException(String sentence) {
        super(sentence);
    }

    public MalformedMessageException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
