package coscribe.relay;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Some IP networks.
///
/// @param loopback  whether this computer itself counts
public record Networks(boolean loopback, List<Network> all) {
    static final Networks NONE = new Networks(false, List.of());

    /// Numbers only: a name would have to be looked up.
    private static final Pattern CIDR =
            Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)(?:/([0-9]{1,3}))?");

    private static final int BITS = 8;

    public Networks {
        all = List.copyOf(all);
    }

    /// @param bits  how many of the address count
    public record Network(InetAddress address, int bits) {
        boolean contains(InetAddress other) {
            var mine = address.getAddress();
            var theirs = other.getAddress();
            if (mine.length != theirs.length) {
                return false;
            }
            int whole = bits / BITS;
            if (!Arrays.equals(mine, 0, whole, theirs, 0, whole)) {
                return false;
            }
            int rest = bits % BITS;
            return rest == 0 || ((mine[whole] ^ theirs[whole]) & 0xff) >> (BITS - rest) == 0;
        }
    }

    public boolean contains(InetAddress address) {
        return (loopback && address.isLoopbackAddress()) || all.stream().anyMatch(each -> each.contains(address));
    }

    /// `loopback`, `none`, or addresses and networks in CIDR form with commas between them,
    /// `loopback` among them.
    static Optional<Networks> parse(String text) {
        if (text.equals("none")) {
            return Optional.of(NONE);
        }
        boolean loopback = false;
        var networks = new ArrayList<Network>();
        for (var word : text.split(",", -1)) {
            if (word.strip().equals("loopback")) {
                loopback = true;
                continue;
            }
            var network = network(word.strip());
            if (network.isEmpty()) {
                return Optional.empty();
            }
            networks.add(network.get());
        }
        return Optional.of(new Networks(loopback, networks));
    }

    private static Optional<Network> network(String word) {
        var matcher = CIDR.matcher(word);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            var address = InetAddress.ofLiteral(matcher.group(1));
            int most = address.getAddress().length * BITS;
            int bits = matcher.group(2) == null ? most : Integer.parseInt(matcher.group(2));
            return bits <= most ? Optional.of(new Network(address, bits)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
