package coscribe.relay.ops;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way to a running relay for whoever owns its data folder: a Unix domain socket there, mode
/// 600. A line of {@link FlatJson} goes in, a line comes back. The same class asks.
public final class AdminSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminSocket.class);
    private static final String NAME = "admin.sock";
    private static final int LONGEST_LINE = 64 * 1024;
    private static final int AT_ONCE = 8;

    private final Path path;
    private final UnaryOperator<Map<String, String>> desk;
    private final ServerSocketChannel server;
    private final Semaphore places = new Semaphore(AT_ONCE);

    private AdminSocket(Path path, UnaryOperator<Map<String, String>> desk, ServerSocketChannel server) {
        this.path = path;
        this.desk = desk;
        this.server = server;
    }

    /// Starts to answer. A socket file that a dead relay left behind is replaced: whoever calls
    /// holds the data folder.
    ///
    /// @param desk  answers a request; called on threads of this class, one for each request
    /// @throws IOException where there is no such socket: an old system, or too long a path
    public static AdminSocket open(Path dataDir, UnaryOperator<Map<String, String>> desk) throws IOException {
        var path = dataDir.resolve(NAME);
        Files.deleteIfExists(path);
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            var _ = server.bind(UnixDomainSocketAddress.of(path));
            protect(path);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e instanceof IOException io ? io : new IOException(e);
        }
        var socket = new AdminSocket(path, desk, server);
        Thread.ofPlatform().daemon().name("admin-socket").start(socket::accept);
        return socket;
    }

    private static void protect(Path path) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            var _ = Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        }
    }

    /// Asks the relay that runs on this data folder; empty if none does.
    ///
    /// @throws IOException if it answers, but not as expected
    public static Optional<Map<String, String>> ask(Path dataDir, Map<String, String> request) throws IOException {
        var path = dataDir.resolve(NAME);
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            try {
                if (!channel.connect(UnixDomainSocketAddress.of(path))) {
                    return Optional.empty();
                }
            } catch (IOException e) {
                return Optional.empty(); // the file outlived its relay
            }
            write(channel, FlatJson.write(request));
            return Optional.of(FlatJson.read(readLine(channel)));
        } catch (IllegalArgumentException e) {
            throw new IOException("the relay's answer is not understood: " + e.getMessage(), e);
        }
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                var channel = server.accept();
                if (places.tryAcquire()) {
                    Thread.ofVirtual().start(() -> answer(channel));
                } else {
                    channel.close();
                }
            } catch (IOException e) {
                if (server.isOpen()) {
                    LOG.warn("event=admin_socket_failed", e);
                }
            }
        }
    }

    private void answer(SocketChannel channel) {
        try (channel) {
            write(channel, FlatJson.write(answerTo(readLine(channel))));
        } catch (IOException e) {
            LOG.debug("event=admin_request_broken", e);
        } finally {
            places.release();
        }
    }

    private Map<String, String> answerTo(String line) {
        try {
            return desk.apply(FlatJson.read(line));
        } catch (RuntimeException e) {
            LOG.warn("event=admin_request_failed", e);
            return Map.of("error", "The relay could not do that: " + e.getMessage());
        }
    }

    private static void write(SocketChannel channel, String line) throws IOException {
        var bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            var _ = channel.write(bytes);
        }
    }

    private static String readLine(SocketChannel channel) throws IOException {
        var line = new ByteArrayOutputStream();
        var buffer = ByteBuffer.allocate(4096);
        while (line.size() <= LONGEST_LINE && channel.read(buffer.clear()) >= 0) {
            for (int i = 0; i < buffer.position(); i++) {
                if (buffer.get(i) == '\n') {
                    return line.toString(StandardCharsets.UTF_8);
                }
                line.write(buffer.get(i));
            }
        }
        throw new IOException("no whole line");
    }

    @Override
    public void close() {
        try (server) {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("event=admin_socket_left_behind path={}", path, e);
        }
    }
}
