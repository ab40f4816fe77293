package coscribe.desktop.host;

import coscribe.client.InviteLink;
import coscribe.client.link.OwnerFile;
import coscribe.client.link.RelayAddress;
import coscribe.relay.AdminDesk;
import coscribe.relay.Relay;
import coscribe.relay.RelayConfig;
import coscribe.relay.RelayFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A relay inside this program, for who has none: on this computer only, with its documents in one
/// folder. It comes back at the port it had before, as links and recent documents name that; where
/// another program has taken it, at a free one.
public final class BundledRelay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BundledRelay.class);
    private static final String HOST = "127.0.0.1";
    private static final String PORT = "port";
    private static final int INVITE_SECONDS = 3_600;

    private final Relay relay;

    private BundledRelay(Relay relay) {
        this.relay = relay;
    }

    /// Starts one, and returns when it listens. Blocks: the store is opened.
    ///
    /// @param folder  for everything it keeps
    /// @param random  unguessable, and safe for any thread
    /// @throws HostFailure  with a sentence for people
    public static BundledRelay start(Path folder, InstantSource clock, RandomGenerator random, String version) {
        try {
            OwnerFile.createFolders(folder);
            int port = port(folder);
            var config = config(folder.resolve("data"), port);
            var relay = Relay.start(config, Relay.World.real(clock, random, version));
            OwnerFile.replace(
                    folder.resolve(PORT),
                    Integer.toString(relay.listening().getPort()).getBytes(StandardCharsets.US_ASCII));
            LOG.info("event=hosting port={}", relay.listening().getPort());
            return new BundledRelay(relay);
        } catch (RelayFailure e) {
            throw new HostFailure("Your documents can't be opened on this computer. " + e.getMessage(), e);
        } catch (IOException e) {
            throw new HostFailure("The folder " + folder + " can't be used for your documents: " + e.getMessage(), e);
        }
    }

    private static RelayConfig config(Path data, int port) {
        var keys = new HashMap<String, String>();
        keys.put("--bind", HOST + ":" + port);
        keys.put("--data-dir", data.toString());
        keys.put("--metrics-bind", "off");
        keys.put("--shutdown-drain", "0s"); // who leaves with it is this program
        return switch (RelayConfig.parse(keys, Map.of(), Optional.empty(), Files::readString)) {
            case RelayConfig.Parsed.Good(var config) -> config;
            case RelayConfig.Parsed.Bad(var problems) ->
                throw new IllegalStateException("a configuration of our own: " + problems);
        };
    }

    /// Where the relay of this folder was last; empty: never.
    public static Optional<RelayAddress> last(Path folder) {
        var port = remembered(folder);
        return port.isPresent() ? Optional.of(address(port.getAsInt())) : Optional.empty();
    }

    private static RelayAddress address(int port) {
        return new RelayAddress(HOST, port, false);
    }

    private static OptionalInt remembered(Path folder) {
        Path file = folder.resolve(PORT);
        try {
            if (Files.exists(file)) {
                int port = Integer.parseInt(Files.readString(file).strip());
                return port > 0 && port <= 65_535 ? OptionalInt.of(port) : OptionalInt.empty();
            }
        } catch (IOException | NumberFormatException e) {
            LOG.warn("event=port_forgotten", e);
        }
        return OptionalInt.empty();
    }

    private static int port(Path folder) {
        var before = remembered(folder);
        return before.isPresent() && isFree(before.getAsInt()) ? before.getAsInt() : 0;
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public RelayAddress address() {
        return address(relay.listening().getPort());
    }

    /// A link that makes whoever follows it an owner here, once, within the hour. The same computer
    /// is always the same person, so this program signs itself in with it, also after the port
    /// changed.
    public InviteLink ownerInvite() {
        var answer = relay.desk()
                .apply(Map.of(
                        AdminDesk.COMMAND,
                        "invite.create",
                        "role",
                        "owner",
                        "seconds",
                        Integer.toString(INVITE_SECONDS),
                        "uses",
                        "1"));
        var link = Optional.ofNullable(answer.get("link"))
                .orElseThrow(() ->
                        new HostFailure("This computer's own server let nobody in: " + answer.get(AdminDesk.ERROR)));
        // The port has no TLS, and is not asked for it.
        return new InviteLink(List.of(address()), InviteLink.parse(link).code());
    }

    /// Everybody leaves, and the store closes. Blocks for a moment.
    @Override
    public void close() {
        relay.close();
    }

    /// It could not be started or asked. The message is a sentence for people.
    public static final class HostFailure extends RuntimeException {
        private static final long serialVersionUID = 1;

        HostFailure(String sentence) {
            super(sentence);
        }

        HostFailure(String sentence, Throwable cause) {
            super(sentence, cause);
        }
    }
}
