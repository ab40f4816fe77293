package coscribe.relay.transport.selector;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A socket that was accepted and is not read from yet.
///
/// @param address as what it counts at the gate
record Arrival(SocketChannel channel, InetSocketAddress remote, AcceptGate.Address address) {
    private static final Logger log = LoggerFactory.getLogger(Arrival.class);

    /// Closes it before anything was said.
    void letGo() {
        try {
            channel.close();
        } catch (IOException gone) {
            log.debug("event=arrival-close-failed", gone);
        }
    }
}
