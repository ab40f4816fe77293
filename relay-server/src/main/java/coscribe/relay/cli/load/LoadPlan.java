package coscribe.relay.cli.load;

import java.net.InetSocketAddress;
import java.util.List;

/// What load to make.
///
/// @param relays     plain WebSocket; the people of each document are spread over them
/// @param pids       the relays' processes on this computer, for their processor time and memory; may be
///     empty
/// @param people     connections; for {@link Workload.Idle} those who come first
/// @param documents  among which the people are spread
/// @param characters of each document before it begins
/// @param rounds     of which the median is told
public record LoadPlan(
        List<InetSocketAddress> relays,
        List<Long> pids,
        int people,
        int documents,
        int characters,
        Workload workload,
        int rounds) {
    public LoadPlan {
        relays = List.copyOf(relays);
        pids = List.copyOf(pids);
        if (relays.isEmpty() || documents < 1 || people < documents || rounds < 1) {
            throw new IllegalArgumentException("a load needs a relay, a document, as many people, and a round");
        }
    }

    private int halves() {
        return workload instanceof Workload.Idle ? 2 : 1;
    }

    /// Everybody who comes, sooner or later.
    public int allPeople() {
        return people * halves();
    }

    public int allDocuments() {
        return documents * halves();
    }

    /// Which document a person is in. Those who come further have documents of their own.
    int document(int person) {
        return person / people * documents + person % people % documents;
    }

    /// Where a person connects: the people of each document to one relay after the other, each
    /// document beginning with another.
    InetSocketAddress relay(int person) {
        return relays.get((person % people / documents + document(person)) % relays.size());
    }
}
