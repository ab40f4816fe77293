package coscribe.relay.transport.selector;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How many may be in handshake at once: in all, and for one address.
///
/// Over the total we stop accepting, so newcomers wait in the kernel's backlog. Over one address's share
/// its newcomers wait here in order, unread, while those of other addresses pass. Any thread.
final class AcceptGate {
    private final int maxInHandshake;
    private final int maxPerAddress;
    private final int maxWaiting;
    private final Map<Address, Crowd> crowds = new HashMap<>();
    private int inHandshake;
    private int waiting;

    /// Whom a limit counts as one: an IPv4 address, or an IPv6 /64 (one subscriber has a whole one).
    record Address(List<Byte> prefix) {
        /// All who come through trusted proxies and have not said yet from where: no share of their own.
        static final Address PROXIES = new Address(List.of());

        static Address of(InetAddress address) {
            var bytes = address.getAddress();
            var prefix = address instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes;
            var list = new ArrayList<Byte>(prefix.length);
            for (byte b : prefix) {
                list.add(b);
            }
            return new Address(List.copyOf(list));
        }
    }

    /// What to do with a newcomer.
    enum Entry {
        GO_ON,
        WAIT,
        TURN_AWAY
    }

    private static final class Crowd {
        private int inside;
        private final ArrayDeque<Waiting> outside = new ArrayDeque<>(0);
    }

    AcceptGate(int maxInHandshake, int maxPerAddress, int maxWaiting) {
        this.maxInHandshake = maxInHandshake;
        this.maxPerAddress = maxPerAddress;
        this.maxWaiting = maxWaiting;
    }

    /// Whether another connection may be accepted at all.
    synchronized boolean isOpen() {
        return inHandshake < maxInHandshake;
    }

    synchronized Entry enter(Address address, Waiting newcomer) {
        var crowd = crowds.computeIfAbsent(address, any -> new Crowd());
        if (crowd.inside >= share(address)) {
            if (waiting >= maxWaiting) {
                return Entry.TURN_AWAY;
            }
            crowd.outside.add(newcomer);
            waiting++;
            return Entry.WAIT;
        }
        crowd.inside++;
        inHandshake++;
        return Entry.GO_ON;
    }

    /// One behind a proxy has said from where it comes, and counts there from now on.
    ///
    /// @return `GO_ON`, or `WAIT`: it counts nowhere until it goes on, or `TURN_AWAY`: it counts as before
    synchronized Entry move(Address to, Waiting newcomer) {
        var crowd = crowds.computeIfAbsent(to, any -> new Crowd());
        if (crowd.inside < share(to)) {
            crowd.inside++;
            leaveCrowd(Address.PROXIES);
            return Entry.GO_ON;
        }
        if (waiting >= maxWaiting) {
            return Entry.TURN_AWAY;
        }
        crowd.outside.add(newcomer);
        waiting++;
        inHandshake--;
        leaveCrowd(Address.PROXIES);
        return Entry.WAIT;
    }

    /// One is through its handshake, or gone.
    ///
    /// @return the one of the same address that may go on in its place
    synchronized Optional<Waiting> leave(Address address) {
        var next = crowd(address).outside.poll();
        if (next != null) {
            waiting--;
            return Optional.of(next);
        }
        inHandshake--;
        leaveCrowd(address);
        return Optional.empty();
    }

    private int share(Address address) {
        return address.equals(Address.PROXIES) ? Integer.MAX_VALUE : maxPerAddress;
    }

    private void leaveCrowd(Address address) {
        if (--crowd(address).inside == 0) {
            crowds.remove(address);
        }
    }

    private Crowd crowd(Address address) {
        var crowd = crowds.get(address);
        if (crowd == null || crowd.inside == 0) {
            throw new IllegalStateException("nobody of this address is in handshake");
        }
        return crowd;
    }

    /// Empties the waiting room and returns who was in it.
    synchronized List<Waiting> sendAwayWaiting() {
        var all = new ArrayList<Waiting>(waiting);
        for (var crowd : crowds.values()) {
            all.addAll(crowd.outside);
            crowd.outside.clear();
        }
        waiting = 0;
        return all;
    }

    synchronized int inHandshake() {
        return inHandshake;
    }

    synchronized int waiting() {
        return waiting;
    }
}
