package coscribe.relay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.DocumentId;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.DocumentStoreContract;
import coscribe.relay.store.memory.TestClock;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDocumentStoreTest extends DocumentStoreContract {
    @TempDir
    private Path directory;

    private final TestClock clock = new TestClock();
    private EmbeddedStore store;

    @BeforeEach
    void open() {
        store = EmbeddedStore.open(directory, EmbeddedFixture.SMALL, clock, Runnable::run, EmbeddedFixture.NOBODY);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected DocumentStore store() {
        return store.documents();
    }

    @Override
    protected void elapse(Duration duration) {
        clock.elapse(duration);
    }

    @Override
    protected void damage(DocumentId id, Damage damage) {
        var key = "(SELECT key FROM document WHERE id = '" + id + "')";
        var flipped = "CAST(substr(bytes, 1, 5) || x'5f' || substr(bytes, 7) AS BLOB)";
        var sql = switch (damage) {
            case FLIPPED_ENTRY -> "UPDATE log SET bytes = " + flipped + " WHERE revision = 1 AND document = " + key;
            case MISSING_ENTRY -> "DELETE FROM log WHERE revision = 2 AND document = " + key;
            case MISSING_LAST_ENTRY ->
                "DELETE FROM log WHERE document = " + key
                        + " AND revision = (SELECT max(revision) FROM log WHERE document = " + key + ")";
            case FLIPPED_SNAPSHOT -> "UPDATE snapshot SET bytes = " + flipped + " WHERE document = " + key;
            case MISSING_SNAPSHOT -> "DELETE FROM snapshot WHERE document = " + key;
        };
        alter(sql);
    }

    private void alter(String sql) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("store.db"));
                var statement = connection.createStatement()) {
            if (statement.executeUpdate(sql) != 1) {
                throw new AssertionError("nothing was damaged by " + sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void the_heads_of_sound_documents_are_told_beside_one_that_does_not_verify() {
        createDocument();
        var damaged = DocumentId.random(random);
        await(store().create(damaged, epoch, "Damaged", owner));
        alter("UPDATE document SET title = 'Other' WHERE id = '" + damaged + "'");

        assertThat(await(store().heads(List.of(damaged, document)))).containsOnlyKeys(document);
    }
}
