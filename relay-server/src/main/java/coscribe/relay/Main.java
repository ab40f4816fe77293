package coscribe.relay;

import coscribe.relay.cli.CommandContext;
import coscribe.relay.cli.CommandContext.Stop;
import coscribe.relay.cli.Commands;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// `java -jar coscribe-relay.jar COMMAND`.
public final class Main {
    private static final Duration AFTER_THE_DRAIN = Duration.ofMinutes(6);

    private Main() {}

    public static void main(String[] args) {
        var end = new ProcessEnd();
        int code = run(List.of(args), System.getenv(), System.out, System.err, end);
        System.out.flush();
        end.reached(code);
        System.exit(code);
    }

    /// Does what was typed, without ending the process.
    ///
    /// @return the exit code
    static int run(List<String> args, Map<String, String> environment, PrintStream out, PrintStream err, Stop stop) {
        var version = Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("development");
        var world = Relay.World.real(InstantSource.system(), new SecureRandom(), version);
        var terminal = System.console() != null
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        return Commands.run(args, new CommandContext(environment, out, err, stop, world, false, false, terminal));
    }

    /// Ends a server when the process is asked to end, and lets it end with the server's own code:
    /// by itself a JVM ends with 143 after TERM, however well it drained.
    private static final class ProcessEnd implements Stop {
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile int exitCode;

        @Override
        public void await() throws InterruptedException {
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(this::stop));
            asked.await();
        }

        private void stop() {
            asked.countDown();
            try {
                if (done.await(AFTER_THE_DRAIN.toSeconds(), TimeUnit.SECONDS)) {
                    Runtime.getRuntime().halt(exitCode);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void reached(int code) {
            exitCode = code;
            done.countDown();
        }
    }
}
