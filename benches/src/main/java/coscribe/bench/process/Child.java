package coscribe.bench.process;

import coscribe.kit.Signals;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// One program that was started here. What it says goes to a file. It does not outlive this one: a
/// bench that is told to end takes its relays and writers with it.
public final class Child implements AutoCloseable {
    private static final Duration END_WITHIN = Duration.ofSeconds(30);
    private static final int TAIL = 3_000;

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly), "children"));
    }

    private final String name;
    private final Process process;
    private final Path out;
    private final Path err;

    private Child(String name, Process process, Path out, Path err) {
        this.name = name;
        this.process = process;
        this.out = out;
        this.err = err;
        RUNNING.add(process);
        var _ = process.onExit().thenAccept(RUNNING::remove);
    }

    /// @param folder  for what it says: NAME.out, NAME.err, appended to
    public static Child start(String name, List<String> command, Map<String, String> environment, Path folder) {
        Path out = folder.resolve(name + ".out");
        Path err = folder.resolve(name + ".err");
        var builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.to(out.toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(err.toFile()));
        builder.environment().keySet().removeIf(key -> key.startsWith("COSCRIBE_"));
        builder.environment().putAll(environment);
        try {
            return new Child(name, builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name + ": " + command.getFirst(), e);
        }
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// What it wrote to its standard output since it was started.
    public String said() {
        return read(out);
    }

    /// The end of what it wrote to its standard error, of all its lives.
    public String complaints() {
        String all = read(err);
        return all.length() > TAIL ? "..." + all.substring(all.length() - TAIL) : all;
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /// kill -STOP: it keeps everything and does nothing, until {@link #goOn} or its end.
    public void holdStill() {
        signal("STOP");
    }

    /// kill -CONT.
    public void goOn() {
        signal("CONT");
    }

    /// kill -WHICH, such as HUP.
    public void signal(String which) {
        Signals.send(pid(), which);
    }

    /// kill -9, and waits until it is gone.
    public void kill() {
        process.destroyForcibly();
        await();
    }

    /// Closes its standard input: a writer ends then.
    public void closeInput() {
        try (OutputStream input = process.getOutputStream()) {
            input.flush();
        } catch (IOException e) {
            // It is gone already.
        }
    }

    /// Asks it to end, and makes it end after a while.
    @Override
    public void close() {
        closeInput();
        process.destroy();
        await();
    }

    private void await() {
        try {
            if (!process.waitFor(END_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                process.waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /// Its exit code, once it ended by itself.
    ///
    /// @throws IllegalStateException  where it does not end in time
    public int exitCode(Duration within) {
        try {
            if (!process.waitFor(within.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException(name + " did not end within " + within.toSeconds() + " s");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
