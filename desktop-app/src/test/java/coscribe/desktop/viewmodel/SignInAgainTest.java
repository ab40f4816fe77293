package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.InviteLink;
import coscribe.client.link.RelayAddress;
import coscribe.client.runner.ClientException;
import coscribe.ot.protocol.FailureCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SignInAgainTest {
    private static final String LINK = "coscribe://join/docs.example.org/7F3K-Q9TM-2XWD";
    private static final String ELSEWHERE = "coscribe://join/other.example.org/7F3K-Q9TM-2XWD";

    private final List<InviteLink> followed = new ArrayList<>();
    private final CompletableFuture<Boolean> answer = new CompletableFuture<>();
    private int done;
    private final SignInAgain card = new SignInAgain(
            Strings.of(Locale.UK),
            new RelayAddress("docs.example.org", 443, true),
            link -> {
                followed.add(link);
                return answer;
            },
            Runnable::run,
            () -> done++);

    @Test
    void a_link_to_the_same_server_lets_one_in_again() {
        card.link().set(LINK);
        card.signIn();
        card.signIn();
        assertThat(followed).containsExactly(InviteLink.parse(LINK));
        assertThat(card.busy().get()).isTrue();
        assertThat(done).isZero();
        answer.complete(true);
        assertThat(card.busy().get()).isFalse();
        assertThat(done).isEqualTo(1);
        assertThat(card.link().get()).isEmpty();
    }

    @Test
    void a_link_elsewhere_or_none_goes_nowhere_and_is_told() {
        card.signIn();
        assertThat(card.trouble().get()).startsWith("Paste an invite link first.");
        card.link().set(ELSEWHERE);
        assertThat(card.trouble().get()).isEmpty();
        card.signIn();
        assertThat(card.trouble().get())
                .isEqualTo("This link leads to another server. Ask for one to docs.example.org.");
        card.link().set("hello");
        card.signIn();
        assertThat(card.trouble().get()).startsWith("This is no invite link.");
        assertThat(followed).isEmpty();
    }

    @Test
    void a_link_that_the_server_refuses_is_told_and_can_be_replaced() {
        card.link().set(LINK);
        card.signIn();
        answer.completeExceptionally(new ClientException(FailureCode.INVITE_EXPIRED, "No."));
        assertThat(card.trouble().get()).startsWith("This invite link expired.");
        assertThat(card.busy().get()).isFalse();
        assertThat(done).isZero();
        assertThat(card.link().get()).isEqualTo(LINK);
    }

    @Test
    void only_a_link_to_this_server_is_taken_from_the_clipboard_and_only_into_an_empty_field() {
        card.offer("hello");
        card.offer(ELSEWHERE);
        assertThat(card.link().get()).isEmpty();
        card.offer(" " + LINK);
        assertThat(card.link().get()).isEqualTo(LINK);
        assertThat(card.fromClipboard().get()).isTrue();
        card.link().set("mine");
        assertThat(card.fromClipboard().get()).isFalse();
        card.offer(LINK);
        assertThat(card.link().get()).isEqualTo("mine");
    }
}
