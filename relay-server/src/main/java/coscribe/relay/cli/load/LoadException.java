package coscribe.relay.cli.load;

/// The load could not be made. The message is a sentence for people.
public final class LoadException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public LoadException(String sentence) {
        super(sentence);
    }
}
