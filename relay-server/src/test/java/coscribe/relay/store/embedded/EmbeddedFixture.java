package coscribe.relay.store.embedded;

import coscribe.ot.protocol.DocumentId;
import coscribe.relay.store.Announcer;
import coscribe.relay.store.LogEntry;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

/// How tests open the embedded store.
final class EmbeddedFixture {
    /// Small segments and few single rows, so that a test of some hundred commits meets both.
    static final EmbeddedSettings SMALL = new EmbeddedSettings(100, 64, 10_000, 500, 4, 0);

    static final Announcer NOBODY = new Announcer() {
        @Override
        public void committed(DocumentId document, List<LogEntry> entries) {}

        @Override
        public void accessChanged(DocumentId document) {}
    };

    private EmbeddedFixture() {}

    static EmbeddedStore open(Path directory) {
        return open(directory, SMALL);
    }

    static EmbeddedStore open(Path directory, EmbeddedSettings settings) {
        return EmbeddedStore.open(directory, settings, InstantSource.system(), Runnable::run, NOBODY);
    }

    /// What the database answers to a query, read beside the store.
    static long number(Path directory, String query) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("store.db"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
