package coscribe.installers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// The files that packages are made of, and the system's programs that know what is right.
final class Repository {
    static final Path HOME =
            Path.of(System.getProperty("coscribe.home", "..")).toAbsolutePath().normalize();
    static final Path INSTALLERS = HOME.resolve("installers");

    private Repository() {}

    /// What a program said, both streams.
    record Said(int exitCode, String text) {}

    static String read(String name) throws IOException {
        return Files.readString(INSTALLERS.resolve(name));
    }

    /// As ./package fills it in.
    static String filled(String name) throws IOException {
        String text = read(name).replace("@VERSION@", "1.2.3").replace("@DATE@", "2026-11-24");
        for (var part : List.of("upgrade-backup.sh", "user.sh")) {
            text = text.replace("@" + part + "@", read("relay/" + part));
        }
        assertThat(text).as(name).doesNotContainPattern("^@");
        return text;
    }

    static Said run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Said(process.exitValue(), text);
    }

    static void accepted(List<String> command) throws IOException, InterruptedException {
        var said = run(command);
        assertThat(said.exitCode()).as("%s says:%n%s", command, said.text()).isZero();
    }

    /// What `coscribe-relay` answers, from the jar that the build made.
    static String relaySays(String... words) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("coscribe.relay.jar", "")));
        command.addAll(List.of(words));
        var said = run(command);
        assertThat(said.exitCode()).as(said.text()).isZero();
        return said.text();
    }

    static List<String> matches(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
