package coscribe.relay.store.embedded;

/// How the embedded store keeps house.
///
/// @param newestCommits   how many commits of a document stay single rows; older ones move into
///         segments once there is a snapshot after them
/// @param segmentCommits  how many commits go into one segment
/// @param queuedRequests  how many requests may wait; one more fails at once
/// @param groupRequests   how many requests are forced together at most
/// @param cachedDocuments  how many documents' heads, roles and clients the writer remembers
/// @param maxBytes         how large the database may become; 0 for as large as the disk
public record EmbeddedSettings(
        int newestCommits,
        int segmentCommits,
        int queuedRequests,
        int groupRequests,
        int cachedDocuments,
        long maxBytes) {
    public static final EmbeddedSettings DEFAULT = new EmbeddedSettings(5_000, 256, 100_000, 2_000, 2_000, 0);

    public EmbeddedSettings {
        if (newestCommits < 0
                || segmentCommits < 1
                || queuedRequests < 1
                || groupRequests < 1
                || cachedDocuments < 1
                || maxBytes < 0) {
            throw new IllegalArgumentException("a bound that is no bound");
        }
    }
}
