package coscribe.desktop;

import coscribe.client.link.OwnerFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One running editor for each profile. Who runs holds a lock on a file in the profile, which the
/// system gives back when the process dies, however it dies; who comes second tells the first one
/// what it was asked for, over a Unix domain socket beside it, and goes.
final class SingleInstance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SingleInstance.class);
    private static final String LOCK = "lock";
    private static final String DOOR = "door";
    private static final String OPEN = "open";
    private static final String HEARD = "heard";
    /// A line is a word and at most one link.
    private static final int LONGEST_LINE = 1_000;
    /// The smallest bound on a socket's path among the systems we run on is 104 bytes (macOS).
    private static final int LONGEST_PATH = 100;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final FileChannel file;
    private final FileLock lock;
    private final Path door;
    private final ServerSocketChannel server;

    /// What came of asking to be the one.
    sealed interface Claim {
        /// Nobody else runs.
        record First(SingleInstance instance) implements Claim {}

        /// Another one runs, and does what was asked for.
        record HandedOver() implements Claim {}

        /// Another one runs and does not answer, or the folder cannot be used.
        record Failed(String sentence) implements Claim {}
    }

    private SingleInstance(FileChannel file, FileLock lock, Path door, ServerSocketChannel server) {
        this.file = file;
        this.lock = lock;
        this.door = door;
        this.server = server;
    }

    /// Asks to be the one on this profile, or hands `wish` to the one that runs.
    ///
    /// @param folder    of the profile; made where it is missing
    /// @param patience  how long the other one may take to answer: it may be starting just now
    static Claim claim(Path folder, Wish wish, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            OwnerFile.createFolders(folder);
            while (true) {
                var first = first(folder);
                if (first.isPresent()) {
                    return new Claim.First(first.get());
                }
                if (knock(folder, wish)) {
                    return new Claim.HandedOver();
                }
                if (System.nanoTime() > deadline) {
                    return new Claim.Failed("Coscribe runs with this profile already, but does not answer. Close it,"
                            + " or end it with the system's task list, and start again.");
                }
                TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
            }
        } catch (IOException e) {
            LOG.warn("event=profile_unusable folder={}", folder, e);
            return new Claim.Failed("The folder " + folder + " can't be used for a profile: " + e.getMessage()
                    + ". Choose another one with --profile, or correct its rights.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Claim.Failed("Interrupted.");
        }
    }

    private static Optional<SingleInstance> first(Path folder) throws IOException {
        var file = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = Optional.ofNullable(file.tryLock());
        if (lock.isEmpty()) {
            file.close();
            return Optional.empty();
        }
        Path door = door(folder);
        try {
            Files.deleteIfExists(door); // left behind by one that died
            var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            var _ = server.bind(UnixDomainSocketAddress.of(door));
            return Optional.of(new SingleInstance(file, lock.get(), door, server));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e instanceof IOException io ? io : new IOException(e);
        }
    }

    /// In the profile, which only its owner may enter; where that path is too long for a socket, in
    /// the folder for temporary files, by a name that follows from the profile.
    private static Path door(Path folder) throws IOException {
        Path inside = folder.resolve(DOOR);
        if (inside.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH) {
            return inside;
        }
        Path real = folder.toRealPath();
        Path beside = Path.of(System.getProperty("java.io.tmpdir"))
                .resolve("coscribe-" + System.getProperty("user.name") + "-"
                        + Integer.toHexString(real.toString().hashCode()));
        OwnerFile.createFolders(beside);
        return beside.resolve(DOOR);
    }

    /// Whether somebody heard it.
    static boolean knock(Path folder, Wish wish) {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            if (!channel.connect(UnixDomainSocketAddress.of(door(folder)))) {
                return false;
            }
            write(channel, OPEN + " " + wish.written());
            return readLine(channel).equals(HEARD);
        } catch (IOException e) {
            LOG.debug("event=nobody_at_the_door", e);
            return false; // not yet there, or no longer
        }
    }

    /// From now on hears what others of this profile are asked for.
    ///
    /// @param opener  called on a thread of this class
    void listen(Consumer<Wish> opener) {
        Thread.ofPlatform().daemon().name("coscribe-door").start(() -> {
            while (server.isOpen()) {
                try (var channel = server.accept()) {
                    hear(channel, opener);
                } catch (IOException | RuntimeException e) {
                    if (server.isOpen()) {
                        LOG.warn("event=door_failed", e);
                    }
                }
            }
        });
    }

    private static void hear(SocketChannel channel, Consumer<Wish> opener) throws IOException {
        String line = readLine(channel);
        if (!line.startsWith(OPEN + " ")) {
            throw new IOException("not a line of this program");
        }
        opener.accept(Wish.parse(line.substring(OPEN.length())));
        write(channel, HEARD);
    }

    private static void write(SocketChannel channel, String line) throws IOException {
        var bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            var _ = channel.write(bytes);
        }
    }

    private static String readLine(SocketChannel channel) throws IOException {
        var line = new ByteArrayOutputStream();
        var one = ByteBuffer.allocate(1);
        while (line.size() <= LONGEST_LINE && channel.read(one.clear()) >= 0) {
            if (one.get(0) == '\n') {
                return line.toString(StandardCharsets.UTF_8);
            }
            line.write(one.get(0));
        }
        throw new IOException("no whole line");
    }

    @Override
    public void close() {
        try (file;
                server) {
            Files.deleteIfExists(door);
            lock.release();
        } catch (IOException e) {
            LOG.warn("event=profile_not_left", e);
        }
    }
}
