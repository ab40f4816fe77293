package coscribe.bench.relay;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Where another Java program spends its processor time: async-profiler, attached from outside.
final class Profile {
    static final String COMPILING = "compiling (JIT)";

    private static final String LIBRARY = "/%s/libasyncProfiler.so";

    /// Rooms and what they stand on; the innermost frame that is known names the sample.
    private static final Map<String, List<String>> WHERE = new LinkedHashMap<>();

    static {
        WHERE.put(COMPILING, List.of("CompileBroker::", "Compiler::", "C2Compiler"));
        WHERE.put("collecting garbage", List.of("G1", "WorkerThread::run", "VMThread::", "ConcurrentGC", "GCTask"));
        WHERE.put("wire: encoding and decoding", List.of("coscribe/ot/wire/", "com/fasterxml/jackson/"));
        WHERE.put(
                "hashing the chain and documents",
                List.of(
                        "sun/security/provider/SHA",
                        "coscribe/ot/protocol/ChainHash",
                        "coscribe/ot/document/ContentHash"));
        WHERE.put("text and changes", List.of("coscribe/ot/delta/", "coscribe/ot/document/"));
        WHERE.put("embedded store (SQLite)", List.of("org/sqlite/", "sqlite3", "coscribe/relay/store/embedded/"));
        WHERE.put("store on Redis", List.of("redis/clients/", "coscribe/relay/store/redis/"));
        WHERE.put("sockets", List.of("sun/nio/ch/", "sun/nio/fs/", "java/net/", "coscribe/relay/transport/"));
        WHERE.put("sequencing", List.of("coscribe/relay/sequencing/"));
        WHERE.put("sessions and presence", List.of("coscribe/relay/session/", "coscribe/relay/presence/"));
        WHERE.put("people", List.of("coscribe/relay/people/", "coscribe/relay/auth/", "com/auth0/"));
        WHERE.put(
                "waiting and waking threads",
                List.of("java/util/concurrent/", "jdk/internal/misc/Unsafe.park", "jdk/internal/misc/Unsafe.unpark"));
    }

    private final Path library;
    private final Path file;

    private Profile(Path library, Path file) {
        this.library = library;
        this.file = file;
    }

    /// @param folder  for the library and the samples
    static Profile in(Path folder) {
        String platform = System.getProperty("os.arch").equals("aarch64") ? "linux-arm64" : "linux-x64";
        Path library = folder.resolve("libasyncProfiler.so");
        try (var in = Profile.class.getResourceAsStream(String.format(Locale.ROOT, LIBRARY, platform))) {
            if (in == null) {
                throw new IllegalStateException("there is no async-profiler for " + platform);
            }
            Files.copy(in, library, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + library, e);
        }
        return new Profile(library, folder.resolve("samples.collapsed"));
    }

    void start(long pid) {
        tell(pid, "start,event=ctimer,interval=1ms,threads");
    }

    void stop(long pid) {
        tell(pid, "stop,collapsed,file=" + file);
    }

    private void tell(long pid, String command) {
        try {
            var machine = VirtualMachine.attach(Long.toString(pid));
            try {
                machine.loadAgentPath(library.toString(), command);
            } finally {
                machine.detach();
            }
        } catch (IOException | AttachNotSupportedException | AgentLoadException | AgentInitializationException e) {
            throw new IllegalStateException("the profiler could not be attached to process " + pid, e);
        }
    }

    /// A share of all samples.
    record Share(String where, double percent, long samples) {}

    /// The largest first.
    List<Share> shares() {
        try {
            return shares(Files.readAllLines(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /// @param lines  each a stack, its frames outermost first between semicolons, and a count
    static List<Share> shares(List<String> lines) {
        Map<String, Long> counts = new LinkedHashMap<>();
        long all = 0;
        for (String line : lines) {
            int space = line.lastIndexOf(' ');
            long count = Long.parseLong(line.substring(space + 1));
            counts.merge(where(line.substring(0, space).split(";")), count, Long::sum);
            all += count;
        }
        var shares = new ArrayList<Share>();
        for (var entry : counts.entrySet()) {
            shares.add(new Share(entry.getKey(), 100.0 * entry.getValue() / all, entry.getValue()));
        }
        shares.sort((one, other) -> Double.compare(other.percent(), one.percent()));
        return shares;
    }

    private static String where(String[] frames) {
        for (int i = frames.length - 1; i >= 0; i--) {
            for (var entry : WHERE.entrySet()) {
                for (String prefix : entry.getValue()) {
                    if (frames[i].startsWith(prefix)) {
                        return entry.getKey();
                    }
                }
            }
        }
        return "other";
    }
}
