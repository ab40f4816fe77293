package coscribe.relay.simulation;

/// A mistake in the store on Redis with replicas, planted one at a time.
enum RedisMutant {
    /// None: the control.
    NONE(new Patch.Nothing()),
    /// What was committed before, told by a duplicate or a lost race, is acknowledged before the
    /// replicas have it.
    DUPLICATE_WITHOUT_WAIT(script("duplicateAtOnce")),
    /// What a poll or a gap made a relay read is delivered before the replicas have it.
    POLL_BEFORE_WAIT(line("RedisLog", "page", "confirmed", "unconfirmed")),
    /// The document is loaded with what the replicas may not have.
    LOAD_BEFORE_WAIT(line("RedisLog", "loadOnce", "confirmed", "unconfirmed")),
    /// A WAIT for all replicas but one.
    ONE_REPLICA_TOO_FEW(Patch.body(room("RedisSettings"), "confirmation", room("RedisMistakes"))),
    /// A revision crosses as a floating-point number.
    NUMBER_INSTEAD_OF_STRING(
            Patch.call(room("Commits"), "words", room("Words"), "add", 11, room("RedisMistakes"), "addAsNumber")),
    /// The script publishes what only the primary has.
    PUBLISH_BEFORE_WAIT(line("Commits", "words", "confirms", "nobodyConfirms")),
    /// A WAIT follows what was only read, and nothing was written in between.
    READ_NOT_COVERED(script("uncovered"));

    final Patch patch;

    RedisMutant(Patch patch) {
        this.patch = patch;
    }

    private static String room(String name) {
        return "coscribe.relay.store.redis." + name;
    }

    private static Patch script(String instead) {
        return Patch.call(
                room("Script"), "<init>", "java.io.InputStream", "readAllBytes", 0, room("RedisMistakes"), instead);
    }

    private static Patch line(String in, String method, String called, String instead) {
        return Patch.call(room(in), method, room("Line"), called, 0, room("RedisMistakes"), instead);
    }
}
