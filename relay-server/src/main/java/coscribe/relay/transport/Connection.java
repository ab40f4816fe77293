package coscribe.relay.transport;

import java.net.InetSocketAddress;
import java.util.List;

/// One WebSocket peer, from its upgrade to its end. All methods may be called from any thread and none
/// of them blocks.
public interface Connection {

    /// Unique among the connections of this process.
    ConnectionId id();

    /// What the peer asked for when it upgraded. The credentials in it are forgotten at
    /// [#authenticated()].
    UpgradeRequest upgrade();

    /// Where the peer comes from: its socket's address, or what a trusted proxy says (then with port 0).
    InetSocketAddress remoteAddress();

    /// Appends a frame to the outbox and writes it at once if the socket takes it. Frames of one thread
    /// keep their order; frames of different threads are never interleaved.
    ///
    /// @return whether it was taken. `Full` takes nothing: compose what is waiting into a range and send
    ///     that when [TransportListener#writable(Connection)] comes, which it will, once.
    Offer send(Frame frame);

    /// Appends several frames as one: all or none of them, written with one system call if they fit.
    Offer send(List<Frame> frames);

    /// Bytes that were accepted and not yet handed to the socket, in 0 to about the bound.
    long queuedBytes();

    /// Asks for one call of [TransportListener#writable(Connection)] as soon as the outbox is at or under
    /// its low-water mark; soon, if it is now. For those who send a long answer in pieces.
    void awaitWritable();

    /// Stops (`false`) or resumes (`true`) reading from the peer; unread bytes wait in its own TCP window.
    /// The way to slow down a peer that sends too much. What was already read may still arrive.
    void reading(boolean on);

    /// The session knows who this is: the frame limit rises from 64 KiB to 1 MiB, and the connection no
    /// longer counts among those in handshake.
    void authenticated();

    /// Sends what is queued and then the close frame; the socket is dropped when the peer has answered it
    /// or the close deadline has passed. From now on `send` answers `Closed`. The first reason wins.
    void close(CloseReason reason);
}
