package coscribe.relay.cli;

import coscribe.relay.Relay;
import coscribe.relay.ops.Logging;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Runs a relay until it is told to stop.
final class ServeCommand implements Command {
    @Override
    public String name() {
        return "serve";
    }

    @Override
    public String summary() {
        return "run a relay";
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage()
                .description("Runs a relay until it is told to stop (Ctrl+C, TERM). Every key of the configuration"
                        + " is an option too: 'config print' lists them.");
        return spec;
    }

    @Override
    public int run(ParseResult parsed, CommandContext context) {
        var began = context.world().clock().instant();
        var config = Options.config(parsed, context);
        Logging.to(context.err(), config.logLevel(), config.logsJson());
        try (var relay = Relay.start(config, context.world())) {
            var took = Duration.between(
                    processStart(began), context.world().clock().instant());
            if (!context.quiet()) {
                context.out()
                        .print(
                                context.json()
                                        ? Banner.json(relay, context.world().version(), took)
                                        : Banner.text(relay, context.world().version(), took));
                context.out().flush();
            }
            LoggerFactory.getLogger(ServeCommand.class)
                    .info(
                            "event=ready version={} address={} store=\"{}\" relay={} millis={}",
                            context.world().version(),
                            relay.addresses().web(),
                            relay.storeShown(),
                            relay.id(),
                            took.toMillis());
            serve(relay, context);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private static void serve(Relay relay, CommandContext context) throws InterruptedException {
        var plan = relay.config().backups();
        if (plan.isEmpty()) {
            context.stop().await();
            return;
        }
        try (var schedule =
                new BackupSchedule(plan.get(), relay.desk(), context.world().clock())) {
            schedule.start();
            context.stop().await();
        }
    }

    /// People wait from the moment they press Enter, not from the moment this class is loaded. The JVM
    /// knows it to the millisecond; what a system tells of its processes may be a second off.
    private static Instant processStart(Instant began) {
        var start = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        return start.isBefore(began) && Duration.between(start, began).compareTo(Duration.ofMinutes(1)) < 0
                ? start
                : began;
    }
}
