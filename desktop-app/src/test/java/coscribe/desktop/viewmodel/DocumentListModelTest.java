package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.link.RelayAddress;
import coscribe.client.runner.ClientException;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.FailureCode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DocumentListModelTest {
    private static final Instant NOW = Instant.parse("2026-11-24T14:02:00Z");
    private final List<String> did = new ArrayList<>();
    private CompletableFuture<List<DocumentEntry>> listed = new CompletableFuture<>();
    private final CompletableFuture<Object> answer = new CompletableFuture<>();
    private final Strings strings = Strings.of(Locale.UK);
    private final DocumentListModel model = new DocumentListModel(strings, new Noting(), Runnable::run);
    private final EntryWords words = new EntryWords(strings, () -> NOW, ZoneOffset.UTC);

    private final class Noting implements DocumentListModel.Shelf {
        @Override
        public CompletableFuture<List<DocumentEntry>> list() {
            return listed;
        }

        @Override
        public CompletableFuture<?> create() {
            did.add("create");
            return answer;
        }

        @Override
        public CompletableFuture<?> open(DocumentEntry entry) {
            did.add("open " + entry.title());
            return answer;
        }

        @Override
        public CompletableFuture<?> rename(DocumentEntry entry, String title) {
            did.add("rename " + entry.title() + " to " + title);
            return answer;
        }
    }

    private static DocumentEntry entry(int number, String title, Duration ago, int waiting) {
        return new DocumentEntry(
                new RelayAddress("docs.example.org", 443, true),
                new DocumentId("%032x".formatted(number)),
                title,
                false,
                Optional.of(NOW.minus(ago)),
                waiting);
    }

    private void shows(DocumentEntry... entries) {
        listed.complete(List.of(entries));
        model.refresh();
    }

    @Test
    void what_was_used_last_stands_on_top() {
        assertThat(model.loaded().get()).isFalse();
        shows(entry(1, "Old", Duration.ofDays(3), 0), entry(2, "New", Duration.ofHours(1), 0));
        assertThat(model.loaded().get()).isTrue();
        assertThat(model.entries()).extracting(DocumentEntry::title).containsExactly("New", "Old");
    }

    @Test
    void a_list_that_does_not_come_leaves_what_is_shown() {
        shows(entry(1, "Plan", Duration.ZERO, 0));
        listed = new CompletableFuture<>();
        listed.completeExceptionally(new ClientException("away"));
        model.refresh();
        assertThat(model.entries()).hasSize(1);
    }

    @Test
    void a_new_title_is_shown_at_once() {
        shows(entry(1, "Plan", Duration.ZERO, 0));
        model.rename(model.entries().getFirst(), " Plan for spring ");
        assertThat(did).containsExactly("rename Plan to Plan for spring");
        assertThat(model.entries()).extracting(DocumentEntry::title).containsExactly("Plan for spring");
        answer.complete("done");
        assertThat(model.entries()).extracting(DocumentEntry::title).containsExactly("Plan for spring");
    }

    @Test
    void the_old_title_is_back_where_the_new_one_is_refused() {
        shows(entry(1, "Plan", Duration.ZERO, 0));
        model.rename(model.entries().getFirst(), "Mine");
        answer.completeExceptionally(new ClientException(FailureCode.FORBIDDEN, "no"));
        assertThat(model.entries()).extracting(DocumentEntry::title).containsExactly("Plan");
        assertThat(model.trouble().get()).startsWith("docs.example.org doesn't let you do that.");
    }

    @Test
    void no_title_and_the_same_title_change_nothing() {
        shows(entry(1, "Plan", Duration.ZERO, 0));
        model.rename(model.entries().getFirst(), "   ");
        model.rename(model.entries().getFirst(), "Plan");
        assertThat(did).isEmpty();
    }

    @Test
    void one_thing_at_a_time_is_opened() {
        shows(entry(1, "Plan", Duration.ZERO, 0));
        model.create();
        model.open(model.entries().getFirst());
        assertThat(did).containsExactly("create");
        answer.complete("there");
        model.open(model.entries().getFirst());
        assertThat(did).containsExactly("create", "open Plan");
    }

    @Test
    void a_row_says_when_it_was_used_and_what_waits() {
        assertThat(words.used(entry(1, "a", Duration.ofSeconds(59), 0))).isEqualTo("just now");
        assertThat(words.used(entry(1, "a", Duration.ofHours(2), 0))).isEqualTo("12:02");
        assertThat(words.used(entry(1, "a", Duration.ofHours(15), 0))).isEqualTo("yesterday");
        assertThat(words.used(entry(1, "a", Duration.ofDays(3), 0))).isEqualTo("21 November 2026");
        assertThat(words.state(entry(1, "a", Duration.ZERO, 0))).isEmpty();
        assertThat(words.state(entry(1, "a", Duration.ZERO, 1))).isEqualTo("1 edit waiting");
        assertThat(words.state(entry(1, "a", Duration.ZERO, 3))).isEqualTo("3 edits waiting");
        assertThat(words.title(entry(1, " ", Duration.ZERO, 0))).isEqualTo("Untitled");
    }
}
