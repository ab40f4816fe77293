package coscribe.relay.transport.selector;

import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/// A socket that was accepted and is not read from yet.
record Arrival(SocketChannel channel, InetSocketAddress remote, AcceptGate.Address address) {}
