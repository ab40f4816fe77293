package coscribe.relay.simulation;

/// In which order clients said something, and whether it reaches the relays in that order. One
/// connection keeps it; several together need not.
final class Order {
    private long said;
    private long latest;

    /// Answers a number for what is said now.
    long said() {
        return ++said;
    }

    /// Whether nothing that was said later arrived before.
    boolean arrives(long number) {
        boolean inOrder = number > latest;
        latest = Math.max(latest, number);
        return inOrder;
    }
}
