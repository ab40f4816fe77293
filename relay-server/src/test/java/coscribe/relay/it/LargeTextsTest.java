package coscribe.relay.it;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.runner.DocumentClient;
import coscribe.kit.ChildJvm;
import coscribe.kit.RawClient;
import coscribe.ot.protocol.CloseReason;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.protocol.Role;
import coscribe.relay.cli.load.Figures;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Texts that are large, and texts that are too large.
class LargeTextsTest {
    private static final int MEGABYTE = 1_000_000;
    private static final int HUNDRED_MEGABYTES = 100 * MEGABYTE;

    @TempDir
    private Path folder;

    @Test
    void a_megabyte_that_is_pasted_goes_in_by_pieces_while_somebody_else_writes() throws Exception {
        try (var house = House.in(folder)) {
            var plan = house.document("Mara");
            house.grant(plan, "Jon", Role.EDITOR);
            var maras = house.client("Mara").open(plan);
            var jons = house.client("Jon").open(plan);
            within60s(CompletableFuture.allOf(maras.opened(), jons.opened()));
            within60s(jons.run(it -> it.append("Jon: ")).thenCompose(_ -> jons.saved()));

            long pasted = System.nanoTime();
            within60s(maras.run(it -> it.insert(0, "0123456789".repeat(MEGABYTE / 10))));
            var saved = maras.saved().thenApply(_ -> System.nanoTime() - pasted);
            var his = new Figures();
            int words = 0;
            while (!saved.isDone() || words == 0) {
                long struck = System.nanoTime();
                within60s(jons.run(it -> it.append("x")).thenCompose(_ -> jons.saved()));
                his.add(System.nanoTime() - struck);
                words++;
            }
            long took = within60s(saved);

            int others = words;
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() ->
                            revision(maras) == revision(jons) && jons.text().length() > MEGABYTE);
            assertThat(maras.text()).isEqualTo(jons.text()).hasSize(MEGABYTE + "Jon: ".length() + others);
            assertThat(revision(maras) - 1 - others)
                    .as("pieces")
                    .isBetween((long) MEGABYTE / Limits.SUBMISSION_UNITS, 2L * MEGABYTE / Limits.SUBMISSION_UNITS + 2);
            System.out.printf(
                    Locale.ROOT,
                    "a paste of 1 MB: saved after %.0f ms; meanwhile %d words of another were saved after %.1f ms (half of"
                            + " them), p99 %.1f, most %.1f ms%n",
                    took / 1e6,
                    words,
                    his.millis(50),
                    his.millis(99),
                    his.most());
        }
    }

    private static long revision(DocumentClient document) {
        return document.session().revision().number();
    }

    private static <T> T within60s(CompletableFuture<T> future) {
        return future.orTimeout(60, TimeUnit.SECONDS).join();
    }

    /// Runs with little memory: what comes in is refused before it is there, what is stored is not kept.
    static final class InASmallHeap {
        private InASmallHeap() {}

        public static void main(String[] args) throws Exception {
            var folder = Path.of(args[0]);
            try (var house = House.in(folder)) {
                var mara = house.caller("Mara");
                var minutes = mara.create("Minutes");
                mara.join(minutes);
                house.grant(minutes, "Eve", Role.EDITOR);
                aMessage(house.caller("Eve", minutes));
                moreThanADocumentHolds(house);
                aStoredDocument(house, folder);
                mara.type("We go on");
                var eve = house.caller("Eve", minutes);
                assertThat(eve.text()).isEqualTo("We go on");
            }
            System.out.println("went on");
        }

        private static void aMessage(Caller eve) throws IOException {
            eve.bytes(RawClient.header(0x81, 0x80, HUNDRED_MEGABYTES));
            eve.expectClose(CloseReason.TOO_BIG);
        }

        private static void moreThanADocumentHolds(House house) throws IOException {
            var document = house.document("Eve");
            var eve = house.caller("Eve", document);
            String piece = "x".repeat(Limits.SUBMISSION_UNITS);
            for (int i = 0; i < Limits.DOCUMENT_UNITS / Limits.SUBMISSION_UNITS; i++) {
                eve.type(piece);
            }
            long seq = eve.submit("[" + eve.insert(piece) + "," + eve.length() + "]");
            eve.expectRefusal(seq, Refusal.TOO_LARGE, "more than 2000000 characters");
        }

        private static void aStoredDocument(House house, Path folder) throws IOException, SQLException {
            var document = house.document("Mara");
            alter(
                    folder,
                    "UPDATE snapshot SET bytes = CAST('{\"ops\":[\"' || hex(zeroblob(" + HUNDRED_MEGABYTES / 2
                            + ")) || '\\n\"]}' AS BLOB) WHERE document = (SELECT key FROM document WHERE id = '"
                            + document + "')");
            for (int i = 0; i < 3; i++) {
                house.caller("Mara")
                        .sayJoin(document)
                        .expectFailure(FailureCode.DAMAGED, "does not verify", "administrator");
            }
        }

        private static void alter(Path folder, String sql) throws SQLException {
            var file = folder.resolve("data").resolve("store.db");
            try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    var statement = connection.createStatement()) {
                assertThat(statement.executeUpdate(sql)).isEqualTo(1);
            }
        }
    }

    @Test
    void a_hundred_megabytes_are_refused_in_a_sentence_with_little_memory_however_they_come() {
        var small = List.of("env", "JAVA_TOOL_OPTIONS=-Xmx384m -XX:+ExitOnOutOfMemoryError");
        try (ChildJvm child = ChildJvm.start(small, InASmallHeap.class, folder.toString())) {
            var lines = child.linesUntil(_ -> false);
            assertThat(lines).as(String.join("\n", lines)).last().asString().isEqualTo("went on");
            assertThat(child.exitCode()).isZero();
        }
    }
}
