package coscribe.client.journal;

/// The disk did not do what the journal asked. The message is a sentence for people.
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// What is wrong.
    public enum Kind {
        /// No room on the disk.
        FULL,
        /// The disk reported an error.
        BROKEN,
        /// Another process has the journal open.
        LOCKED,
        /// What is there cannot be read, and must not be taken for nothing.
        UNREADABLE
    }

    private final Kind kind;
    private final String sentence;

    public JournalException(Kind kind, String sentence) {
        super(sentence);
        this.kind = kind;
        this.sentence = sentence;
    }

    public JournalException(Kind kind, String sentence, Throwable cause) {
        super(sentence, cause);
        this.kind = kind;
        this.sentence = sentence;
    }

    public Kind kind() {
        return kind;
    }

    /// What happened, for people.
    public String sentence() {
        return sentence;
    }
}
