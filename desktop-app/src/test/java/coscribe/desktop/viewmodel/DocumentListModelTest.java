package coscribe.desktop.viewmodel;

import static coscribe.client.link.LinkLoss.Trouble.NO_ANSWER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import coscribe.client.journal.JournalException;
import coscribe.client.link.LinkLoss;
import coscribe.client.link.RelayAddress;
import coscribe.client.runner.ClientException;
import coscribe.desktop.viewmodel.AttemptFailedException.Attempt;
import coscribe.desktop.viewmodel.DocumentListModel.Asked;
import coscribe.desktop.viewmodel.DocumentListModel.Notice;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.RelayId;
import coscribe.ot.protocol.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class DocumentListModelTest {
    private static final RelayId DOCS = new RelayId("d".repeat(32));
    private static final RelayId OTHER = new RelayId("0".repeat(32));
    private static final Instant NOW = Instant.parse("2026-11-24T14:02:00Z");
    private final List<String> did = new ArrayList<>();
    private final List<Asked> asked = new ArrayList<>();
    private CompletableFuture<List<DocumentEntry>> here = CompletableFuture.completedFuture(List.of());
    private CompletableFuture<List<Asked>> servers = CompletableFuture.completedFuture(asked);
    private int times;
    private final CompletableFuture<Object> answer = new CompletableFuture<>();
    private final Strings strings = Strings.of(Locale.UK);
    private final DocumentListModel model = new DocumentListModel(strings, new Noting(), Runnable::run);
    private final EntryWords words = new EntryWords(strings, () -> NOW, ZoneOffset.UTC);

    private final class Noting implements DocumentListModel.Shelf {
        @Override
        public CompletableFuture<List<DocumentEntry>> here() {
            times++;
            return here;
        }

        @Override
        public CompletableFuture<List<Asked>> servers() {
            return servers.thenApply(List::copyOf);
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
                DOCS,
                new DocumentId("%032x".formatted(number)),
                title,
                false,
                Optional.of(NOW.minus(ago)),
                waiting,
                Optional.empty(),
                true);
    }

    /// As a relay tells it, which knows nothing of this computer.
    private static DocumentEntry told(int number, String title, Duration ago, Role role) {
        return new DocumentEntry(
                new RelayAddress("docs.example.org", 443, true),
                DOCS,
                new DocumentId("%032x".formatted(number)),
                title,
                false,
                Optional.of(NOW.minus(ago)),
                0,
                Optional.of(role),
                false);
    }

    private void shows(DocumentEntry... entries) {
        here = CompletableFuture.completedFuture(List.of(entries));
        model.refresh();
    }

    /// A server is asked from now on; what is returned is its answer.
    private CompletableFuture<List<DocumentEntry>> server(RelayId id, String name) {
        var answer = new CompletableFuture<List<DocumentEntry>>();
        asked.add(new Asked(id, name, answer));
        return answer;
    }

    /// Every server says the same as before, or nothing yet.
    private CompletableFuture<List<DocumentEntry>> askedAgain(int number) {
        var before = asked.get(number);
        var answer = new CompletableFuture<List<DocumentEntry>>();
        asked.set(number, new Asked(before.server(), before.name(), answer));
        return answer;
    }

    private String unreached() {
        return model.unreached().get().map(Notice::words).orElse("");
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
        here = CompletableFuture.failedFuture(new ClientException("away"));
        model.refresh();
        assertThat(model.entries()).hasSize(1);
        servers = CompletableFuture.failedFuture(new IllegalStateException("the disk"));
        model.refresh();
        assertThat(model.entries()).hasSize(1);
        assertThat(model.asking().get()).isFalse();
    }

    @Test
    void what_is_here_is_shown_at_once_and_what_a_server_says_when_it_has() {
        var answer = server(DOCS, "docs.example.org");
        shows(entry(1, "Plan", Duration.ofHours(1), 2));
        assertThat(model.entries()).extracting(DocumentEntry::title).containsExactly("Plan");
        assertThat(model.asking().get()).isTrue();

        answer.complete(List.of(
                told(2, "Elsewhere", Duration.ofMinutes(5), Role.VIEWER),
                told(1, "Plan as it was", Duration.ofDays(1), Role.OWNER)));
        assertThat(model.entries())
                .extracting(DocumentEntry::title, DocumentEntry::waiting, DocumentEntry::here, DocumentEntry::role)
                .containsExactly(
                        tuple("Elsewhere", 0, false, Optional.of(Role.VIEWER)),
                        tuple("Plan", 2, true, Optional.of(Role.OWNER)));
        assertThat(model.entries().getLast().used()).contains(NOW.minus(Duration.ofHours(1)));
        assertThat(model.asking().get()).isFalse();
        assertThat(unreached()).isEmpty();
    }

    @Test
    void the_server_s_title_counts_where_nothing_waits() {
        server(DOCS, "docs.example.org").complete(List.of(told(1, "Theirs", Duration.ZERO, Role.EDITOR)));
        shows(entry(1, "Old", Duration.ofDays(1), 0));
        assertThat(model.entries()).extracting(DocumentEntry::title).containsExactly("Theirs");
    }

    @Test
    void an_empty_list_is_said_to_be_empty_only_when_everybody_has_answered() {
        var answer = server(DOCS, "docs.example.org");
        shows();
        assertThat(model.loaded().get()).isFalse();
        answer.complete(List.of());
        assertThat(model.loaded().get()).isTrue();
    }

    @Test
    void a_server_that_is_away_is_told_and_what_it_said_before_stays() {
        var answer = server(DOCS, "docs.example.org");
        answer.complete(List.of(told(2, "Elsewhere", Duration.ZERO, Role.VIEWER)));
        shows(entry(1, "Plan", Duration.ofHours(1), 0));
        askedAgain(0).completeExceptionally(new ClientException(new LinkLoss.Unreachable(NO_ANSWER, "no answer")));
        shows(entry(1, "Plan", Duration.ofHours(1), 3));
        assertThat(unreached())
                .isEqualTo("Can't reach docs.example.org. You see the documents that are kept on this computer."
                        + " Coscribe is trying again.");
        assertThat(model.unreached().get().orElseThrow().code()).contains("CS-01");
        assertThat(model.entries())
                .extracting(DocumentEntry::title, DocumentEntry::waiting)
                .containsExactly(tuple("Elsewhere", 0), tuple("Plan", 3));

        askedAgain(0).complete(List.of());
        model.refresh();
        assertThat(unreached()).isEmpty();
        assertThat(model.entries()).extracting(DocumentEntry::title).containsExactly("Plan");
    }

    @Test
    void one_server_that_answers_is_not_kept_waiting_by_one_that_does_not() {
        var slow = server(DOCS, "docs.example.org");
        server(OTHER, "192.168.1.20:7450").complete(List.of(told(2, "Quick", Duration.ZERO, Role.OWNER)));
        shows();
        assertThat(model.entries()).extracting(DocumentEntry::title).containsExactly("Quick");
        slow.completeExceptionally(new ClientException("away"));
        assertThat(model.entries()).hasSize(1);
        assertThat(unreached()).startsWith("Can't reach docs.example.org.");
    }

    @Test
    void several_servers_that_are_away_are_told_once() {
        server(DOCS, "docs.example.org").completeExceptionally(new ClientException("away"));
        server(OTHER, "192.168.1.20:7450").completeExceptionally(new ClientException("away"));
        shows();
        assertThat(unreached()).startsWith("Can't reach 2 of your servers.");
    }

    @Test
    void a_server_that_says_no_is_told_as_what_it_said() {
        server(DOCS, "docs.example.org")
                .completeExceptionally(new CompletionException(new ClientException(FailureCode.STORE_AWAY, "away")));
        shows();
        assertThat(unreached()).startsWith("docs.example.org can't list your documents at the moment.");
        askedAgain(0).completeExceptionally(new ClientException(FailureCode.UNAUTHENTICATED, "who?"));
        model.refresh();
        assertThat(unreached()).startsWith("You've been signed out of docs.example.org.");
        askedAgain(0).completeExceptionally(new ClientException(FailureCode.FORBIDDEN, "for one document"));
        model.refresh();
        assertThat(unreached()).as("it has none for this person").isEmpty();
    }

    @Test
    void a_server_that_is_no_longer_asked_takes_its_documents_and_its_trouble_along() {
        server(DOCS, "docs.example.org").complete(List.of(told(2, "Elsewhere", Duration.ZERO, Role.OWNER)));
        server(OTHER, "192.168.1.20:7450").completeExceptionally(new ClientException("away"));
        shows();
        asked.clear();
        model.refresh();
        assertThat(model.entries()).isEmpty();
        assertThat(unreached()).isEmpty();
    }

    @Test
    void asked_again_while_answers_are_awaited_it_looks_once_more_afterwards() {
        var answer = server(DOCS, "docs.example.org");
        model.refresh();
        model.refresh();
        model.refresh();
        assertThat(times).isEqualTo(1);
        var second = askedAgain(0);
        answer.complete(List.of());
        assertThat(times).isEqualTo(2);
        second.complete(List.of(told(1, "Fresh", Duration.ZERO, Role.OWNER)));
        assertThat(times).isEqualTo(2);
        assertThat(model.entries()).extracting(DocumentEntry::title).containsExactly("Fresh");
    }

    @Test
    void a_new_title_survives_what_the_server_said_before_it_heard_of_it() {
        server(DOCS, "docs.example.org").complete(List.of(told(1, "Plan", Duration.ZERO, Role.OWNER)));
        shows();
        model.rename(model.entries().getFirst(), "Plan B");
        askedAgain(0).complete(List.of(told(1, "Plan", Duration.ZERO, Role.OWNER)));
        model.refresh();
        assertThat(model.entries()).extracting(DocumentEntry::title).containsExactly("Plan B");
        answer.complete("done");
        assertThat(model.entries()).extracting(DocumentEntry::title).containsExactly("Plan B");
        askedAgain(0).complete(List.of(told(1, "Somebody else's", Duration.ZERO, Role.OWNER)));
        model.refresh();
        assertThat(model.entries()).extracting(DocumentEntry::title).containsExactly("Somebody else's");
    }

    @Test
    void what_failed_is_told_with_its_code_until_it_is_read() {
        model.create();
        answer.completeExceptionally(new AttemptFailedException(
                Attempt.CREATE, "docs.example.org", new ClientException(new LinkLoss.Unreachable(NO_ANSWER, "no"))));
        assertThat(model.trouble().get())
                .contains(new Notice(
                        Optional.of("CS-01"),
                        "Can't reach docs.example.org. Nothing was changed. Check your connection and try again."));
        model.dismiss();
        assertThat(model.trouble().get()).isEmpty();
    }

    @Test
    void guests_are_told_that_they_make_no_documents() {
        model.create();
        answer.completeExceptionally(new AttemptFailedException(
                Attempt.CREATE, "docs.example.org", new ClientException(FailureCode.FORBIDDEN, "a guest")));
        assertThat(trouble()).startsWith("docs.example.org lets guests write with others, but not make documents.");
    }

    @Test
    void what_the_disk_says_is_told_in_words_of_its_own() {
        model.fail(new JournalException(JournalException.Kind.LOCKED, "locked"), "docs.example.org");
        assertThat(trouble()).startsWith("This document is open in another window or program of this computer.");
        model.fail(new CompletionException(new ClientException(FailureCode.NO_ACCESS, "no")), "docs.example.org");
        assertThat(trouble()).startsWith("There is no such document at docs.example.org, or it isn't shared with you.");
    }

    private String trouble() {
        return model.trouble().get().map(Notice::words).orElse("");
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
        assertThat(trouble()).startsWith("docs.example.org doesn't let you do that.");
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
    void a_row_says_when_it_was_opened_last_and_what_waits() {
        assertThat(words.used(entry(1, "a", Duration.ofSeconds(59), 0))).isEqualTo("opened just now");
        assertThat(words.used(entry(1, "a", Duration.ofHours(2), 0))).isEqualTo("opened 12:02");
        assertThat(words.used(entry(1, "a", Duration.ofHours(15), 0))).isEqualTo("opened yesterday");
        assertThat(words.used(entry(1, "a", Duration.ofDays(3), 0))).isEqualTo("opened 21 November 2026");
        assertThat(words.state(entry(1, "a", Duration.ZERO, 0))).isEmpty();
        assertThat(words.state(entry(1, "a", Duration.ZERO, 1))).isEqualTo("1 edit waiting");
        assertThat(words.state(entry(1, "a", Duration.ZERO, 3))).isEqualTo("3 edits waiting");
        assertThat(words.about(told(1, "a", Duration.ZERO, Role.EDITOR))).isEqualTo("docs.example.org");
        assertThat(words.about(told(1, "a", Duration.ZERO, Role.VIEWER))).isEqualTo("docs.example.org \u00b7 can view");
        assertThat(words.title(entry(1, " ", Duration.ZERO, 0))).isEqualTo("Untitled");
    }
}
