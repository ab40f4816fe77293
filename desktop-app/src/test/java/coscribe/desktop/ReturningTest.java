package coscribe.desktop;

import static coscribe.desktop.SharedDocument.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import coscribe.client.runner.DocumentClient;
import coscribe.desktop.view.text.Fx;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody who comes back to a document, in a window of its own.
class ReturningTest {
    private static final int LINES = 400;

    @TempDir
    Path folder;

    private SharedDocument shared;
    private DocumentClient maras;

    @BeforeEach
    void a_long_document() throws Exception {
        shared = new SharedDocument(folder);
        shared.jonWasIn("jon", Role.EDITOR);
        maras = shared.mara.open(shared.id);
        maras.opened().get(30, TimeUnit.SECONDS);
        appends(1, LINES);
    }

    private void appends(int from, int to) throws Exception {
        var text = new StringBuilder();
        for (int i = from; i <= to; i++) {
            text.append("Line ").append(i).append(" of the plan.\n");
        }
        maras.run(it -> it.append(text.toString())).get(30, TimeUnit.SECONDS);
        maras.saved().get(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void end() throws Exception {
        shared.close();
    }

    private DocumentWindow opens() {
        return opens(shared.jonStarts("jon"));
    }

    private DocumentWindow opens(Desktop editor) {
        var window = shared.opens(editor);
        until(() -> window.client().text().contains("Line " + LINES));
        until(() -> !window.surface().isBehind());
        return window;
    }

    private static int at(DocumentWindow window, String words) {
        return window.client().text().indexOf(words);
    }

    private static void puts(DocumentWindow window, String words) {
        Fx.run(() -> window.model().selectInPlace(Caret.at(at(window, words))));
    }

    private static void looksAt(DocumentWindow window, String words, double height) {
        Fx.run(() -> window.surface().scrollTo(at(window, words), height));
        until(() -> isSeen(window, words));
    }

    private static boolean isSeen(DocumentWindow window, String words) {
        return window.surface().caretAt(at(window, words)).isPresent();
    }

    /// Px from the top edge.
    private static double heightOf(DocumentWindow window, String words) {
        until(() -> isSeen(window, words));
        return Fx.call(
                () -> window.surface().caretAt(at(window, words)).orElseThrow().getMinY());
    }

    @Test
    void a_document_opens_where_its_reader_was_with_the_caret_where_it_stood() {
        var editor = shared.jonStarts("jon");
        var window = opens(editor);
        assertThat(heightOf(window, "Line 1 of"))
                .as("the first time at its top")
                .isLessThan(100);
        puts(window, "205 of");
        looksAt(window, "Line 200 of", 0.25);
        double before = heightOf(window, "Line 200 of");
        shared.ends(editor);

        var again = opens();
        assertThat(Fx.call(() -> again.model().selection())).isEqualTo(Caret.at(at(again, "205 of")));
        assertThat(heightOf(again, "Line 200 of")).isCloseTo(before, within(1.5));
        assertThat(Fx.call(again::isCaretSeen)).isTrue();
    }

    @Test
    void the_page_stays_where_it_was_read_although_the_caret_is_far_from_there() {
        var editor = shared.jonStarts("jon");
        var window = opens(editor);
        puts(window, "7 of");
        looksAt(window, "Line 300 of", 0.5);
        shared.ends(editor);

        var again = opens();
        until(() -> isSeen(again, "Line 300 of"));
        assertThat(Fx.call(() -> again.model().selection())).isEqualTo(Caret.at(at(again, "7 of")));
    }

    @Test
    void in_a_text_that_takes_some_frames_to_draw_too() throws Exception {
        for (int from = LINES + 1; from < 8_000; from += 1_000) {
            appends(from, from + 999);
        }
        var editor = shared.jonStarts("jon");
        var window = opens(editor);
        until(() -> at(window, "Line 8000 of") > 0 && !window.surface().isBehind());
        puts(window, "7205 of");
        looksAt(window, "Line 7200 of", 0.25);
        double before = heightOf(window, "Line 7200 of");
        shared.ends(editor);

        var again = shared.opens(shared.jonStarts("jon"));
        until(() -> at(again, "Line 8000 of") > 0 && !again.surface().isBehind());
        assertThat(Fx.call(() -> again.model().selection())).isEqualTo(Caret.at(at(again, "7205 of")));
        assertThat(heightOf(again, "Line 7200 of")).isCloseTo(before, within(1.5));
    }

    @Test
    void what_others_wrote_above_meanwhile_leads_nobody_astray() throws Exception {
        var editor = shared.jonStarts("jon");
        var window = opens(editor);
        puts(window, "205 of");
        looksAt(window, "Line 200 of", 0.25);
        shared.ends(editor);
        maras.run(it -> it.insert(0, "A line above.\n".repeat(50))).get(30, TimeUnit.SECONDS);
        maras.saved().get(30, TimeUnit.SECONDS);

        var again = opens();
        until(() -> again.client().text().startsWith("A line above."));
        until(() -> isSeen(again, "Line 200 of"));
        assertThat(Fx.call(() -> again.model().selection())).isEqualTo(Caret.at(at(again, "205 of")));
    }

    @Test
    void a_text_that_is_gone_is_no_trouble() throws Exception {
        var editor = shared.jonStarts("jon");
        var window = opens(editor);
        puts(window, "395 of");
        looksAt(window, "Line 390 of", 0.25);
        shared.ends(editor);
        maras.run(it -> it.delete(0, it.text().length())).get(30, TimeUnit.SECONDS);
        maras.saved().get(30, TimeUnit.SECONDS);

        var again = shared.opens(shared.jonStarts("jon"));
        until(() -> again.client().text().isEmpty());
        assertThat(Fx.call(() -> again.model().selection())).isEqualTo(Caret.at(0));
        Fx.run(() -> again.model().type("New"));
        assertThat(again.client().text()).isEqualTo("New");
    }

    @Test
    void it_is_noted_soon_and_not_only_at_the_end() {
        var window = opens();
        Path noted = shared.profile("jon").resolve("whereabouts.properties");
        assertThat(noted).doesNotExist();
        puts(window, "205 of");
        int start = at(window, "Line 205 of");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(noted) && Files.readString(noted).contains(" " + start + " 5 "));
    }
}
