package coscribe.relay.cli;

import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.relay.AdminDesk;
import coscribe.relay.RelayConfig;
import coscribe.relay.RelayFailure;
import coscribe.relay.cli.load.Load;
import coscribe.relay.cli.load.LoadException;
import coscribe.relay.cli.load.LoadPlan;
import coscribe.relay.cli.load.LoadResult;
import coscribe.relay.cli.load.NewDocuments;
import coscribe.relay.ops.AdminSocket;
import coscribe.relay.ops.FlatJson;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Loads a running relay with people who write, and prints how long a keystroke takes to another
/// person's screen. The tokens come from the relay's admin socket, so it runs beside the relay.
final class BenchCommand implements Command {
    private static final Duration TOKENS_LAST = Duration.ofHours(1);
    private static final double SLOW_MILLIS = 100;

    @Override
    public String name() {
        return "bench";
    }

    @Override
    public String summary() {
        return "load the running relay and print how fast it is";
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage()
                .description("Makes documents and people on the relay that runs here, lets one person of each document"
                        + " type, and prints how long a keystroke takes to everybody else's text. The documents stay:"
                        + " not for a relay that people rely on.");
        spec.addOption(Options.text("--url", "URL", "where the relay listens (default: as configured)"));
        spec.addOption(Options.text("--clients", "N", "people (default: 200)"));
        spec.addOption(Options.text("--docs", "N", "documents (default: 20)"));
        spec.addOption(Options.text("--rate", "N", "keystrokes a second of each who types (default: 5)"));
        spec.addOption(Options.text("--duration", "TIME", "of a round (default: 60s)"));
        spec.addOption(Options.text("--warm-up", "TIME", "before the first round (default: 10s)"));
        spec.addOption(Options.text("--rounds", "N", "of which the median is told (default: 1)"));
        spec.addOption(Options.text("--chars", "N", "characters of each document at the start (default: 5000)"));
        spec.addOption(Options.flag("--carets", "everybody moves their caret once a second"));
        return spec;
    }

    @Override
    public int run(ParseResult parsed, CommandContext context) {
        var url = Options.value(parsed, "--url").map(BenchCommand::address);
        var sizes = Sizes.of(parsed);
        var config = Options.config(parsed, context);
        var status = status(config);
        var plan = sizes.plan(url.orElseGet(() -> address(status.getOrDefault("address", ""))), pid(status));
        try {
            var doors = new DeskDoors(config, context, plan);
            var result = Load.make(plan, doors, context.world().random(), line -> tell(context, line));
            print(plan, result, context);
            return result.equal() && result.lost().isEmpty() ? 0 : RelayFailure.FAILED;
        } catch (LoadException e) {
            throw new RelayFailure(RelayFailure.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    /// What the relay that runs here says of itself.
    private static Map<String, String> status(RelayConfig config) {
        try {
            return AdminSocket.ask(config.dataDir(), Map.of(AdminDesk.COMMAND, "status"))
                    .orElseThrow(() -> new RelayFailure(
                            RelayFailure.FAILED,
                            "No relay runs on " + config.dataDir()
                                    + ". Start it with 'coscribe-relay serve' and try again."));
        } catch (IOException e) {
            throw new RelayFailure(
                    RelayFailure.FAILED, "The relay that runs on " + config.dataDir() + " did not answer.", e);
        }
    }

    /// The load that was asked for, but for where.
    private record Sizes(
            int clients,
            int documents,
            double rate,
            boolean carets,
            int characters,
            Duration warm,
            Duration duration,
            int rounds) {
        static Sizes of(ParseResult parsed) {
            var sizes = new Sizes(
                    whole(parsed, "--clients", 200),
                    whole(parsed, "--docs", 20),
                    number(parsed, "--rate", 5),
                    Options.has(parsed, "--carets"),
                    whole(parsed, "--chars", 5_000),
                    time(parsed, "--warm-up", Duration.ofSeconds(10)),
                    time(parsed, "--duration", Duration.ofSeconds(60)),
                    whole(parsed, "--rounds", 1));
            if (sizes.clients < sizes.documents) {
                throw new RelayFailure(
                        RelayFailure.USAGE, "Each document needs somebody: --clients must not be below --docs.");
            }
            return sizes;
        }

        LoadPlan plan(InetSocketAddress relay, OptionalLong pid) {
            return new LoadPlan(relay, pid, clients, documents, rate, carets, characters, warm, duration, rounds);
        }
    }

    private static void tell(CommandContext context, String line) {
        if (!context.quiet()) {
            context.err().println(line);
        }
    }

    private static final class DeskDoors implements Load.Doors {
        private final RelayConfig config;
        private final CommandContext context;
        private final List<DocumentId> documents;

        DeskDoors(RelayConfig config, CommandContext context, LoadPlan plan) {
            this.config = config;
            this.context = context;
            this.documents = NewDocuments.make(
                    plan.relay(),
                    token(Map.of("user", "bench")),
                    DeviceId.random(context.world().random()),
                    plan.documents());
        }

        @Override
        public DocumentId document(int number) {
            return documents.get(number);
        }

        @Override
        public String token(int number, DocumentId document) {
            return token(Map.of("user", "bench-" + number, "doc", document.hex(), "role", "editor"));
        }

        private String token(Map<String, String> fields) {
            var request = new LinkedHashMap<>(fields);
            request.put(AdminDesk.COMMAND, "token.issue");
            request.put("seconds", Long.toString(TOKENS_LAST.toSeconds()));
            return Desk.ask(config, request, context).getOrDefault("token", "");
        }
    }

    private static void print(LoadPlan plan, LoadResult result, CommandContext context) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("clients", Integer.toString(plan.clients()));
        fields.put("docs", Integer.toString(plan.documents()));
        fields.put("rate", decimal(plan.rate()));
        fields.put("carets", Boolean.toString(plan.carets()));
        fields.put("edits", Long.toString(result.edits()));
        fields.put("p50_ms", decimal(result.p50()));
        fields.put("p95_ms", decimal(result.p95()));
        fields.put("p99_ms", decimal(result.p99()));
        fields.put("load_late_p99_ms", decimal(result.late()));
        fields.put("cpu_ms_per_edit", decimal(result.cpuPerEdit()));
        fields.put("joins_per_s", decimal(result.joinsPerSecond()));
        fields.put("join_p50_ms", decimal(result.joinP50()));
        fields.put("join_p99_ms", decimal(result.joinP99()));
        fields.put("cpu_ms_per_join", decimal(result.cpuPerJoin()));
        fields.put("lost", Integer.toString(result.lost().size()));
        fields.put("texts_equal", Boolean.toString(result.equal()));
        if (context.json()) {
            context.out().println(FlatJson.write(fields));
            return;
        }
        context.out().println("| " + String.join(" | ", fields.keySet()) + " |");
        context.out().println("|" + " --- |".repeat(fields.size()));
        context.out().println("| " + String.join(" | ", fields.values()) + " |");
        if (!context.quiet()) {
            result.lost().stream()
                    .distinct()
                    .limit(5)
                    .forEach(why -> context.err().println("lost: " + why));
            context.err().println(verdict(result));
        }
    }

    private static String verdict(LoadResult result) {
        if (!result.equal() || !result.lost().isEmpty()) {
            return "Not good: " + result.lost().size() + " connections broke, texts "
                    + (result.equal() ? "equal." : "not equal everywhere, or not in time.");
        }
        return result.p99() > SLOW_MILLIS
                ? "Too much for this computer: 1 keystroke of 100 took longer than " + decimal(result.p99()) + " ms."
                : "Good: 99 of 100 keystrokes were on everybody's screen within " + decimal(result.p99()) + " ms.";
    }

    // --- words and numbers

    private static OptionalLong pid(Map<String, String> status) {
        String pid = status.getOrDefault("pid", "");
        return pid.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(pid)) : OptionalLong.empty();
    }

    private static InetSocketAddress address(String url) {
        try {
            var uri = URI.create(url.contains("://") ? url : "ws://" + url);
            boolean plain = "ws".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (plain && uri.getHost() != null) {
                return new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort());
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new RelayFailure(
                RelayFailure.USAGE, "'" + url + "' is no address to load. Write one such as ws://127.0.0.1:7450.");
    }

    private static int whole(ParseResult parsed, String option, int otherwise) {
        String typed = Options.value(parsed, option).orElse(Integer.toString(otherwise));
        if (!typed.matches("[1-9][0-9]{0,6}")) {
            throw new RelayFailure(
                    RelayFailure.USAGE, option + " needs a whole number from 1 on, not '" + typed + "'.");
        }
        return Integer.parseInt(typed);
    }

    private static double number(ParseResult parsed, String option, double otherwise) {
        var typed = Options.value(parsed, option);
        if (typed.isPresent() && !typed.get().matches("[0-9]{1,6}(\\.[0-9]{1,6})?")) {
            throw new RelayFailure(RelayFailure.USAGE, option + " needs a number, not '" + typed.get() + "'.");
        }
        return typed.map(Double::parseDouble).orElse(otherwise);
    }

    private static Duration time(ParseResult parsed, String option, Duration otherwise) {
        return Options.value(parsed, option)
                .map(typed -> Words.life(option, typed, Duration.ofSeconds(1), Duration.ofHours(1)))
                .orElse(otherwise);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 1 ? "%.2f" : "%.3f", value);
    }

    private static String decimal(OptionalDouble value) {
        return value.isPresent() ? decimal(value.getAsDouble()) : "";
    }
}
