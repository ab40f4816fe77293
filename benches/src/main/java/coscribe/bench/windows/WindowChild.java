package coscribe.bench.windows;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A window's process, seen from who started it.
final class WindowChild implements AutoCloseable {
    private static final int END_WITHIN_SECONDS = 20;

    private final String name;
    private final Process process;
    private final Path complaints;
    private final BufferedWriter orders;
    private final BufferedReader answers;

    /// @param folder  for what it complains about
    WindowChild(String name, List<String> command, Map<String, String> environment, Path folder) {
        this.name = name;
        this.complaints = folder.resolve(name + ".err");
        var builder = new ProcessBuilder(command).redirectError(complaints.toFile());
        builder.environment().putAll(environment);
        try {
            this.process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
        this.orders = process.outputWriter();
        this.answers = process.inputReader();
    }

    String name() {
        return name;
    }

    /// Says a line and waits for the answer.
    @CanIgnoreReturnValue
    String ask(String order) {
        try {
            orders.write(order);
            orders.newLine();
            orders.flush();
            String answer = answers.readLine();
            if (answer == null || answer.startsWith("failed")) {
                throw new IllegalStateException(
                        name + " answered '" + answer + "' to '" + order + "'; it complained:\n" + complaints());
            }
            return answer;
        } catch (IOException e) {
            throw new IllegalStateException(name + " is gone; it complained:\n" + complaints(), e);
        }
    }

    /// The same, on a thread of its own.
    CompletableFuture<String> askLater(String order) {
        return CompletableFuture.supplyAsync(
                () -> ask(order), task -> Thread.ofVirtual().start(task));
    }

    private String complaints() {
        try {
            return Files.exists(complaints) ? Files.readString(complaints) : "";
        } catch (IOException e) {
            return "";
        }
    }

    /// Waits until somebody closed it.
    int await() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        try {
            orders.close();
            if (!process.waitFor(END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroy(); // it is gone, or going
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
