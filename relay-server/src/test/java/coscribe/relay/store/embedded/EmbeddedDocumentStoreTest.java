package coscribe.relay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.ListedDocument;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.DocumentStoreContract;
import coscribe.relay.store.memory.TestClock;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
        alter(sql, 1);
    }

    private void alter(String sql, int rows) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("store.db"));
                var statement = connection.createStatement()) {
            if (statement.executeUpdate(sql) != rows) {
                throw new AssertionError("nothing was damaged by " + sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_damaged_hint_or_document_is_left_out_of_the_list_until_it_is_entered_again() {
        createDocument();
        var damaged = DocumentId.random(random);
        var unhinted = DocumentId.random(random);
        await(store().create(damaged, epoch, "Damaged", owner));
        await(store().create(unhinted, epoch, "Unhinted", owner));
        alter("UPDATE document SET title = 'Other' WHERE id = '" + damaged + "'");
        alter("UPDATE used SET at = at + 1 WHERE document = '" + unhinted + "'");

        assertThat(await(store().list(owner, Optional.empty(), 10)).documents())
                .extracting(ListedDocument::document)
                .containsExactly(document);
        await(store().join(
                        unhinted,
                        owner,
                        DeviceId.random(random),
                        ClientId.random(random),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(await(store().list(owner, Optional.empty(), 10)).documents())
                .extracting(ListedDocument::document)
                .containsExactlyInAnyOrder(document, unhinted);
    }

    @Test
    void a_database_of_before_there_were_lists_is_opened_and_gets_one() {
        createDocument();
        store.close();
        alter("DROP TABLE used", 0);
        open();
        assertThat(await(store().list(owner, Optional.empty(), 10)).documents()).isEmpty();
        var _ = ownerJoins();
        assertThat(await(store().list(owner, Optional.empty(), 10)).documents()).hasSize(1);
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
