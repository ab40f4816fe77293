package coscribe.kit;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Signals to processes that were started here.
public final class Signals {
    private Signals() {}

    /// As `kill -NAME PID`, by the shell's own kill: not every system has a program of that name.
    ///
    /// @param name  such as STOP, CONT, HUP
    public static void send(long pid, String name) {
        try {
            int answer = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid)
                    .inheritIO()
                    .start()
                    .waitFor();
            if (answer != 0) {
                throw new IllegalStateException("kill -" + name + " " + pid + " ended with " + answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("there is no sh", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
