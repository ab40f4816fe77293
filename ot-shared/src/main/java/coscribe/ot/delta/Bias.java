package coscribe.ot.delta;

/// Where a position goes when text is inserted exactly at it.
public enum Bias {
    /// Stays in front of the inserted text.
    BEFORE,
    /// Moves behind the inserted text. Only this one maps through a composed history as one by one
    /// (law 8 in docs/LAWS.md).
    AFTER
}
