package coscribe.relay.backup;

/// A backup that is not whole. The message is one sentence for an administrator.
public final class BackupException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BackupException(String sentence) {
        super(sentence);
    }

    BackupException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
