package coscribe.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A screen that nobody sees: an X server of our own, at a number that was free.
public final class VirtualScreen implements AutoCloseable {
    private final Process process;
    private final String display;

    private VirtualScreen(Process process, String display) {
        this.process = process;
        this.display = display;
    }

    /// @param folder  for what it says
    public static VirtualScreen start(int width, int height, Path folder) {
        try {
            var process = new ProcessBuilder(
                            "Xvfb", "-displayfd", "1", "-screen", "0", width + "x" + height + "x24", "-nolisten", "tcp")
                    .redirectError(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("xvfb.err").toFile()))
                    .start();
            String number = process.inputReader().readLine();
            if (number == null) {
                throw new IllegalStateException("Xvfb did not start; what it said is in " + folder);
            }
            return new VirtualScreen(process, ":" + number.strip());
        } catch (IOException e) {
            throw new UncheckedIOException("Xvfb can't be started: install the package xvfb", e);
        }
    }

    /// For the variable DISPLAY.
    public String display() {
        return display;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
