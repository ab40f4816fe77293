package coscribe.bench.process;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.relay.ops.AdminSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/// What the relay's start needs, as its JVM noted it once after a build (an AOT cache, JEP 514). The
/// packages bring one, so those who start relays over and over here have one as well.
public final class RelayCache {
    private static final String CACHE = "relay-server/target/coscribe-relay.aot";

    private RelayCache() {}

    /// Makes it where this build has none yet, in some seconds; whoever else wants it meanwhile waits.
    ///
    /// Relays start without one as well, only later.
    ///
    /// @param home  the repository
    /// @return whether there is one now
    @CanIgnoreReturnValue
    public static synchronized boolean make(Path home) {
        Path cache = home.resolve(CACHE);
        if (!Files.isRegularFile(home.resolve(Java.RELAY_JAR)) || isOfThisBuild(home)) {
            return isOfThisBuild(home);
        }
        try (var file = FileChannel.open(
                        cache.resolveSibling("coscribe-relay.aot.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                var _ = file.lock();
                var folder = TemporaryFolder.of("rehearsal")) {
            if (!isOfThisBuild(home)) {
                Path made = cache.resolveSibling("coscribe-relay.aot.new");
                Files.deleteIfExists(made); // of a build before
                rehearse(home, folder.path(), made);
                if (Files.isRegularFile(made)) {
                    Files.move(made, cache, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            return isOfThisBuild(home);
        } catch (IOException e) {
            throw new UncheckedIOException("the relay's start was not rehearsed", e);
        }
    }

    /// The same as installers/build/relay.sh does.
    private static void rehearse(Path home, Path folder, Path cache) throws IOException {
        var store = new RelayChild.Store.Embedded();
        try (var relay = RelayChild.start("relay", home, folder, store, List.of("-XX:AOTCacheOutput=" + cache))) {
            var _ = AdminSocket.ask(relay.data(), Map.of("command", "invite.create", "role", "editor"));
        }
    }

    /// For a relay's start.
    static List<String> options(Path home) {
        return isOfThisBuild(home) ? List.of("-XX:AOTCache=" + home.resolve(CACHE)) : List.of();
    }

    private static boolean isOfThisBuild(Path home) {
        Path cache = home.resolve(CACHE);
        Path jar = home.resolve(Java.RELAY_JAR);
        try {
            return Files.isRegularFile(cache)
                    && Files.isRegularFile(jar)
                    && Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(jar)) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + cache, e);
        }
    }
}
