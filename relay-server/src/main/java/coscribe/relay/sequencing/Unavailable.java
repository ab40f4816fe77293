package coscribe.relay.sequencing;

/// Why a document cannot be had.
public enum Unavailable {
    /// The store does not answer; later perhaps.
    AWAY,
    /// There is no such document.
    ABSENT,
    /// What is stored does not verify.
    DAMAGED
}
