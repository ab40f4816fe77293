package coscribe.relay.cli.load;

import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Credential;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.wire.Wire;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Documents for a load, made by one person over one connection, one after the other.
public final class NewDocuments implements LoadSocket.Listener {
    private static final Duration WITHIN = Duration.ofSeconds(60);

    private final String token;
    private final DeviceId device;
    private final int count;
    private final List<DocumentId> made = new ArrayList<>();
    private Optional<LoadSocket> socket = Optional.empty();
    private Optional<String> failure = Optional.empty();

    private NewDocuments(String token, DeviceId device, int count) {
        this.token = token;
        this.device = device;
        this.count = count;
    }

    /// Blocks until they are there.
    ///
    /// @param token  of somebody who may create documents
    /// @throws LoadException  where they could not be made
    public static List<DocumentId> make(InetSocketAddress relay, String token, DeviceId device, int count) {
        var maker = new NewDocuments(token, device, count);
        try (var loop = new LoadLoop()) {
            maker.socket = Optional.of(loop.connect(relay, maker));
            boolean over = loop.run(
                    () -> maker.made.size() == count || maker.failure.isPresent(),
                    System.nanoTime() + WITHIN.toNanos());
            if (maker.failure.isPresent() || !over) {
                throw new LoadException("The relay made " + maker.made.size() + " of " + count + " documents"
                        + maker.failure.map(why -> ": " + why).orElse("") + ".");
            }
            return List.copyOf(maker.made);
        }
    }

    @Override
    public void opened() {
        send(new ClientMessage.Hello(
                Limits.PROTOCOL_VERSION, Limits.PROTOCOL_VERSION, new Credential.AccessToken(token), device));
    }

    @Override
    public void text(byte[] message) {
        switch (Wire.decodeServer(message)) {
            case ServerMessage.Welcome ignored -> next();
            case ServerMessage.Created(var document) -> {
                made.add(document);
                next();
            }
            case ServerMessage.Failed(var code, var sentence, long _, boolean _) ->
                failure = Optional.of(code + ", " + sentence);
            default -> {}
        }
    }

    private void next() {
        if (made.size() < count) {
            send(new ClientMessage.Create("Load " + (made.size() + 1)));
        }
    }

    private void send(ClientMessage message) {
        socket.ifPresent(open -> open.send(Wire.encode(message)));
    }

    @Override
    public void lost(String why) {
        failure = failure.or(() -> Optional.of(why));
    }
}
