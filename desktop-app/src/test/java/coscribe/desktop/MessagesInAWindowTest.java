package coscribe.desktop;

import static coscribe.desktop.SharedDocument.until;
import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.journal.JournalException;
import coscribe.desktop.view.frame.Walk;
import coscribe.desktop.view.text.Fx;
import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.protocol.Role;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a writer reads in a real window when their relay, their rights or their disk fail them, from
/// the failure itself on: every word as it is on the screen.
class MessagesInAWindowTest {
    private static final PersonId JON = new PersonId("b2".repeat(16));

    private static final String MOST_OF_A_SUBMISSION = "A line of the plan.\n".repeat(Limits.SUBMISSION_UNITS / 22);

    @TempDir
    Path folder;

    private void in(Consumer<ScriptedWindow> test) {
        try (var window = Fx.call(() -> new ScriptedWindow(folder))) {
            Fx.run(() -> test.accept(window));
        }
    }

    private static Document text(String words) {
        return Document.EMPTY.apply(Change.of(Delta.builder().insert(words).build(1)));
    }

    @Test
    void a_window_may_still_hear_something_while_its_program_ends() {
        in(it -> {
            var failures = new ArrayList<Throwable>();
            var drawing = Thread.currentThread();
            var before = drawing.getUncaughtExceptionHandler();
            drawing.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
            try {
                it.ends();
                it.types("a");
                it.goesAway();
                it.types("b");
                it.passes(Duration.ofSeconds(60));
            } finally {
                drawing.setUncaughtExceptionHandler(before);
            }
            assertThat(failures).isEmpty();
            assertThat(it.status()).containsExactly("Offline - 1 edit kept", "Offline - 1 edit kept");
        });
    }

    @Test
    void a_relay_that_is_away_is_counted_down_to_and_then_said_to_be_out_of_reach() {
        in(it -> {
            it.types("a", "b", "c");
            assertThat(it.status()).containsExactly("Saved 22:13", "Saved 22:13");
            it.goesAway();
            it.types("d", "e", "f");
            assertThat(it.said).anyMatch(words -> words.matches("Reconnecting in [1-9][0-9]?s"));
            assertThat(it.said).anyMatch(words -> words.matches("Reconnecting in [1-9][0-9]?s - 3 edits kept"));
            assertThat(it.messages()).as("for a minute nothing covers anything").isEmpty();

            it.passes(Duration.ofSeconds(60));
            assertThat(it.status()).containsExactly("Offline - 3 edits kept", "Offline - 3 edits kept");
            assertThat(it.messages())
                    .containsExactly("Can't reach docs.example.org. Your 3 edits are kept on this device. Keep writing;"
                            + " Coscribe is trying again.");
            assertThat(it.offers()).containsExactly("Try Now");

            it.relay.reachable = true;
            it.presses("Try Now");
            it.passes(Duration.ofSeconds(1));
            assertThat(it.messages()).isEmpty();
            assertThat(it.status()).allMatch(words -> words.matches("Saved 22:1[0-9]"));
            assertThat(it.relay.plain()).isEqualTo("abcdef");
        });
    }

    @Test
    void without_a_network_every_window_says_so_at_once_and_counts_down_again_when_there_is_one() throws Exception {
        var network = new AtomicReference<>(Set.of(InetAddress.getByName("192.0.2.7")));
        try (var it = Fx.call(() -> ScriptedWindow.watching(folder, network::get))) {
            Fx.run(() -> {
                it.types("a");
                it.goesAway();
                it.types("b");
            });
            assertThat(it.said.getLast()).startsWith("Reconnecting");
            network.set(Set.of());
            until(() -> it.said.getLast().equals("Offline - 1 edit kept"));
            assertThat(Fx.call(it::status)).containsOnly("Offline - 1 edit kept");
            network.set(Set.of(InetAddress.getByName("192.0.2.8")));
            until(() -> it.said.getLast().startsWith("Reconnecting"));
        }
    }

    @Test
    void the_count_of_kept_edits_falls_on_the_screen_while_they_go_out_and_the_details_say_what_came_together() {
        in(it -> {
            it.types("a");
            it.goesAway();
            for (int i = 0; i < 3; i++) {
                it.window.model().pastePlain(MOST_OF_A_SUBMISSION); // so that each goes out by itself
                it.passes(Duration.ofSeconds(2));
            }
            it.relay.commit(JON, Change.of(Delta.builder().insert("Jon ").build(it.relay.text.length())));
            it.relay.commit(JON, Change.of(Delta.builder().insert("and ").build(it.relay.text.length())));
            it.passes(Duration.ofSeconds(60));
            it.said.clear();
            it.relay.reachable = true;
            it.window.client().tryNow();
            it.passes(Duration.ofSeconds(1));

            var counts = it.said.stream()
                    .filter(words -> words.startsWith("Saving..."))
                    .toList();
            assertThat(counts)
                    .as("all that was said: %s", it.said)
                    .startsWith("Saving... 3 edits to go")
                    .endsWith("Saving... 1 edit to go") // two may be acknowledged at once
                    .doesNotHaveDuplicates()
                    .isSortedAccordingTo(Comparator.reverseOrder());
            assertThat(it.status()).allMatch(words -> words.startsWith("Saved 22:1"));
            Fx.run(((Button) it.window.frame().root().lookup(".status-label"))::fire);
            assertThat(Walk.words(it.window.frame().root())).contains("3 edits sent; 2 from others added");
        });
    }

    @Test
    void message_11_a_role_is_taken_away_while_edits_are_under_way() {
        in(it -> {
            it.types("a");
            it.relay.swallows = message -> true; // under way, and not there yet
            it.types("b", "c");
            it.relay.swallows = message -> false;
            it.relay.refuses = Optional.of(Refusal.ROLE);
            it.relay.becomes(Role.VIEWER);
            it.relay.cut();
            it.passes(Duration.ofSeconds(31));
            assertThat(it.messages())
                    .containsExactly(
                            "You can now view but not edit 'Plan'. Your 2 unsent edits are kept in a private copy.");
            assertThat(it.offers()).containsExactly("Open My Copy", "Request Access");
            assertThat(it.status()).containsOnly("Read-only - viewer");
            assertThat(it.window.model().editableProperty().get()).isFalse();
            assertThat(it.desk.document.copies())
                    .singleElement()
                    .satisfies(
                            copy -> assertThat(copy.document().text().plain()).isEqualTo("abc\n"));
        });
    }

    @Test
    void message_11_with_nothing_unsent() {
        in(it -> {
            it.types("a");
            it.relay.becomes(Role.VIEWER);
            it.passes(Duration.ZERO);
            assertThat(it.messages())
                    .containsExactly("You can now view but not edit 'Plan'. All your edits are saved. Ask the owner if"
                            + " you need to edit.");
            assertThat(it.offers()).containsExactly("Request Access");
            assertThat(it.status()).containsOnly("Read-only - viewer");
            it.relay.becomes(Role.EDITOR);
            it.passes(Duration.ZERO);
            assertThat(it.messages()).isEmpty();
            it.types("b");
            assertThat(it.relay.plain()).isEqualTo("ab");
        });
    }

    @Test
    void message_10_access_is_removed() {
        in(it -> {
            it.types("a");
            it.goesAway();
            it.types("b", "c");
            it.relay.turnsAway(FailureCode.NO_ACCESS, "No.");
            it.relay.reachable = true;
            it.passes(Duration.ofSeconds(31));
            assertThat(it.messages())
                    .containsExactly(
                            "You no longer have access to 'Plan'. Your 2 unsent edits are kept in a private copy."
                                    + " Ask the owner to share it again.");
            assertThat(it.offers()).containsExactly("Open My Copy");
            assertThat(it.status()).containsOnly("Read-only - 2 edits kept");
            assertThat(it.window.model().editableProperty().get()).isFalse();
        });
    }

    @Test
    void a_store_that_has_no_room_is_told_by_the_status_line_and_not_by_a_message() {
        in(it -> {
            it.types("a");
            it.relay.refuses = Optional.of(Refusal.STORE_FULL);
            it.types("b");
            assertThat(it.status()).containsOnly("Read-only - server full");
            assertThat(it.messages()).isEmpty();
            it.relay.refuses = Optional.empty();
            it.passes(Duration.ofSeconds(31));
            assertThat(it.status()).allMatch(words -> words.startsWith("Saved 22:1"));
            assertThat(it.relay.plain()).isEqualTo("ab");
        });
    }

    @Test
    void message_13_the_server_takes_an_edit_not_and_the_text_from_before_is_kept() {
        in(it -> {
            it.types("a");
            it.relay.refuses = Optional.of(Refusal.INVALID);
            it.window.model().type("b");
            it.passes(Duration.ZERO);
            it.relay.refuses = Optional.empty();
            it.passes(Duration.ofSeconds(5));
            reloaded(it, "ab");
            assertThat(it.window.surface().readBack().plain()).isEqualTo("a\n");
            assertThat(it.status()).allMatch(words -> words.startsWith("Saved 22:1"));
        });
    }

    @Test
    void message_13_the_server_has_another_text() {
        in(it -> {
            it.types("a");
            it.relay.text = text("Quite another text. ");
            it.relay.commit(JON, Change.of(Delta.builder().insert("Jon's. ").build(it.relay.text.length())));
            it.passes(Duration.ofSeconds(31));
            reloaded(it, "a");
            assertThat(it.window.surface().readBack().plain()).isEqualTo("Jon's. Quite another text. \n");
        });
    }

    private static void reloaded(ScriptedWindow it, String kept) {
        assertThat(it.messages())
                .singleElement()
                .asString()
                .matches("'Plan' was reloaded to match the server\\. Your text from before is kept as the copy"
                        + " 'Before reload, 22:13'\\.");
        assertThat(it.offers()).containsExactly("Open My Copy");
        assertThat(it.desk.document.copies())
                .singleElement()
                .satisfies(copy -> assertThat(copy.document().text().plain()).contains(kept));
    }

    @Test
    void message_14_the_disk_takes_nothing_more() {
        in(it -> {
            it.types("a");
            it.goesAway();
            it.journal.fails = Optional.of(JournalException.Kind.FULL);
            it.types("b", "c");
            assertThat(it.messages())
                    .containsExactly(
                            "This computer's disk is full. Everything up to 22:13 is saved on the server; later"
                                    + " edits are only in memory. Free some space now.");
            assertThat(it.offers()).containsExactly("Export a Copy");
            assertThat(it.said).anyMatch(words -> words.endsWith("s - 2 edits in memory only"));
            it.journal.fails = Optional.empty();
            it.passes(Duration.ofSeconds(10));
            assertThat(it.messages()).isEmpty();
            assertThat(it.said.getLast()).endsWith("- 2 edits kept");
        });
    }
}
