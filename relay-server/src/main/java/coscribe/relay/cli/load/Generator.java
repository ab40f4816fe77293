package coscribe.relay.cli.load;

/// How the load itself fared: what it measures is worth something while it has time to spare.
///
/// @param lateMillis  99th percentile of how late its thread did what was due
/// @param busy        share of the time in which that thread was at work, 0 to 1
public record Generator(double lateMillis, double busy) {
    /// A thread that is at work for longer has no time left for what comes in bursts.
    static final double BUSY = 0.8;
    /// Being late by less is nothing to speak of.
    static final double LATE_MILLIS = 1;

    /// Whether what was measured says more of the generator than of the relay: it was at work nearly
    /// all the time, or its own lateness is half of what it tells.
    ///
    /// @param toldMillis  99th percentile of what was measured
    public boolean wasTheLimit(double toldMillis) {
        return busy >= BUSY || lateMillis > LATE_MILLIS && lateMillis >= toldMillis / 2;
    }
}
