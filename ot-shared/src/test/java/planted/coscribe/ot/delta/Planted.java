package planted.coscribe.ot.delta;

/// Breaks the map: a delta knows texts, reads the clock, rolls dice, starts a thread and prints.
public record Planted(planted.coscribe.ot.document.Planted other) {
    static void breakRules() {
        Thread.ofVirtual().start(() -> System.out.println(System.currentTimeMillis() + Math.random()));
    }
}
