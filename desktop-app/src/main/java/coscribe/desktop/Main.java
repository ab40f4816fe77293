package coscribe.desktop;

import coscribe.desktop.SingleInstance.Claim;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// `coscribe`: reads what was asked for, makes sure to be the only one on the profile, and opens
/// the editor. Ends with 0; 1 where the profile cannot be used, 2 where the command line is not
/// understood.
public final class Main {
    private static final Duration OTHER_ANSWERS_WITHIN = Duration.ofSeconds(10);
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(List.of(args), desktop -> {}));
    }

    /// Does what was typed, without ending the process; returns its exit code when the editor was
    /// closed.
    ///
    /// @param watcher  is shown the editor before it opens anything, on the thread that draws
    public static int run(List<String> args, Consumer<Desktop> watcher) {
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
            case Invocation.Start(var wish, var profile) ->
                open(wish, places(profile, System.getenv(), System::getProperty), watcher);
        };
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

    private static int open(Wish wish, Places places, Consumer<Desktop> watcher) {
        Logs.quiet();
        return switch (SingleInstance.claim(places.data(), wish, OTHER_ANSWERS_WITHIN)) {
            case Claim.First(var instance) -> {
                try (instance) {
                    Logs.to(places.logs());
                    Editor.run(new Editor.Start(places, wish, instance, version(), watcher));
                }
                yield 0;
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
