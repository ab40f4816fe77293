package coscribe.relay.transport;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Networks, for [TransportOptions#trustedProxies()]: whether an address lies in one of them. Immutable.
///
/// @param ranges any of them
public record AddressRanges(List<Range> ranges) implements Predicate<InetAddress> {
    private static final List<Range> LOOPBACK =
            List.of(new Range(InetAddress.ofLiteral("127.0.0.0"), 8), new Range(InetAddress.ofLiteral("::1"), 128));

    /// A network in CIDR terms.
    ///
    /// @param network its address; bits behind the length do not matter
    /// @param length the leading bits that are the network's: 0 to 32 or 128
    public record Range(InetAddress network, int length) {
        public Range {
            if (length < 0 || length > 8 * network.getAddress().length) {
                throw new IllegalArgumentException("a prefix of " + length + " bits does not fit " + network);
            }
        }

        boolean contains(InetAddress address) {
            var here = network.getAddress();
            var there = address.getAddress();
            if (here.length != there.length) {
                return false;
            }
            for (int bit = 0; bit < length; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((here[bit / 8] & mask) != (there[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    public AddressRanges {
        ranges = List.copyOf(ranges);
    }

    /// No network at all.
    public static AddressRanges none() {
        return new AddressRanges(List.of());
    }

    /// Reads a list as people write it: `loopback, 10.0.0.0/8, 2001:db8::7`.
    ///
    /// @throws IllegalArgumentException with a sentence that names the part which is wrong
    public static AddressRanges parse(String list) {
        var ranges = new ArrayList<Range>();
        for (var each : list.split(",", -1)) {
            var part = each.strip();
            switch (part) {
                case "" -> {}
                case "loopback" -> ranges.addAll(LOOPBACK);
                default -> ranges.add(range(part));
            }
        }
        return new AddressRanges(ranges);
    }

    @Override
    public boolean test(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    /// Who is behind proxies: the last address of an `X-Forwarded-For` value that is not one of ours. What
    /// stands before it was written by others and says nothing.
    ///
    /// @param value as in the header: the client first, then each proxy but the last
    /// @return empty if there is none, or if what ours wrote is no address
    public static Optional<InetAddress> clientBehind(String value, Predicate<InetAddress> ours) {
        var listed = value.split(",", -1);
        for (int i = listed.length - 1; i >= 0; i--) {
            var address = literal(withoutPort(listed[i].strip()));
            if (address.isEmpty() || !ours.test(address.get())) {
                return address;
            }
        }
        return Optional.empty();
    }

    private static Range range(String part) {
        int slash = part.indexOf('/');
        var address = literal(slash < 0 ? part : part.substring(0, slash));
        try {
            var network = address.orElseThrow(() -> new IllegalArgumentException("no address"));
            int all = 8 * network.getAddress().length;
            return new Range(network, slash < 0 ? all : Integer.parseInt(part.substring(slash + 1)));
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "'" + part + "' is no network. Write for example 10.0.0.0/8, 192.0.2.7 or loopback.", malformed);
        }
    }

    private static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    /// Some proxies add the client's port: `192.0.2.7:4711`, `[2001:db8::7]:4711`.
    private static String withoutPort(String text) {
        if (text.startsWith("[") && text.indexOf(']') > 0) {
            return text.substring(1, text.indexOf(']'));
        }
        int colon = text.indexOf(':');
        return colon > 0 && colon == text.lastIndexOf(':') ? text.substring(0, colon) : text;
    }
}
