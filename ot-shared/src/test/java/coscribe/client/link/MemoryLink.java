package coscribe.client.link;

import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Credential;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.ServerMessage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/// The in-memory twin of the link over WebSocket: no sockets, no bytes, no time.
///
/// @param home     where listeners are called
/// @param network  runs what is under way
/// @param reaches  whether there is a relay at the moment
public record MemoryLink(Peer peer, Executor home, Executor network, BooleanSupplier reaches) implements Link {
    private static final DeviceId DEVICE = new DeviceId("dd".repeat(16));

    @Override
    public Connection connect(LinkListener listener) {
        var ends = new Ends(listener);
        network.execute(ends::begin);
        return ends;
    }

    /// Both ends of one connection.
    public final class Ends implements Connection, Peer.Line {
        private final LinkListener listener;
        private boolean up;
        private boolean ended; // at the network
        private boolean lost; // at home
        private boolean left; // at home: closed by the editor
        private boolean closely;

        Ends(LinkListener listener) {
            this.listener = listener;
        }

        private void begin() {
            if (ended) {
                return;
            }
            if (reaches.getAsBoolean()) {
                peer.began(this);
                peer.heard(
                        this,
                        new ClientMessage.Hello(
                                Limits.PROTOCOL_VERSION, Limits.PROTOCOL_VERSION, new Credential.Header(), DEVICE));
            } else {
                lose(new LinkLoss.Unreachable(LinkLoss.Trouble.NO_ANSWER, "The relay does not answer."));
            }
        }

        @Override
        public void tell(ServerMessage message) {
            if (ended) {
                return;
            }
            if (!up && message instanceof ServerMessage.Failed) {
                word(() -> listener.received(message));
                lose(new LinkLoss.Closed(1000, "not let in"));
            } else if (!up && message instanceof ServerMessage.Welcome welcome) {
                up = true;
                word(() -> listener.up(welcome));
            } else if (up) {
                word(() -> listener.received(message));
            }
        }

        private void word(Runnable spoken) {
            home.execute(() -> {
                if (!left && !lost) {
                    spoken.run();
                }
            });
        }

        private void lose(LinkLoss loss) {
            if (!ended) {
                ended = true;
                peer.ended(this);
                home.execute(() -> {
                    lost = true;
                    listener.lost(loss);
                });
            }
        }

        @Override
        public void send(ClientMessage message) {
            if (up && !ended) {
                network.execute(() -> {
                    if (!ended) {
                        peer.heard(this, message);
                    }
                });
            }
        }

        @Override
        public void watch(boolean now) {
            closely = now;
        }

        public boolean isWatchedClosely() {
            return closely;
        }

        @Override
        public void close(String why) {
            left = true;
            lose(new LinkLoss.Ended(why));
        }

        @Override
        public void cut() {
            lose(new LinkLoss.Closed(1006, ""));
        }

        @Override
        public void close(int code, String reason) {
            lose(new LinkLoss.Closed(code, reason));
        }
    }
}
