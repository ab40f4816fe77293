package planted.coscribe.relay.transport;

/// Breaks the map: sockets know the store, its adapters, and print.
public record Planted(planted.coscribe.relay.store.memory.Planted other, picocli.CommandLine line) {
    static void breakRules() {
        System.err.println("planted");
    }
}
