package coscribe.client.journal;

/// Whether something in a journal may be unsent, told by what kinds of records there are: nothing
/// has to be decoded for it, and of a document that is all saved nothing is. Where it says that all
/// is settled, that is so; where it does not, only the session that the records give back knows.
public final class Balance {
    /// So much fits into one submission in any case: all of it is sent, or none.
    private static final int SURE_BYTES = 16 * 1024;

    private long unsentBytes;
    private long inFlightBytes;
    private boolean renaming;

    /// The next record.
    ///
    /// @param bytes  that it takes
    public void take(RecordCodec.Kind kind, int bytes) {
        switch (kind) {
            case CHECKPOINT -> {
                unsentBytes = 0;
                inFlightBytes = 0;
                renaming = false;
            }
            case CHECKPOINT_AND_MORE -> {
                unsentBytes = bytes; // of what is unsent there, or in flight, no more is known
                inFlightBytes = 0;
                renaming = true; // perhaps
            }
            case EDITED -> unsentBytes += bytes;
            case SENT -> {
                if (unsentBytes <= SURE_BYTES) {
                    inFlightBytes += unsentBytes;
                    unsentBytes = 0;
                }
            }
            case ACKNOWLEDGED -> inFlightBytes = 0;
            case UNSENT_AGAIN -> {
                unsentBytes += inFlightBytes;
                inFlightBytes = 0;
            }
            case RENAMING -> renaming = true;
            case RENAMED -> renaming = false;
            case NEUTRAL -> {}
        }
    }

    public boolean isSettled() {
        return unsentBytes == 0 && inFlightBytes == 0 && !renaming;
    }
}
