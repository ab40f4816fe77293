package coscribe.relay;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.util.Collections;
import java.util.Optional;

/// How the relay is reached, as it is written in links and on the screen.
///
/// @param web   `http://192.168.1.20:7450`
/// @param link  host and port in links: `192.168.1.20:7450`
public record Addresses(String web, String link) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /// @param port  the one that is listened on
    public static Addresses of(RelayConfig config, int port) {
        if (config.publicUrl().isPresent()) {
            var url = config.publicUrl().get();
            return new Addresses(url.toString(), withPort(url));
        }
        var host = config.bind().getHostString();
        var reached = host.equals("0.0.0.0") || host.equals("::") ? ownAddress() : host;
        var link = (reached.contains(":") ? "[" + reached + "]" : reached) + ":" + port;
        return new Addresses((config.tls().isPresent() ? "https://" : "http://") + link, link);
    }

    private static String withPort(URI url) {
        int port = url.getPort();
        boolean usual = port == -1 || port == (url.getScheme().equals("https") ? HTTPS : HTTP);
        return usual ? url.getHost() : url.getHost() + ":" + port;
    }

    /// The address by which others on the network most likely reach this computer.
    private static String ownAddress() {
        Optional<String> other = Optional.empty();
        try {
            for (var network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (!network.isUp() || network.isLoopback()) {
                    continue;
                }
                for (InetAddress address : Collections.list(network.getInetAddresses())) {
                    if (address instanceof Inet4Address && address.isSiteLocalAddress()) {
                        return address.getHostAddress();
                    }
                    if (address instanceof Inet4Address && !address.isLinkLocalAddress()) {
                        other = Optional.of(address.getHostAddress());
                    }
                }
            }
        } catch (IOException e) {
            return "127.0.0.1"; // a computer that does not tell is at least reached from itself
        }
        return other.orElse("127.0.0.1");
    }

    static InetSocketAddress resolved(InetSocketAddress address) {
        return new InetSocketAddress(address.getHostString(), address.getPort());
    }
}
