package coscribe.desktop;

import coscribe.client.link.Network;
import coscribe.client.link.Proxies;
import coscribe.client.link.Trust;
import coscribe.desktop.policy.Policy;
import coscribe.desktop.policy.Policy.Proxying;
import java.net.ProxySelector;
import java.util.Map;
import java.util.Optional;

/// The way from this computer to relays, as it is decided for it.
final class Networks {
    private Networks() {}

    /// What Java reads once, before the first connection. Without it Java does not ask the system for
    /// its proxy, and signs in to no proxy by Basic, which is all that many understand (as in a
    /// browser, who can read along between here and the proxy reads that password), nor by Digest with
    /// MD5, which is all the Digest that Squid has.
    static void prepare(Policy policy) {
        if (policy.proxy() instanceof Proxying.OfSystem) {
            System.setProperty("java.net.useSystemProxies", "true");
        }
        System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
        if (System.getProperty("http.auth.digest.reEnabledAlgorithms") == null) {
            System.setProperty("http.auth.digest.reEnabledAlgorithms", "MD5");
        }
    }

    static Network of(Policy policy, Map<String, String> environment) {
        var proxies = switch (policy.proxy()) {
            case Proxying.None() -> Proxies.none();
            case Proxying.Manual(var host, int port) -> Proxies.manual(host, port);
            case Proxying.OfSystem() ->
                Proxies.system(Optional.ofNullable(ProxySelector.getDefault()).orElseGet(Proxies::none), environment);
        };
        return new Network(Trust.withSystem(policy.extraAuthorities()), proxies, policy.servers()::allows);
    }
}
