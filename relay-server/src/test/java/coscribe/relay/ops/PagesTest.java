package coscribe.relay.ops;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.relay.store.StoreUnavailableException;
import coscribe.relay.transport.HttpAnswer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
    private Optional<String> refusal = Optional.empty();
    private final Readiness readiness = new Readiness(() -> refusal);
    private final Pages pages = new Pages(readiness, () -> "docs.example.org");

    @Test
    void a_relay_is_alive_whatever_its_store_does() {
        storeSays(false);

        assertThat(get("/healthz").status()).isEqualTo(200);
    }

    @Test
    void it_is_ready_while_its_store_answers_and_it_is_not_leaving() {
        assertThat(get("/readyz").status()).isEqualTo(503);
        storeSays(true);
        assertThat(get("/readyz").status()).isEqualTo(200);
        storeSays(false);
        assertThat(get("/readyz").status()).isEqualTo(503);
        assertThat(get("/readyz").fields()).containsEntry("Retry-After", "2");
        storeSays(true);
        readiness.drain();
        assertThat(get("/readyz").body()).startsWith("draining");
    }

    @Test
    void while_edits_are_refused_it_says_why_and_people_may_come_to_read() {
        storeSays(true);
        refusal = Optional.of("0 replicas are attached.");
        assertThat(get("/readyz").status()).isEqualTo(200);
        assertThat(get("/readyz").body().strip())
                .isEqualTo("ready, for readers only. Edits are refused: 0 replicas are attached.");
        refusal = Optional.empty();
        assertThat(get("/readyz").body().strip()).isEqualTo("ready");
    }

    @Test
    void a_store_that_throws_instead_of_answering_is_away_too() {
        storeSays(true);
        readiness.ask(() -> {
            throw new StoreUnavailableException("closed");
        });

        assertThat(get("/readyz").status()).isEqualTo(503);
    }

    @Test
    void an_invite_page_leads_into_the_app_and_loads_nothing_from_elsewhere() {
        var page = get("/j/7f3kq9tm2xwd");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("href=\"coscribe://join/docs.example.org/7F3K-Q9TM-2XWD\"")
                .doesNotContain("<script")
                .doesNotContain("http://")
                .doesNotContain("https://")
                .doesNotContain("<img");
        assertThat(page.fields().get("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(page.fields()).containsEntry("Cache-Control", "no-store");
        assertThat(page.body().length()).isLessThan(4_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "<script>alert(1)</script>", "7F3K-Q9TM-2XWD/..", "%3Cb%3E", "\"onload="})
    void what_is_no_code_is_not_repeated(String typed) {
        var page = get("/j/" + typed);

        assertThat(page.status()).isEqualTo(404);
        assertThat(page.body())
                .contains("This is not an invite link")
                .isEqualTo(get("/j/").body());
    }

    @Test
    void a_strange_host_is_escaped() {
        var page = new Pages(readiness, () -> "a\"><b>&").get("/j/7f3kq9tm2xwd").orElseThrow();

        assertThat(page.body()).contains("a&quot;&gt;&lt;b&gt;&amp;").doesNotContain("<b>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/healthz/", "/metrics", "/j", "/admin", "*", "/../etc/passwd"})
    void nothing_else_is_there(String path) {
        assertThat(pages.get(path)).isEmpty();
    }

    private void storeSays(boolean there) {
        readiness.ask(() -> there
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(new StoreUnavailableException("away")));
    }

    private HttpAnswer get(String path) {
        return pages.get(path).orElseThrow();
    }
}
