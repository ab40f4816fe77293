package coscribe.client.link;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Where a relay listens. Compared by what it means: the usual port and no port are the same.
///
/// @param host    a name or an IP address, lower case; IPv6 in brackets
/// @param port    1 to 65,535
/// @param secure  whether TLS is spoken (wss)
public record RelayAddress(String host, int port, boolean secure) {
    private static final int SECURE_PORT = 443;
    private static final int PLAIN_PORT = 80;
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?");

    public RelayAddress {
        host = host.toLowerCase(Locale.ROOT);
        if (host.isEmpty() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a relay address needs a host and a port from 1 to 65535");
        }
    }

    public static RelayAddress of(String host, OptionalInt port, boolean secure) {
        return new RelayAddress(host, port.orElse(secure ? SECURE_PORT : PLAIN_PORT), secure);
    }

    /// From `ws://`, `wss://`, `http://` or `https://`; what stands behind the port is not looked
    /// at.
    public static RelayAddress of(URI address) {
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        boolean secure = switch (scheme) {
            case "wss", "https" -> true;
            case "ws", "http" -> false;
            default ->
                throw new IllegalArgumentException(
                        "A relay's address begins with ws://, wss://, http:// or" + " https://.");
        };
        if (address.getHost() == null) {
            throw new IllegalArgumentException("A relay's address needs a host.");
        }
        return of(
                address.getHost(),
                address.getPort() < 0 ? OptionalInt.empty() : OptionalInt.of(address.getPort()),
                secure);
    }

    /// Whether only programs of the same computer get there. Nothing is looked up: a name that
    /// somebody else resolves is elsewhere.
    public boolean isLoopback() {
        return LOOPBACK.matcher(host).matches();
    }

    /// The same place without TLS.
    public RelayAddress plain() {
        return new RelayAddress(host, port, false);
    }

    /// What WebSocket connects to.
    public URI uri() {
        try {
            return new URI(secure ? "wss" : "ws", null, host, port, "/", null, null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("not a host: " + host, e);
        }
    }

    /// As people read it: `docs.example.org` or `192.168.1.20:7450`.
    @Override
    public String toString() {
        return port == (secure ? SECURE_PORT : PLAIN_PORT) ? host : host + ":" + port;
    }
}
