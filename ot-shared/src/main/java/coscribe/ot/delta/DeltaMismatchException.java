package coscribe.ot.delta;

/// Two changes, or a change and a text, do not fit together. Always a bug or a hostile peer, never
/// a state to go on with.
public final class DeltaMismatchException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public DeltaMismatchException(String message) {
        super(message);
    }
}
