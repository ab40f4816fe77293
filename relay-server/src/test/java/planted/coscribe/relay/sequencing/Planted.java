package planted.coscribe.relay.sequencing;

/// Breaks the map: the order of a document knows who is connected, and reads the clock.
public record Planted(planted.coscribe.relay.session.Planted other) {
    static Object breakRules() {
        return java.time.Instant.now();
    }
}
