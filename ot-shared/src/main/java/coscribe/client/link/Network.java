package coscribe.client.link;

import java.net.ProxySelector;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocketFactory;

/// What stands between a computer and its relays.
///
/// @param trust    decides which relays are who they say
/// @param proxies  names the proxy; asked on a thread that may wait
/// @param allowed  whether this computer may have to do with a relay at all; asked on any thread,
///     never waits
public record Network(SSLSocketFactory trust, ProxySelector proxies, Predicate<RelayAddress> allowed) {
    /// As the computer is set up: its certificates and its proxy, and every relay.
    public static Network ofComputer() {
        var system = Optional.ofNullable(ProxySelector.getDefault()).orElseGet(Proxies::none);
        return new Network(
                Trust.withSystem(Optional.empty()), Proxies.system(system, System.getenv()), address -> true);
    }
}
