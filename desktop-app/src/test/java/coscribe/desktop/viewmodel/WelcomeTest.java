package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.InviteLink;
import coscribe.client.link.LinkLoss;
import coscribe.client.link.LinkLoss.Trouble;
import coscribe.client.link.RelayAddress;
import coscribe.client.runner.ClientException;
import coscribe.desktop.viewmodel.Welcome.Secrecy;
import coscribe.ot.protocol.FailureCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WelcomeTest {
    private static final String LINK = "coscribe://join/docs.example.org/7F3K-Q9TM-2XWD";
    private final List<String> did = new ArrayList<>();
    private final List<RelayAddress> tried = new ArrayList<>();
    private CompletableFuture<Object> answer = new CompletableFuture<>();
    private final Welcome welcome = under(Welcome.Rules.NONE);

    private Welcome under(Welcome.Rules rules) {
        return new Welcome(Strings.of(Locale.UK), new Noting(), rules, Runnable::run, "Mara Klein");
    }

    private final class Noting implements Welcome.Ways {
        @Override
        public CompletableFuture<?> join(InviteLink link, String name) {
            did.add("join " + link.addresses().getFirst() + " as " + name);
            tried.addAll(link.addresses());
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

        @Override
        public void signInToProxy(String proxy) {
            did.add("sign in to " + proxy);
        }
    }

    @Test
    void a_server_that_is_not_allowed_is_refused_on_the_card_and_never_asked() {
        var managed =
                under(new Welcome.Rules(address -> address.host().equals("docs.example.com"), Optional.empty(), false));
        managed.link().set(LINK);
        managed.next();
        assertThat(managed.card().get().orElseThrow().refusal())
                .isEqualTo("Your organisation doesn't allow docs.example.org. Nothing was changed."
                        + " Ask your IT team to allow it.");
        managed.join();
        assertThat(did).isEmpty();
        managed.back();
        managed.link().set(LINK.replace("example.org", "example.com"));
        managed.next();
        assertThat(managed.card().get().orElseThrow().refusal()).isEmpty();
        managed.join();
        assertThat(did).containsExactly("join docs.example.com as Mara Klein");
    }

    @Test
    void what_is_decided_and_cannot_be_read_is_said_at_once() {
        var managed = under(new Welcome.Rules(address -> false, Optional.empty(), true));
        assertThat(managed.brokenRules())
                .startsWith("The settings of your organisation on this computer can't be read");
        managed.link().set(LINK);
        managed.next();
        assertThat(managed.card().get().orElseThrow().refusal()).isEqualTo(managed.brokenRules());
        assertThat(welcome.brokenRules()).isEmpty();
    }

    @Test
    void a_code_alone_is_for_the_server_that_is_decided_on() {
        var server = RelayAddress.of("docs.example.org", OptionalInt.of(7450), true);
        var managed = under(new Welcome.Rules(address -> true, Optional.of(server), false));
        assertThat(managed.linkWords()).isEqualTo("Paste an invite link, or type a code for docs.example.org:7450");
        managed.link().set(" 7f3k-q9tm-2xwd ");
        managed.next();
        assertThat(managed.card().get().orElseThrow().link())
                .isEqualTo(new InviteLink(List.of(server), "7F3KQ9TM2XWD"));
        managed.back();
        managed.link().set("7F3K-Q9TM");
        managed.next();
        assertThat(managed.card().get()).isEmpty();
        welcome.link().set("7F3K-Q9TM-2XWD");
        welcome.next();
        assertThat(welcome.card().get()).as("nobody decided on one").isEmpty();
    }

    @Test
    void a_proxy_that_wants_a_sign_in_is_named_and_can_be_signed_in_to() {
        welcome.link().set(LINK);
        welcome.next();
        welcome.join();
        answer.completeExceptionally(
                new ClientException(new LinkLoss.Unreachable(Trouble.PROXY_SIGN_IN, "internal", "proxy:3128")));
        assertThat(welcome.trouble().get())
                .isEqualTo("Your network's proxy, proxy:3128, asks you to sign in. Nothing was changed."
                        + " Sign in to it, then try again.");
        welcome.signInToProxy();
        assertThat(did).last().isEqualTo("sign in to proxy:3128");
        answer = new CompletableFuture<>();
        welcome.join();
        assertThat(welcome.proxy().get()).isEmpty();
    }

    @Test
    void a_certificate_that_is_not_trusted_names_who_issued_it() {
        welcome.host();
        answer.completeExceptionally(
                new ClientException(new LinkLoss.Unreachable(Trouble.CERTIFICATE, "internal", "Acme Root")));
        assertThat(welcome.trouble().get())
                .endsWith("Nothing was sent. Ask your IT team to add its issuer, Acme Root.");
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
        assertThat(did).as("once").hasSize(1);
        welcome.begin();
        assertThat(welcome.card().get()).as("not while it is under way").isPresent();
        answer.complete("in");
        assertThat(welcome.busy().get()).isFalse();
        assertThat(welcome.trouble().get()).isEmpty();
    }

    @Test
    void joining_is_given_up_at_once_and_can_be_begun_again() {
        welcome.link().set(LINK);
        welcome.next();
        welcome.join();
        var first = answer;
        welcome.back();
        assertThat(first).as("leads to no window any more").isCancelled();
        assertThat(welcome.busy().get()).isFalse();
        assertThat(welcome.trouble().get()).isEmpty();
        assertThat(welcome.card().get()).isPresent();
        answer = new CompletableFuture<>();
        welcome.join();
        assertThat(did).hasSize(2);
        assertThat(welcome.busy().get()).isTrue();
        answer.complete("in");
        assertThat(welcome.card().get()).isEmpty();
    }

    @Test
    void a_link_that_led_in_is_done_with_and_the_next_one_begins_anew() {
        welcome.offer(LINK);
        welcome.next();
        welcome.join();
        answer.complete("in");
        assertThat(welcome.card().get()).isEmpty();
        assertThat(welcome.link().get()).isEmpty();
        welcome.offer(LINK);
        assertThat(welcome.link().get()).as("still in the clipboard").isEmpty();
        String other = "coscribe://join/docs.example.org/22FK-Q9TM-2XWD";
        welcome.offer(other);
        assertThat(welcome.link().get()).isEqualTo(other);
        assertThat(welcome.fromClipboard().get()).isTrue();
    }

    @Test
    void a_link_that_came_from_outside_while_another_led_in_still_shows_its_card() {
        welcome.link().set(LINK);
        welcome.next();
        welcome.join();
        var other = InviteLink.parse("coscribe://join/docs.example.org/22FK-Q9TM-2XWD");
        welcome.follow(other);
        answer.complete("in");
        assertThat(welcome.card().get().orElseThrow().link()).isEqualTo(other);
    }

    @Test
    void a_newer_link_in_the_clipboard_takes_the_place_of_one_that_nobody_touched() {
        welcome.offer(LINK);
        String newer = "coscribe://join/docs.example.org/22FK-Q9TM-2XWD";
        welcome.offer(newer);
        assertThat(welcome.link().get()).isEqualTo(newer);
        assertThat(welcome.fromClipboard().get()).isTrue();
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
    void the_card_knows_how_it_was_at_a_server_that_somebody_was_at_before() {
        var link = "coscribe://join/192.168.1.20:7450/7F3K-Q9TM-2XWD";
        var plain = new RelayAddress("192.168.1.20", 7450, false);
        welcome.link().set(link);
        welcome.next();
        welcome.met(List.of(plain));
        assertThat(welcome.card().get().orElseThrow().secrecy()).isEqualTo(Secrecy.NOT_ENCRYPTED);
        welcome.met(List.of(new RelayAddress("192.168.1.20", 7450, true)));
        assertThat(welcome.card().get().orElseThrow().secrecy()).isEqualTo(Secrecy.ENCRYPTED);
        welcome.join();
        assertThat(tried).as("nothing but what the card says").allMatch(RelayAddress::secure);
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
