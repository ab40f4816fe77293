package coscribe.relay.simulation;

/// A mistake in how relaxed keeps its bound, planted one at a time.
enum RelaxedMutant {
    /// None: the control.
    NONE(new Patch.Nothing()),
    /// Whichever server is asked confirms, also one that has not what was told.
    ANY_SERVER_CONFIRMS(Patch.call(
            room("Script"), "<init>", "java.io.InputStream", "readAllBytes", 0, room("RedisMistakes"), "anyServer")),
    /// A `WAIT` that falls short confirms.
    SHORT_WAIT_CONFIRMS(Patch.call(
            room("Relaxed"), "heard", room("Unconfirmed"), "answered", 0, room("RedisMistakes"), "confirmedAnyway")),
    /// Nothing is ever at risk for too long.
    BOUND_IGNORED(Patch.body(room("Unconfirmed"), "isOlderThan", room("RedisMistakes")));

    final Patch patch;

    RelaxedMutant(Patch patch) {
        this.patch = patch;
    }

    private static String room(String name) {
        return "coscribe.relay.store.redis." + name;
    }
}
