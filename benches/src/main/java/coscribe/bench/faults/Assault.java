package coscribe.bench.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import coscribe.kit.Attack;
import coscribe.kit.RawClient;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Credential;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.wire.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// What is done to a relay that people write at: by those whom nobody knows, and by those who may come in.
enum Assault {
    HUGE_FRAME(Attack.HUGE_FRAME),
    DEFLATE_BOMB(Attack.DEFLATE_BOMB),
    ENDLESS_FRAGMENTS(Attack.ENDLESS_FRAGMENTS),
    ENDLESS_HEADS(Attack.ENDLESS_HEADS),
    HALF_HANDSHAKES(Attack.HALF_HANDSHAKES),

    /// A message of 60,000 open brackets.
    DEEP_JSON {
        @Override
        void on(Target target, List<RawClient> kept) throws IOException {
            try (var client = target.signedIn()) {
                client.text("[".repeat(DEPTH));
                var _ = client.readClose();
            }
        }
    },

    /// A member who asks for everything a thousand times and reads nothing of it.
    NEVER_READS {
        @Override
        void on(Target target, List<RawClient> kept) throws IOException {
            var client = target.inside();
            kept.add(client);
            byte[] all = frame(new ClientMessage.CatchUp(Revision.ZERO));
            sayInTheBackground(client, times(all, 1_000), 1);
        }
    },

    /// A member who sends 200,000 messages as fast as they are taken.
    FLOOD {
        @Override
        void on(Target target, List<RawClient> kept) throws IOException {
            var client = target.inside();
            kept.add(client);
            sayInTheBackground(client, times(frame(new ClientMessage.Ping(1)), 4_000), 50);
        }
    },

    /// Members who flood, all of them together.
    FLOODERS {
        @Override
        void on(Target target, List<RawClient> kept) throws IOException {
            FLOOD.on(target, kept);
        }

        @Override
        boolean together() {
            return true;
        }
    },

    /// Twenty times in and out of the document.
    IN_AND_OUT {
        @Override
        void on(Target target, List<RawClient> kept) throws IOException {
            for (int i = 0; i < 20; i++) {
                target.inside().close();
            }
        }
    };

    private static final int DEPTH = 60_000;

    private final Optional<Attack> attack;

    Assault() {
        attack = Optional.empty();
    }

    Assault(Attack attack) {
        this.attack = Optional.of(attack);
    }

    /// Whom it is done to.
    ///
    /// @param token     lets somebody write the document
    /// @param document  that others write, too
    record Target(int port, String token, DocumentId document, RandomGenerator random) {
        RawClient signedIn() throws IOException {
            var client = RawClient.connectNarrow(port).upgrade();
            return asked(
                    client,
                    new ClientMessage.Hello(
                            Limits.PROTOCOL_VERSION,
                            Limits.PROTOCOL_VERSION,
                            new Credential.AccessToken(token),
                            DeviceId.random(random)),
                    ServerMessage.Welcome.class);
        }

        RawClient inside() throws IOException {
            return asked(
                    signedIn(),
                    new ClientMessage.Join(document, Optional.empty(), Optional.empty()),
                    ServerMessage.Joined.class);
        }

        private static RawClient asked(RawClient client, ClientMessage request, Class<? extends ServerMessage> answer)
                throws IOException {
            try {
                client.text(Wire.encodeText(request));
                var said = Wire.decodeServer(client.readText());
                if (!answer.isInstance(said)) {
                    throw new IOException("not let in: " + said);
                }
                return client;
            } catch (IOException e) {
                client.close();
                throw e;
            }
        }
    }

    /// Does it once.
    ///
    /// @param kept  gets the connections that have to stay
    void on(Target target, List<RawClient> kept) throws IOException {
        attack.orElseThrow().on(target.port(), kept);
    }

    /// Whether all who do it begin at the same moment, and go on until the stretch is over.
    boolean together() {
        return false;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> words() {
        return Stream.of(values()).map(Assault::word).toList();
    }

    private static byte[] frame(ClientMessage message) {
        return RawClient.frame(0x81, Wire.encodeText(message).getBytes(UTF_8));
    }

    private static byte[] times(byte[] frame, int times) {
        var all = new ByteArrayOutputStream(frame.length * times);
        for (int i = 0; i < times; i++) {
            all.writeBytes(frame);
        }
        return all.toByteArray();
    }

    /// Until the other side ends it, or takes no more and the connection is closed here.
    private static void sayInTheBackground(RawClient client, byte[] bytes, int times) {
        Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < times; i++) {
                    client.say(bytes);
                }
            } catch (IOException e) {
                // as it should be
            }
        });
    }
}
