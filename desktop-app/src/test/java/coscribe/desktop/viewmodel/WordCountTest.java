package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.presence.Caret;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// In virtual time; what the count asks the document's thread for is done when the test says so.
class WordCountTest {
    private final Crowd crowd = new Crowd("We start with the garden beds.\n");
    private final EditorModel model = new EditorModel(crowd.client, crowd.time);
    private final Deque<Runnable> home = new ArrayDeque<>();
    private final WordCount count = new WordCount(model, Strings.of(Locale.UK), crowd.time, home::add);

    /// Time in which nothing happens but the count.
    private void passes() {
        for (int i = 0; i < 4; i++) {
            crowd.time.pass(Duration.ofMillis(DebouncedTask.PAUSE_MILLIS));
            while (!home.isEmpty()) {
                home.remove().run();
            }
        }
    }

    private void types(String text) {
        var done = crowd.client.run(it -> {
            model.select(Caret.at(0));
            model.type(text);
        });
        crowd.time.settle();
        done.join();
    }

    @Test
    void says_how_many_words_there_are_and_how_many_are_selected() {
        passes();
        assertThat(count.words().get()).isEqualTo("6 words");
        var done = crowd.client.run(it -> model.select(new Caret(3, 13)));
        crowd.time.settle();
        done.join();
        passes();
        assertThat(count.words().get()).isEqualTo("2 of 6 words");
    }

    @Test
    void a_key_counts_nothing_itself_and_many_keys_are_counted_once() {
        passes();
        for (int i = 0; i < 50; i++) {
            types("a ");
            assertThat(count.words().get()).isEqualTo("6 words");
        }
        assertThat(home).as("nothing was asked for but what is due later").hasSizeLessThan(2);
        passes();
        assertThat(count.words().get()).isEqualTo("56 words");
    }

    @Test
    void what_others_write_counts() {
        passes();
        var jon = crowd.joins("Jon");
        crowd.types(jon, 0, "Now ");
        passes();
        assertThat(count.words().get()).isEqualTo("7 words");
    }

    @Test
    void a_text_that_changed_while_it_was_counted_is_counted_again() {
        passes();
        types("One ");
        crowd.time.pass(Duration.ofMillis(DebouncedTask.PAUSE_MILLIS));
        home.remove().run(); // the count begins
        crowd.time.settle();
        types("Two ");
        passes();
        assertThat(count.words().get()).isEqualTo("8 words");
    }

    @Test
    void nothing_is_counted_any_more_when_it_is_closed() {
        passes();
        count.close();
        types("More ");
        passes();
        assertThat(count.words().get()).isEqualTo("6 words");
    }
}
