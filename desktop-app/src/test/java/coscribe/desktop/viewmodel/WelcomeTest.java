package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.InviteLink;
import coscribe.client.link.LinkLoss;
import coscribe.client.link.LinkLoss.Trouble;
import coscribe.client.runner.ClientException;
import coscribe.desktop.viewmodel.Welcome.Secrecy;
import coscribe.ot.protocol.FailureCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WelcomeTest {
    private static final String LINK = "coscribe://join/docs.example.org/7F3K-Q9TM-2XWD";
    private final List<String> did = new ArrayList<>();
    private CompletableFuture<Object> answer = new CompletableFuture<>();
    private final Welcome welcome = new Welcome(Strings.of(Locale.UK), new Noting(), Runnable::run, "Mara Klein");

    private final class Noting implements Welcome.Ways {
        @Override
        public CompletableFuture<?> join(InviteLink link, String name) {
            did.add("join " + link.addresses().getFirst() + " as " + name);
            return answer;
        }

        @Override
        public Optional<Supplier<CompletableFuture<?>>> host() {
            return Optional.of(() -> {
                did.add("host");
                return answer;
            });
        }

        @Override
        public CompletableFuture<?> open(DocumentEntry recent) {
            did.add("open " + recent.title());
            return answer;
        }
    }

    @Test
    void a_link_in_the_clipboard_is_filled_in_and_labelled() {
        welcome.offer("  " + LINK + "\n");
        assertThat(welcome.link().get()).isEqualTo(LINK);
        assertThat(welcome.fromClipboard().get()).isTrue();
        welcome.link().set(LINK + "x");
        assertThat(welcome.fromClipboard().get()).isFalse();
    }

    @Test
    void other_things_in_the_clipboard_and_what_was_typed_are_left_alone() {
        welcome.offer("a recipe for soup");
        assertThat(welcome.link().get()).isEmpty();
        welcome.link().set("typed");
        welcome.offer(LINK);
        assertThat(welcome.link().get()).isEqualTo("typed");
    }

    @Test
    void a_link_only_shows_its_card_and_joins_when_that_is_answered() {
        welcome.link().set(LINK);
        welcome.next();
        assertThat(did).isEmpty();
        var card = welcome.card().get().orElseThrow();
        assertThat(card.server()).isEqualTo("docs.example.org");
        assertThat(card.secrecy()).isEqualTo(Secrecy.ENCRYPTED);
        welcome.join();
        assertThat(did).containsExactly("join docs.example.org as Mara Klein");
        assertThat(welcome.busy().get()).isTrue();
        welcome.join();
        welcome.back();
        assertThat(did).as("once").hasSize(1);
        assertThat(welcome.card().get()).as("not while it is under way").isPresent();
        answer.complete("in");
        assertThat(welcome.busy().get()).isFalse();
        assertThat(welcome.trouble().get()).isEmpty();
    }

    @Test
    void the_card_says_when_others_on_the_network_could_read_along() {
        welcome.link().set("coscribe://join/192.168.1.20:7450/7F3K-Q9TM-2XWD");
        welcome.next();
        var card = welcome.card().get().orElseThrow();
        assertThat(card.server()).isEqualTo("192.168.1.20:7450");
        assertThat(card.secrecy()).isEqualTo(Secrecy.MAYBE);
        welcome.back();
        assertThat(welcome.card().get()).isEmpty();
    }

    @Test
    void a_server_on_this_computer_warns_of_no_network() {
        for (String here : List.of("127.0.0.1:7450", "localhost:7450", "[::1]:7450")) {
            welcome.link().set("coscribe://join/" + here + "/7F3K-Q9TM-2XWD");
            welcome.next();
            assertThat(welcome.card().get().orElseThrow().secrecy()).as(here).isEqualTo(Secrecy.HERE);
        }
        welcome.link().set("coscribe://join/127.0.0.1.example.org:7450/7F3K-Q9TM-2XWD");
        welcome.next();
        assertThat(welcome.card().get().orElseThrow().secrecy()).isNotEqualTo(Secrecy.HERE);
    }

    @Test
    void what_is_no_link_is_said_to_be_none() {
        welcome.next();
        assertThat(welcome.trouble().get()).startsWith("Paste an invite link first.");
        welcome.link().set("https://docs.example.org/");
        assertThat(welcome.trouble().get()).as("typing takes it away").isEmpty();
        welcome.next();
        assertThat(welcome.trouble().get()).startsWith("This is no invite link.");
        assertThat(welcome.card().get()).isEmpty();
    }

    @Test
    void nobody_joins_without_a_name() {
        welcome.link().set(LINK);
        welcome.next();
        welcome.name().set("  ");
        welcome.join();
        assertThat(did).isEmpty();
        assertThat(welcome.trouble().get()).isEqualTo("Type the name that others will see.");
        welcome.name().set(" Jon ");
        welcome.join();
        assertThat(did).containsExactly("join docs.example.org as Jon");
    }

    @Test
    void a_refusal_is_told_in_words_and_can_be_tried_again() {
        welcome.link().set(LINK);
        welcome.next();
        welcome.join();
        answer.completeExceptionally(
                new CompletionException(new ClientException(FailureCode.INVITE_EXPIRED, "internal")));
        assertThat(welcome.trouble().get())
                .isEqualTo("This invite link expired. Nothing was changed. Ask the person who sent it for a new one.");
        answer = new CompletableFuture<>();
        welcome.join();
        assertThat(did).hasSize(2);
        assertThat(welcome.trouble().get()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void every_way_of_not_reaching_a_server_has_its_sentence(Trouble trouble) {
        welcome.host();
        answer.completeExceptionally(new ClientException(new LinkLoss.Unreachable(trouble, "internal")));
        assertThat(welcome.trouble().get())
                .isNotEmpty()
                .isNotEqualTo("internal")
                .contains(". Nothing was ");
    }

    @ParameterizedTest
    @EnumSource(FailureCode.class)
    void every_refusal_has_its_sentence(FailureCode code) {
        welcome.host();
        answer.completeExceptionally(new ClientException(code, "internal"));
        assertThat(welcome.trouble().get())
                .isNotEmpty()
                .isNotEqualTo("internal")
                .contains("Nothing was changed.");
    }

    @Test
    void a_bug_is_not_shown_as_it_is() {
        welcome.host();
        answer.completeExceptionally(new IllegalStateException("NullPointerException at line 7"));
        assertThat(welcome.trouble().get())
                .isEqualTo("Something went wrong with this computer. Nothing was changed. Try again.");
    }
}
