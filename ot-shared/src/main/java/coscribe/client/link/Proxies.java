package coscribe.client.link;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ways to name a proxy. None of them sends what goes to this very computer through one.
public final class Proxies {
    private static final Logger LOG = LoggerFactory.getLogger(Proxies.class);
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?", Pattern.CASE_INSENSITIVE);

    private Proxies() {}

    /// No proxy at all.
    public static ProxySelector none() {
        return ProxySelector.of(null);
    }

    /// Always this one, over which TLS is spoken with the relay itself.
    ///
    /// @param host  looked up when it is needed
    public static ProxySelector manual(String host, int port) {
        return new Choosing(relay -> httpProxy(host, port));
    }

    /// What the computer's settings name; where they name none, what `HTTPS_PROXY` does (for
    /// relays without TLS `HTTP_PROXY`), unless `NO_PROXY` names the relay's host. The lower case
    /// names go first, as with other programs. A name and a password in there are not read.
    public static ProxySelector system(ProxySelector settings, Map<String, String> environment) {
        return new Choosing(relay -> {
            var named = settings.select(relay);
            var first = named == null || named.isEmpty() ? Proxy.NO_PROXY : named.getFirst();
            return first.type() == Proxy.Type.DIRECT ? inEnvironment(relay, environment) : first;
        });
    }

    private static Proxy inEnvironment(URI relay, Map<String, String> environment) {
        String host = relay.getHost();
        boolean excepted = variable(environment, "no_proxy")
                .filter(list -> Arrays.stream(list.split(",", -1)).anyMatch(each -> covers(each.strip(), host)))
                .isPresent();
        return excepted
                ? Proxy.NO_PROXY
                : variable(environment, relay.getScheme() + "_proxy")
                        .flatMap(Proxies::parsed)
                        .orElse(Proxy.NO_PROXY);
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .or(() -> Optional.ofNullable(environment.get(name.toUpperCase(Locale.ROOT))))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /// `*`, a host, or a domain with everything in it.
    private static boolean covers(String exception, String host) {
        String bare = exception.startsWith(".") ? exception.substring(1) : exception;
        String lower = bare.toLowerCase(Locale.ROOT);
        return !lower.isEmpty() && (lower.equals("*") || host.equals(lower) || host.endsWith("." + lower));
    }

    private static Optional<Proxy> parsed(String value) {
        try {
            var uri = new URI(value.contains("://") ? value : "http://" + value);
            if (uri.getHost() != null && uri.getPort() > 0) {
                return Optional.of(httpProxy(uri.getHost(), uri.getPort()));
            }
            LOG.warn("event=proxy_not_understood why=no_host_or_port");
        } catch (URISyntaxException e) {
            LOG.warn("event=proxy_not_understood why=no_address"); // it may hold a password
        }
        return Optional.empty();
    }

    private static Proxy httpProxy(String host, int port) {
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
    }

    private static final class Choosing extends ProxySelector {
        private final Function<URI, Proxy> choice;

        Choosing(Function<URI, Proxy> choice) {
            this.choice = choice;
        }

        @Override
        public List<Proxy> select(URI relay) {
            boolean here = LOOPBACK.matcher(String.valueOf(relay.getHost())).matches();
            return List.of(here ? Proxy.NO_PROXY : choice.apply(relay));
        }

        @Override
        public void connectFailed(URI relay, SocketAddress proxy, IOException why) {
            LOG.info("event=proxy_away proxy={}", proxy, why);
        }
    }
}
