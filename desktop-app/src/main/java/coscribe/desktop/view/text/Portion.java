package coscribe.desktop.view.text;

/// How much of what is large is drawn in one frame: as much as leaves room for keys on this computer,
/// told by how long the frames before took. It begins small: what runs for the first time is slow. On
/// the thread that draws.
final class Portion {
    static final int LEAST = 12_000; // units
    static final int MOST = 96_000;
    private static final long WANTED_NANOS = 8_000_000; // half a frame; layout takes the other half

    private int units = LEAST;
    private boolean fixed;

    /// What the next frame may draw.
    int units() {
        return units;
    }

    /// A frame drew that much.
    ///
    /// @param nanos  that it took, in nanoseconds
    void took(long nanos) {
        if (!fixed) {
            long fit = units * WANTED_NANOS / Math.max(1, nanos);
            units = (int) Math.clamp(fit, LEAST, Math.min(MOST, 2L * units));
        }
    }

    /// So much from now on, however long it takes; for tests.
    void fix(int wanted) {
        units = wanted;
        fixed = true;
    }
}
