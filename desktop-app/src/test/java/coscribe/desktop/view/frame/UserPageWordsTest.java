package coscribe.desktop.view.frame;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.desktop.view.text.Fx;
import coscribe.desktop.viewmodel.Strings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The menus, keys, and words of the status line in docs/user.md are those that the editor has.
class UserPageWordsTest {
    private static final Path PAGE = Path.of("..", "docs", "user.md");
    private static final Strings ENGLISH = Strings.of(Locale.UK);
    private static final Pattern MENU = Pattern.compile("\\*\\*(\\w+) > ([^*]+)\\*\\*(?: \\(([^)]+)\\))?");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]+?) \\| ([^|]+?) \\|$");

    private static String page() throws IOException {
        return Files.readString(PAGE).replaceAll("\\s*\\n\\s*", " ");
    }

    private static Optional<Command> named(String label) {
        return Arrays.stream(Command.values())
                .filter(command -> command.label(ENGLISH).replace("...", "").equals(label))
                .findFirst();
    }

    private static Set<String> inMenus() {
        return Fx.call(() -> {
            var commands = new Commands();
            for (Command command : Command.values()) {
                commands.put(command, () -> {});
            }
            var all = new HashSet<String>();
            for (var menu : Menus.bar(commands, ENGLISH).getMenus()) {
                for (var item : menu.getItems()) {
                    if (item.getText() != null) {
                        all.add(Mnemonics.without(
                                menu.getText() + " > " + item.getText().replace("...", "")));
                    }
                }
            }
            return all;
        });
    }

    @Test
    void menus_have_what_the_page_says_under_the_keys_that_it_says() throws Exception {
        var menus = inMenus();
        var named = MENU.matcher(page());
        int count = 0;
        while (named.find()) {
            count++;
            assertThat(menus).contains(named.group(1) + " > " + named.group(2));
            if (named.group(3) != null) {
                assertThat(named(named.group(2)).orElseThrow().shownKeys()).isEqualTo(named.group(3));
            }
        }
        assertThat(count).isGreaterThan(8);
    }

    @Test
    void keys_do_what_the_page_says() throws Exception {
        String page = Files.readString(PAGE);
        var rows = ROW.matcher(
                page.substring(page.indexOf("| What | Keys |"), page.indexOf("At the beginning of a line")));
        int count = 0;
        while (rows.find()) {
            if (!rows.group(1).equals("What") && !rows.group(1).startsWith("---")) {
                count++;
                assertThat(named(rows.group(1)).map(Command::shownKeys))
                        .as(rows.group(1))
                        .contains(rows.group(2));
            }
        }
        assertThat(count).isGreaterThan(10);
    }

    @Test
    void the_status_line_says_what_the_page_says() throws Exception {
        var said = Set.of(
                ENGLISH.get("status.saved", "14:02"),
                ENGLISH.get("status.saving"),
                ENGLISH.get("status.reconnecting"),
                ENGLISH.count("status.offline.kept", 3),
                ENGLISH.count("status.offline.memory", 3),
                ENGLISH.get("status.readOnly"),
                ENGLISH.count("status.signedOut.kept", 3));
        String page = Files.readString(PAGE);
        String table = page.substring(page.indexOf("| It says |"), page.indexOf("Should your text"));
        Set<String> told = ROW.matcher(table)
                .results()
                .map(row -> row.group(1))
                .filter(word -> !word.equals("It says") && !word.startsWith("---"))
                .collect(Collectors.toSet());
        assertThat(told).isEqualTo(said);
    }

    @Test
    void buttons_are_called_as_the_page_calls_them() throws Exception {
        String page = Files.readString(PAGE);
        for (String key : List.of("welcome.join", "welcome.host", "banner.signInToProxy", "share.button")) {
            assertThat(page).contains("**" + ENGLISH.get(key) + "**");
        }
        assertThat(page).contains("\"This computer doesn't trust the certificate\"");
        assertThat(ENGLISH.get("trouble.issuer")).startsWith("This computer doesn't trust the certificate");
    }
}
