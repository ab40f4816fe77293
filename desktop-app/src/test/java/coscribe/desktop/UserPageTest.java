package coscribe.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.desktop.policy.Policy;
import coscribe.desktop.policy.PolicyFile;
import coscribe.desktop.view.frame.Theme;
import coscribe.desktop.view.frame.Walk;
import coscribe.desktop.view.text.Fx;
import coscribe.desktop.viewmodel.Strings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javafx.application.ColorScheme;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every command of docs/user.md does what the page says.
class UserPageTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```\\n(.*?)^```$");

    @TempDir
    Path folder;

    @Test
    void every_command_of_the_page_works() throws Exception {
        Files.writeString(
                folder.resolve("plan.coscribe"), "coscribe://join/docs.example.org/7F3K-Q9TM-2XWD\nThe plan\n");
        var blocks = BLOCK.matcher(Files.readString(Path.of("..", "docs", "user.md")));
        int commands = 0;
        while (blocks.find()) {
            for (String line : blocks.group(1).lines().toList()) {
                assertThat(line).startsWith("coscribe ");
                run(line.substring("coscribe ".length()));
                commands++;
            }
        }
        assertThat(commands).isEqualTo(6);
    }

    private void run(String command) throws Exception {
        var args = Arrays.stream(command.split(" "))
                .map(word -> word.equals("plan.coscribe")
                        ? folder.resolve(word).toString()
                        : word.replace("~", folder.toString()))
                .toList();
        switch (Invocation.read(args)) {
            case Invocation.Start(var wish, var profile) -> opens(wish, profile.orElse(folder.resolve("usual")));
            case Invocation.Wrong wrong -> throw new AssertionError(command + ": " + wrong.sentence());
            case Invocation.Help _, Invocation.Version _, Invocation.PolicyReport _ ->
                assertThat(printed(args)).as(command).isNotBlank();
        }
    }

    private String printed(List<String> args) {
        var before = System.out;
        var out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            assertThat(Main.run(args, new PolicyFile(folder.resolve("policy.json")), desktop -> {}))
                    .isZero();
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /// A link shows where it leads; without one there is the way in.
    private void opens(Wish wish, Path profile) throws Exception {
        var over = new CompletableFuture<Boolean>();
        var desktop = Fx.call(() -> {
            var started = new Desktop(
                    new Desktop.Around(
                            Places.in(profile),
                            Policy.none(),
                            Strings.of(Locale.UK),
                            Theme.of(ColorScheme.LIGHT),
                            new FxHome(),
                            InstantSource.system(),
                            ZoneOffset.UTC,
                            new SecureRandom(),
                            "Jon",
                            "test",
                            target -> {},
                            (owner, name) -> Optional.empty(),
                            () -> Set.of()),
                    () -> over.complete(true));
            started.open(wish);
            return started;
        });
        String expected = wish instanceof Wish.Join ? "Join docs.example.org?" : "Host from this computer";
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Fx.call(() -> Window.getWindows().stream()
                        .filter(Window::isShowing)
                        .flatMap(window -> Walk.words(window.getScene().getRoot()).stream())
                        .anyMatch(expected::equals)));
        Fx.run(desktop::quit);
        assertThat(over.get(60, TimeUnit.SECONDS)).isTrue();
    }
}
