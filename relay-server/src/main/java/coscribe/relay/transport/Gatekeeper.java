package coscribe.relay.transport;

import java.net.InetSocketAddress;

/// Decides about an upgrade before it is answered. Called on a transport thread; must not block. (A
/// signature check is fine, a look-up over the network is not: do that after the first message.)
@FunctionalInterface
public interface Gatekeeper {

    /// Lets the peer in or says why not.
    Admission admit(UpgradeRequest request, InetSocketAddress from);

    /// Lets everybody in; for a relay whose peers sign in with their first message.
    static Gatekeeper open() {
        return (request, from) -> new Admission.Welcome();
    }

    /// The answer to an upgrade.
    sealed interface Admission {
        /// 101, and a [Connection].
        record Welcome() implements Admission {}

        /// An HTTP error, after which the socket is closed.
        record Refused(HttpAnswer answer) implements Admission {}
    }
}
