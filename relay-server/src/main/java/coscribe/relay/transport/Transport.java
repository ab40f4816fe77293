package coscribe.relay.transport;

import java.net.InetSocketAddress;

/// The relay's public port: WebSocket peers and a few plain GETs on one listening socket.
///
/// Everything a peer does is reported to the [TransportListener] it was built with; everything that the
/// relay says goes through [Connection]. All methods may be called from any thread.
public interface Transport extends AutoCloseable {

    /// Binds and starts serving. Returns when the port listens.
    ///
    /// @return the bound address, with the real port where port 0 was asked for
    /// @throws TransportException if it cannot listen there; the message says why and what to do
    InetSocketAddress start();

    /// First step of a drain: the listening socket closes, so that another process may bind the port.
    /// Connections that are open stay open; those that have not upgraded yet are answered 503.
    void stopAccepting();

    /// What is held at this moment, for metrics. Walks over the connections: meant for a scrape each
    /// few seconds, not for a request path.
    TransportGauges gauges();

    /// Closes what is still open with 1001, gives the outboxes until the close deadline to empty, and
    /// frees port and threads. Blocks at most about that long. Must not be called from a listener.
    @Override
    void close();
}
