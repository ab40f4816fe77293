package coscribe.bench.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How to start Java programs as this one was started.
public final class Java {
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

    /// The editor, as it is built for people.
    ///
    /// @param home  the repository
    public static List<String> editor(Path home, List<String> options, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(executable());
        command.addAll(options);
        command.add("-jar");
        command.add(home.resolve("desktop-app/target/app/coscribe-app.jar").toString());
        command.addAll(arguments);
        return command;
    }

    /// The relay: its jar where it was built, else the same classes from this program's class path.
    ///
    /// @param home  the repository
    public static List<String> relay(Path home, List<String> options, List<String> arguments) {
        Path jar = home.resolve("relay-server/target/coscribe-relay.jar");
        if (!Files.isRegularFile(jar)) {
            return program(options, "coscribe.relay.Main", arguments);
        }
        var command = new ArrayList<String>();
        command.add(executable());
        command.addAll(options);
        command.add("-jar");
        command.add(jar.toString());
        command.addAll(arguments);
        return command;
    }
}
