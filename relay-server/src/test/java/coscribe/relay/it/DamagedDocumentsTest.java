package coscribe.relay.it;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.CloseReason;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Role;
import coscribe.relay.store.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is stored of one document does not verify: whoever asks for it is told so, and everybody
/// goes on in every other document.
class DamagedDocumentsTest {
    @TempDir
    private Path folder;

    @Test
    void a_document_of_the_embedded_store_that_does_not_verify_is_not_opened() throws Exception {
        try (var house = House.in(folder)) {
            var mara = house.caller("Mara");
            var plan = mara.create("Plan");
            var minutes = house.document("Mara");
            mara.join(minutes);
            alter("UPDATE snapshot SET bytes = CAST('nonsense' AS BLOB) WHERE document ="
                    + " (SELECT key FROM document WHERE id = '" + plan + "')");

            var asking = house.caller("Mara");
            for (int i = 0; i < 2; i++) {
                asking.sayJoin(plan)
                        .expectFailure(FailureCode.DAMAGED, "does not verify", "left as it is", "administrator");
            }

            asking.join(minutes);
            othersGoOn(mara, asking);
        }
    }

    private void alter(String sql) throws SQLException {
        var file = folder.resolve("data").resolve("store.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }

    private static void othersGoOn(Caller writer, Caller reader) throws IOException {
        writer.type("We go on");
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> {
            reader.expectNothingOf(coscribe.ot.protocol.ServerMessage.Failed.class);
            return reader.text().equals("We go on");
        });
    }

    @Test
    void what_goes_wrong_in_an_open_document_is_told_to_newcomers_and_writers_and_to_nobody_else() throws Exception {
        try (var redis = RedisServer.strict();
                var house = House.in(folder, "--store", "redis", "--redis-url", "redis://127.0.0.1:" + redis.port())) {
            var mara = house.caller("Mara");
            var plan = mara.create("Plan");
            mara.join(plan);
            mara.type("Hello");
            house.grant(plan, "Jon", Role.EDITOR);
            var minutes = house.document("Eve");
            var eve = house.caller("Eve", minutes);
            spoil(redis, plan, "Jon");

            var jon = house.caller("Jon");
            jon.sayJoin(plan).expectFailure(FailureCode.DAMAGED, "does not verify", "administrator");

            house.grant(minutes, "Jon", Role.EDITOR);
            jon.join(minutes);
            mara.type(" all"); // her own part of it is sound
            spoil(redis, plan, "Mara");
            mara.submit("[" + mara.insert("Oh. ") + "," + mara.length() + "]");
            mara.expectClose(CloseReason.RESTARTING);
            house.caller("Mara").sayJoin(plan).expectFailure(FailureCode.DAMAGED, "does not verify");
            othersGoOn(eve, jon);
        }
    }

    /// A role that is none.
    private static void spoil(RedisServer redis, DocumentId document, String name) {
        try (var admin = redis.admin()) {
            admin.hset("cs:{" + document + "}:acl", House.personOf(name).hex(), "nonsense");
        }
    }
}
