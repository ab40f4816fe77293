package coscribe.relay.ops;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
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
/// 600. A line of {@link FlatJson} goes in, a line comes back; behind it may come a stream, which ends
/// with the connection. The same class asks.
public final class AdminSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminSocket.class);
    private static final String NAME = "admin.sock";
    private static final int LONGEST_LINE = 64 * 1024;
    private static final int AT_ONCE = 8;
    private static final int STREAM_BYTES = 64 * 1024;
    private static final String ERROR = "error";

    private final Path path;
    private final Desk desk;
    private final ServerSocketChannel server;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /// Answers. Called on threads of this class, one for each request.
    @FunctionalInterface
    public interface Desk extends UnaryOperator<Map<String, String>> {
        /// What comes behind an answer that is no error, if anything. May block for as long as whoever
        /// asked takes to read it.
        default void stream(Map<String, String> request, OutputStream out) throws IOException {}
    }

    /// An answer. Close it.
    ///
    /// @param rest  what comes behind the line
    public record Reply(Map<String, String> line, InputStream rest) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            rest.close();
        }
    }

    private AdminSocket(Path path, Desk desk, ServerSocketChannel server) {
        this.path = path;
        this.desk = desk;
        this.server = server;
    }

    /// Starts to answer. A socket file that a dead relay left behind is replaced: whoever calls
    /// holds the data folder.
    ///
    /// @throws IOException where there is no such socket: an old system, or too long a path
    public static AdminSocket open(Path dataDir, Desk desk) throws IOException {
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
        var asked = askForStream(dataDir, request);
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        try (var reply = asked.get()) {
            return Optional.of(reply.line());
        }
    }

    /// As {@link #ask}, for an answer with a stream behind it.
    public static Optional<Reply> askForStream(Path dataDir, Map<String, String> request) throws IOException {
        var path = dataDir.resolve(NAME);
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            if (!connected(channel, path)) {
                channel.close();
                return Optional.empty();
            }
            write(channel, FlatJson.write(request));
            var in = new BufferedInputStream(Channels.newInputStream(channel), STREAM_BYTES);
            return Optional.of(new Reply(FlatJson.read(readLine(in)), in));
        } catch (IllegalArgumentException e) {
            channel.close();
            throw new IOException("the relay's answer is not understood: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// False where the file outlived its relay.
    private static boolean connected(SocketChannel channel, Path path) {
        try {
            return channel.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            return false;
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
            var request = FlatJson.read(readLine(Channels.newInputStream(channel)));
            var answer = answerTo(request);
            write(channel, FlatJson.write(answer));
            if (!answer.containsKey(ERROR)) {
                var out = new BufferedOutputStream(Channels.newOutputStream(channel), STREAM_BYTES);
                desk.stream(request, out);
                out.flush();
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("event=admin_request_broken", e);
        } catch (RuntimeException e) {
            LOG.warn("event=admin_request_failed", e); // whoever asked sees a stream without its end
        } finally {
            places.release();
        }
    }

    private Map<String, String> answerTo(Map<String, String> request) {
        try {
            return desk.apply(request);
        } catch (RuntimeException e) {
            LOG.warn("event=admin_request_failed", e);
            return Map.of(ERROR, "The relay could not do that: " + e.getMessage());
        }
    }

    private static void write(SocketChannel channel, String line) throws IOException {
        var bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            var _ = channel.write(bytes);
        }
    }

    private static String readLine(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        while (line.size() <= LONGEST_LINE) {
            int each = in.read();
            if (each < 0) {
                break;
            }
            if (each == '\n') {
                return line.toString(StandardCharsets.UTF_8);
            }
            line.write(each);
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
