package coscribe.relay.it;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.runner.DocumentClient;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Role;
import coscribe.relay.store.redis.RedisTier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// People type through two relays, strict over a primary, its replica and three Sentinels, all real,
/// while primaries are killed, some of them with edits that their replica never got.
@Tag("slow")
class FailoverTest {
    private static final int WRITERS = 6;
    private static final int FAILOVERS = Integer.getInteger("coscribe.failovers", 3);
    private static final int WORDS_BETWEEN = 30;

    @TempDir
    private Path folder;

    private final Set<String> saved = ConcurrentHashMap.newKeySet();
    private final Queue<Typist> resting = new ConcurrentLinkedQueue<>();
    private volatile boolean rest;
    private volatile boolean enough;

    /// Types a word when the one before is saved.
    private final class Typist {
        private final String name;
        private final DocumentClient document;
        private final CountDownLatch done = new CountDownLatch(1);
        private int words;

        Typist(String name, DocumentClient document) {
            this.name = name;
            this.document = document;
        }

        void types() {
            if (enough) {
                done.countDown();
                return;
            }
            if (rest) {
                resting.add(this);
                return;
            }
            var word = name + "-" + ++words + ".";
            var _ = document.run(it -> it.append(word))
                    .thenCompose(_ -> document.saved())
                    .thenRun(() -> {
                        saved.add(word);
                        types();
                    });
        }

        void isDone() throws InterruptedException {
            assertThat(done.await(60, TimeUnit.SECONDS))
                    .as("%s is saved, with %s", name, document.status())
                    .isTrue();
        }
    }

    private House house(RedisTier tier, String name) {
        return House.in(
                folder.resolve(name), "--store", "redis", "--redis-url", tier.url(), "--redis-wait-replicas", "1");
    }

    @Test
    void nothing_that_was_saved_is_lost_and_all_texts_are_equal() throws Exception {
        try (var tier = RedisTier.start(1);
                var one = house(tier, "one");
                var two = house(tier, "two")) {
            var plan = one.document("Mara");
            var typists = new ArrayList<Typist>();
            for (int i = 0; i < WRITERS; i++) {
                var name = "w" + i;
                one.grant(plan, name, Role.EDITOR);
                var document = (i % 2 == 0 ? one : two).client(name).open(plan);
                document.opened().orTimeout(30, TimeUnit.SECONDS).join();
                typists.add(new Typist(name, document));
            }
            typists.forEach(Typist::types);
            int lostTails = 0;
            for (int failover = 0; failover < FAILOVERS; failover++) {
                boolean behind = failover % 2 == 0;
                awaitWords(saved.size() + WORDS_BETWEEN);
                if (behind) {
                    dieWithAnEdit(tier, plan);
                    lostTails++;
                } else {
                    tier.failOver(false, () -> {});
                }
            }
            awaitWords(saved.size() + WORDS_BETWEEN);
            enough = true;
            for (Typist typist : typists) {
                typist.isDone();
            }
            var newcomer = one.client("Mara").open(plan); // has nothing but what the relay reads from the store
            newcomer.opened().orTimeout(30, TimeUnit.SECONDS).join();
            var text = newcomer.text();
            assertThat(saved).allSatisfy(word -> assertThat(text).containsOnlyOnce(word));
            assertThat(text.chars().filter(each -> each == '.').count()).isEqualTo(saved.size());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(texts(typists))
                            .containsOnly(texts(typists).getFirst()));
            assertThat(texts(typists).getFirst().strip()).isEqualTo(text.strip());
            System.out.println("failovers: " + FAILOVERS + ", " + lostTails + " of them with edits that only the dead"
                    + " primary had; " + saved.size() + " words of " + WRITERS + " writers saved, each there once");
        }
    }

    /// Kills a primary with an edit that is nowhere else. Nobody's edit is under way when its replica is cut off: one
    /// that waits for that replica would keep all others from the primary.
    private void dieWithAnEdit(RedisTier tier, DocumentId plan) {
        rest = true;
        Awaitility.await("all rest").atMost(Duration.ofSeconds(60)).until(() -> resting.size() == WRITERS);
        var dead = tier.primary();
        long before = revision(dead.port(), plan);
        tier.cutReplica();
        rest = false;
        for (int i = 0; i < WRITERS; i++) {
            resting.remove().types();
        }
        Awaitility.await("an edit is on the primary alone")
                .atMost(Duration.ofSeconds(30))
                .until(() -> revision(dead.port(), plan) > before);
        tier.replacePrimary(true);
    }

    private static List<String> texts(List<Typist> typists) {
        return typists.stream().map(typist -> typist.document.text()).toList();
    }

    private void awaitWords(int count) {
        Awaitility.await("words are saved again").atMost(Duration.ofSeconds(60)).until(() -> saved.size() >= count);
    }

    /// Where the document's log ends on one server.
    private static long revision(int port, DocumentId document) {
        try (var admin = new redis.clients.jedis.Jedis("127.0.0.1", port)) {
            return Long.parseLong(admin.hget("cs:{" + document.hex() + "}:head", "revision"));
        }
    }
}
