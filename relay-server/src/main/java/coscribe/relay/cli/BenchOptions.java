package coscribe.relay.cli;

import coscribe.relay.Nearest;
import coscribe.relay.RelayFailure;
import coscribe.relay.cli.load.LoadPlan;
import coscribe.relay.cli.load.Workload;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// What can be said behind `bench`: a workload, and how large it is. All of it is bounded.
final class BenchOptions {
    /// All that takes its time, together: the tokens of those who come have to last.
    private static final Duration LONGEST = Duration.ofMinutes(45);

    private static final int MOST_PEOPLE = 25_000; // what one address of a computer has ports for
    private static final int MOST_DOCUMENTS = 5_000;
    private static final int MOST_CHARACTERS = 1_000_000;
    private static final int MOST_ROUNDS = 20;
    private static final double MOST_RATE = 200;
    private static final double LEAST_RATE = 0.01;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static final String URL = "--url";
    private static final String PID = "--pid";
    private static final String CLIENTS = "--clients";
    private static final String DOCS = "--docs";
    private static final String CHARS = "--chars";
    private static final String RATE = "--rate";
    private static final String NO_CARETS = "--no-carets";
    private static final String WARM_UP = "--warm-up";
    private static final String DURATION = "--duration";
    private static final String WITHIN = "--within";
    private static final String ROUNDS = "--rounds";

    /// A workload, what it is unless something else is said, and what can be said of it.
    private enum Kind {
        OFFICE(500, 100, 5, false, Set.of(DOCS, RATE, NO_CARETS, WARM_UP, DURATION, ROUNDS)),
        HOT(50, 1, 2, true, Set.of(RATE, NO_CARETS, WARM_UP, DURATION, ROUNDS)),
        SPREAD(400, 200, 2, true, Set.of(DOCS, RATE, NO_CARETS, WARM_UP, DURATION, ROUNDS)),
        STORM(2_000, 400, 0, false, Set.of(DOCS, WITHIN, ROUNDS)),
        IDLE(2_000, 400, 0, false, Set.of(DOCS, DURATION));

        private final int people;
        private final int documents;
        private final double rate;
        private final boolean everybody;
        private final Set<String> options;

        Kind(int people, int documents, double rate, boolean everybody, Set<String> options) {
            this.people = people;
            this.documents = documents;
            this.rate = rate;
            this.everybody = everybody;
            this.options = options;
        }

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private static final List<String> WORDS =
            Arrays.stream(Kind.values()).map(Kind::word).toList();

    private static final Map<String, String> OF_SOME = Map.of(
            DOCS, "hot has one document, all others have",
            RATE, "for people who type: office, hot, spread",
            NO_CARETS, "for people who type: office, hot, spread",
            WARM_UP, "for people who type: office, hot, spread",
            DURATION, "for office, hot, spread and idle",
            WITHIN, "for storm",
            ROUNDS, "for all but idle");

    private final ParseResult parsed;
    private final Kind kind;

    private BenchOptions(ParseResult parsed, Kind kind) {
        this.parsed = parsed;
        this.kind = kind;
    }

    static void addTo(CommandSpec spec) {
        spec.usageMessage()
                .description(
                        "Makes documents and people on the relay that runs here, and measures. The documents stay:"
                                + " not for a relay that people rely on. It says how late it was itself, and whether"
                                + " it and not the relay was the limit. Workloads:",
                        "  office  people in documents of their own, one of each types (if none is named)",
                        "  hot     one document in which everybody types",
                        "  spread  many documents with two people each, all of whom type",
                        "  storm   everybody connects at once; who is sent away comes back when told to",
                        "  idle    connections that do nothing, and what memory each takes");
        spec.addPositional(Words.one("office|hot|spread|storm|idle"));
        spec.addOption(Options.text(
                URL,
                "URL[,URL]",
                "where the relay listens (default: as configured); people are" + " spread over several"));
        spec.addOption(Options.text(
                PID, "N[,N]", "the relays' processes, for processor time and memory (default: the one here)"));
        spec.addOption(Options.text(
                CLIENTS,
                "N",
                "people (default: office 500, hot 50, spread 400, storm 2000; idle 2000, then as many again)"));
        spec.addOption(Options.text(DOCS, "N", "documents (default: so that each has 5 people, with spread 2)"));
        spec.addOption(Options.text(CHARS, "N", "characters of each document at the start (default: 5000)"));
        spec.addOption(
                Options.text(RATE, "N", "keystrokes a second of each who types (default: office 5, hot and spread 2)"));
        spec.addOption(Options.flag(
                NO_CARETS,
                "nobody is told of carets, which else travel with each key and are moved by everybody once a second"));
        spec.addOption(Options.text(WARM_UP, "TIME", "before the first round of typing (default: 10s)"));
        spec.addOption(Options.text(DURATION, "TIME", "of a round of typing (default: 60s), or of rest (20s)"));
        spec.addOption(Options.text(
                WITHIN, "TIME", "in which the storm breaks, each at a random moment (default: 1s, as editors do)"));
        spec.addOption(Options.text(ROUNDS, "N", "of which the median is told (default: 1)"));
    }

    /// @throws RelayFailure  with a sentence, where something cannot be meant
    static BenchOptions of(ParseResult parsed) {
        var said = parsed.hasMatchedPositional(0) ? parsed.<String>matchedPositionalValue(0, "") : Kind.OFFICE.word();
        var kind = Arrays.stream(Kind.values())
                .filter(each -> each.word().equals(said))
                .findFirst()
                .orElseThrow(() -> wrong("There is no workload '" + said + "'."
                        + Nearest.to(said, WORDS)
                                .map(near -> " Did you mean '" + near + "'?")
                                .orElse(" There are " + String.join(", ", WORDS) + ".")));
        OF_SOME.forEach((option, whose) -> {
            if (parsed.hasMatchedOption(option) && !kind.options.contains(option)) {
                throw wrong(option + " says nothing of " + kind.word() + " (" + whose + ").");
            }
        });
        return new BenchOptions(parsed, kind);
    }

    String workload() {
        return kind.word();
    }

    /// @param address  of the relay here, where nobody says another
    /// @param pids     of the relay here
    LoadPlan plan(String address, List<Long> pids) {
        var plan = new LoadPlan(
                Arrays.stream(Options.value(parsed, URL).orElse(address).split(",", -1))
                        .map(BenchOptions::relay)
                        .toList(),
                Options.value(parsed, PID).map(BenchOptions::pids).orElse(pids),
                whole(CLIENTS, kind.people, kind == Kind.IDLE ? MOST_PEOPLE / 2 : MOST_PEOPLE),
                documents(),
                whole(CHARS, 5_000, MOST_CHARACTERS),
                work(),
                whole(ROUNDS, 1, MOST_ROUNDS));
        if (time(plan).compareTo(LONGEST) > 0) {
            throw wrong("That takes longer than 45 minutes: make it shorter, or fewer rounds.");
        }
        return plan;
    }

    /// Where nobody says how many: so that each has as many people as usual.
    private int documents() {
        int people = whole(CLIENTS, kind.people, MOST_PEOPLE);
        int usual = Math.max(1, people / (kind.people / kind.documents));
        int documents = whole(DOCS, usual, kind == Kind.IDLE ? MOST_DOCUMENTS / 2 : MOST_DOCUMENTS);
        if (people < documents) {
            throw wrong("Each document needs somebody: " + CLIENTS + " must not be below " + DOCS + ".");
        }
        return documents;
    }

    private Workload work() {
        return switch (kind) {
            case OFFICE, HOT, SPREAD ->
                new Workload.Typing(
                        kind.everybody,
                        rate(),
                        !Options.has(parsed, NO_CARETS),
                        time(WARM_UP, Duration.ofSeconds(10)),
                        time(DURATION, Duration.ofSeconds(60)));
            case STORM -> new Workload.Storm(time(WITHIN, SECOND));
            case IDLE -> new Workload.Idle(time(DURATION, Duration.ofSeconds(20)));
        };
    }

    private static Duration time(LoadPlan plan) {
        return switch (plan.workload()) {
            case Workload.Typing typing -> typing.warm().plus(typing.duration().multipliedBy(plan.rounds()));
            case Workload.Storm storm -> storm.within().multipliedBy(plan.rounds());
            case Workload.Idle idle -> idle.rest().multipliedBy(2);
        };
    }

    // --- words and numbers

    private static InetSocketAddress relay(String url) {
        try {
            var uri = URI.create(url.contains("://") ? url : "ws://" + url);
            boolean plain = "ws".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (plain && uri.getHost() != null) {
                return new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort());
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw wrong("'" + url + "' is no address to load. Write one such as ws://127.0.0.1:7450.");
    }

    private static List<Long> pids(String typed) {
        return Arrays.stream(typed.split(",", -1)).map(BenchOptions::pid).toList();
    }

    private static Long pid(String typed) {
        if (!typed.matches("[1-9][0-9]{0,9}")
                || ProcessHandle.of(Long.parseLong(typed)).isEmpty()) {
            throw wrong(PID + " is '" + typed + "', and no such process runs here.");
        }
        return Long.parseLong(typed);
    }

    private int whole(String option, int otherwise, int most) {
        String typed = Options.value(parsed, option).orElse(Integer.toString(otherwise));
        if (!typed.matches("[1-9][0-9]{0,6}") || Integer.parseInt(typed) > most) {
            throw wrong(option + " is '" + typed + "'. Write a whole number from 1 to " + most + ".");
        }
        return Integer.parseInt(typed);
    }

    private double rate() {
        var typed = Options.value(parsed, RATE);
        double rate = typed.filter(text -> text.matches("[0-9]{1,6}(\\.[0-9]{1,6})?"))
                .map(Double::parseDouble)
                .orElse(typed.isPresent() ? 0 : kind.rate);
        if (rate < LEAST_RATE || rate > MOST_RATE) {
            throw wrong(RATE + " is '" + typed.orElse("") + "'. Write a number from 0.01 to 200.");
        }
        return rate;
    }

    private Duration time(String option, Duration otherwise) {
        return Options.value(parsed, option)
                .map(typed -> Words.life(option, typed, SECOND, LONGEST))
                .orElse(otherwise);
    }

    private static RelayFailure wrong(String sentence) {
        return new RelayFailure(RelayFailure.USAGE, sentence);
    }
}
