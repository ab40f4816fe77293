package coscribe.desktop;

import coscribe.desktop.SingleInstance.Claim;
import coscribe.desktop.policy.LastGood;
import coscribe.desktop.policy.Policy;
import coscribe.desktop.policy.PolicySource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `coscribe`: reads what was asked for, makes sure to be the only one on the profile, and opens
/// the editor. Ends with 0; 1 where the profile cannot be used, 2 where the command line is not
/// understood, 128 and the number of the signal by which the system asked it to end.
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final Duration OTHER_ANSWERS_WITHIN = Duration.ofSeconds(10);
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(List.of(args), PolicySource.of(System.getProperty("os.name")), desktop -> {}));
    }

    /// Does what was typed, without ending the process; returns its exit code when the editor was
    /// closed.
    ///
    /// @param managed  what is decided for everybody at this computer
    /// @param watcher  is shown the editor before it opens anything, on the thread that draws
    public static int run(List<String> args, PolicySource managed, Consumer<Desktop> watcher) {
        return switch (Invocation.read(args)) {
            case Invocation.Help() -> {
                System.out.print(Invocation.USAGE);
                yield 0;
            }
            case Invocation.Version() -> {
                System.out.println("Coscribe " + version());
                yield 0;
            }
            case Invocation.Wrong(var sentence) -> {
                System.err.println(sentence);
                yield USAGE;
            }
            case Invocation.PolicyReport(var profile) -> report(places(profile), managed);
            case Invocation.Start(var wish, var profile) -> open(wish, places(profile), managed, watcher);
        };
    }

    private static Places places(Optional<Path> profile) {
        return places(profile, System.getenv(), System::getProperty);
    }

    private static Places places(
            Optional<Path> profile, Map<String, String> environment, UnaryOperator<String> property) {
        return profile.map(Places::in)
                .orElseGet(() ->
                        Places.usual(property.apply("os.name"), Path.of(property.apply("user.home")), environment));
    }

    /// What the build wrote into the jar.
    static String version() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    /// Ends with 1 where what is decided makes no sense.
    private static int report(Places places, PolicySource managed) {
        Logs.quiet();
        var policy = Policy.of(
                managed.place(), new LastGood(places.data()).beside(managed.read()), chosen(places), packaged());
        System.out.print(policy.report());
        return policy.state() == Policy.State.GOOD ? 0 : FAILED;
    }

    /// What the person chose instead, in a file of names and texts.
    private static Properties chosen(Places places) {
        return new SettingsFile(places.settings(), "preferences", "What was chosen in Coscribe").read();
    }

    /// What the package decides that this program came in; a program from elsewhere has none.
    private static Properties packaged() {
        return Optional.ofNullable(System.getProperty("coscribe.package"))
                .map(folder -> new SettingsFile(Path.of(folder), "package", "What this package decides").read())
                .orElseGet(Properties::new);
    }

    private static Policy decided(Places places, PolicySource managed) {
        var last = new LastGood(places.data());
        var reading = last.beside(managed.read());
        last.keep(reading);
        if (reading instanceof PolicySource.Broken(var sentence, var before)) {
            LOG.error(
                    "event=policy_broken place={} why=\"{}\" last_good={}",
                    managed.place(),
                    sentence,
                    before.isPresent());
        }
        return Policy.of(managed.place(), reading, chosen(places), packaged());
    }

    private static int open(Wish wish, Places places, PolicySource managed, Consumer<Desktop> watcher) {
        Logs.quiet();
        return switch (SingleInstance.claim(places.data(), wish, OTHER_ANSWERS_WITHIN)) {
            case Claim.First(var instance) -> {
                try (instance) {
                    Logs.to(places.logs());
                    var policy = decided(places, managed);
                    LOG.info("event=started version={} policy={}", version(), policy.state());
                    Networks.prepare(policy);
                    int code = Editor.run(new Editor.Start(places, policy, wish, instance, version(), watcher));
                    LOG.info("event=ended code={}", code);
                    yield code;
                }
            }
            case Claim.HandedOver() -> {
                System.out.println("Coscribe runs with this profile already: its window comes to the front.");
                yield 0;
            }
            case Claim.Failed(var sentence) -> {
                System.err.println(sentence);
                yield FAILED;
            }
        };
    }
}
