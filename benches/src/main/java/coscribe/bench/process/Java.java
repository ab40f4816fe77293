package coscribe.bench.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How to start Java programs as this one was started.
public final class Java {
    /// As if nothing had been rehearsed.
    public static final String UNREHEARSED = "-XX:AOTMode=off";

    static final String RELAY_JAR = "relay-server/target/coscribe-relay.jar";
    private static final String EDITOR_JAR = "desktop-app/target/app/coscribe-app.jar";
    private static final String BENCHES_JAR = "coscribe-benches.jar";
    /// Made by scripts/toolbox.sh.
    private static final String CACHE = "desktop-app/target/app/coscribe.aot";

    private Java() {}

    private static String executable() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /// A main class from this program's own class path.
    public static List<String> program(List<String> options, String mainClass, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(executable());
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    /// The editor, as it is built for people and as `./run` starts it: its jar where it was built,
    /// else the same classes from this program's class path.
    ///
    /// @param home  the repository
    public static List<String> editor(Path home, List<String> options, List<String> arguments) {
        Path jar = home.resolve(EDITOR_JAR);
        if (!Files.isRegularFile(jar)) {
            var all = new ArrayList<>(options);
            all.add("--enable-native-access=ALL-UNNAMED");
            return program(all, "coscribe.desktop.Main", arguments);
        }
        var command = new ArrayList<String>();
        command.add(executable());
        command.addAll(cached(home));
        command.addAll(options);
        command.add("-jar");
        command.add(jar.toString());
        command.addAll(arguments);
        return command;
    }

    /// The editor with hands, by a main class from this program's own class path: the built one
    /// where this program was built with it.
    ///
    /// @param home  the repository
    public static List<String> editor(Path home, List<String> options, String mainClass, List<String> arguments) {
        Path jar = home.resolve(EDITOR_JAR);
        String own = System.getProperty("java.class.path");
        if (!own.endsWith(BENCHES_JAR) || !Files.isRegularFile(jar)) {
            var all = new ArrayList<>(options);
            all.add("--enable-native-access=ALL-UNNAMED");
            return program(all, mainClass, arguments);
        }
        // Without that option, which the cache was not made with: the editor's jar says it for who starts it by -jar.
        var command = new ArrayList<String>();
        command.add(executable());
        command.addAll(cached(home));
        command.addAll(options);
        command.add("-cp");
        command.add(jar + File.pathSeparator + own);
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    /// Whether what was rehearsed helps the editor's start.
    ///
    /// @param home  the repository
    public static boolean isRehearsed(Path home) {
        return Files.isRegularFile(home.resolve(CACHE));
    }

    private static List<String> cached(Path home) {
        return isRehearsed(home) ? List.of("-XX:AOTCache=" + home.resolve(CACHE)) : List.of();
    }

    /// The relay: its jar where it was built, with what was rehearsed ({@link RelayCache}), else the
    /// same classes from this program's class path.
    ///
    /// @param home  the repository
    public static List<String> relay(Path home, List<String> options, List<String> arguments) {
        Path jar = home.resolve(RELAY_JAR);
        if (!Files.isRegularFile(jar)) {
            return program(options, "coscribe.relay.Main", arguments);
        }
        var command = new ArrayList<String>();
        command.add(executable());
        command.addAll(RelayCache.options(home));
        command.addAll(options);
        command.add("-jar");
        command.add(jar.toString());
        command.addAll(arguments);
        return command;
    }
}
