package coscribe.desktop;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The addresses by which this computer is in a network; none: it is in none, or the system does
/// not say.
final class NetworkAddresses implements Supplier<Set<InetAddress>> {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkAddresses.class);

    @Override
    public Set<InetAddress> get() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses) // of those that are up; others have none
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (SocketException e) {
            LOG.debug("event=no_interfaces", e);
            return Set.of();
        }
    }
}
