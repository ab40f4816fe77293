package coscribe.relay.store.embedded;

import coscribe.relay.store.Announcer;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.Holdings;
import coscribe.relay.store.PeopleStore;
import coscribe.relay.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Documents and people of one relay, in one SQLite database of its own.
///
/// In the data directory: `store.db` with SQLite's `-wal` and `-shm`; `store.mark`, which notices
/// a write-ahead log that lost something; `store.lock`, held while a relay uses the data.
public final class EmbeddedStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedStore.class);

    private final Path file;
    private final DataLock lock;
    private final Mark mark;
    private final Sql writing;
    private final Writer writer;
    private final Reader reader;
    private final DocumentStore documents;
    private final PeopleStore people;
    private final Holdings holdings;
    /// Only on the writer's thread, and after it ended.
    private long transactions;

    private boolean closed;

    /// Opens the data of a directory, which is created where it is missing. Blocks while what a
    /// crash left is checked.
    ///
    /// @param clock     for turns, and for when a document was used
    /// @param answers   completes the stages of what was written, in the order it was written if it
    ///         runs one task after the other; `Runnable::run` for the writer's own thread
    /// @param announcer  is told of what is durable, on the thread of `answers`
    /// @throws StoreUnavailableException  with a sentence for an administrator, where another relay
    ///         uses the data or they are not as they were acknowledged; nothing was changed then
    public static EmbeddedStore open(
            Path directory, EmbeddedSettings settings, InstantSource clock, Executor answers, Announcer announcer) {
        try {
            Files.createDirectories(directory);
            var holder = "process " + ProcessHandle.current().pid() + ", which opened it at " + clock.instant();
            var lock = DataLock.take(directory, holder);
            try {
                return new EmbeddedStore(directory, lock, settings, clock, answers, announcer);
            } catch (IOException | SQLException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException | SQLException e) {
            throw new StoreUnavailableException("the data in " + directory + " cannot be opened: " + e, e);
        }
    }

    private EmbeddedStore(
            Path directory,
            DataLock lock,
            EmbeddedSettings settings,
            InstantSource clock,
            Executor answers,
            Announcer announcer)
            throws IOException, SQLException {
        this.file = directory.resolve("store.db");
        this.lock = lock;
        var markFile = directory.resolve("store.mark");
        var database = new Database(file, settings);
        this.writing = database.openForWriting(Mark.read(markFile));
        try {
            this.transactions = writing.number("SELECT transactions FROM meta WHERE id = 0");
            this.mark = Mark.open(markFile);
            mark.write(new Mark.Content(transactions, Mark.OPEN));
            mark.force();
            var reading = database.openForReading();
            this.reader = new Reader(reading, settings);
            var writes = new DocumentWrites(writing, clock, settings);
            this.writer = new Writer(writing, transactions, settings, answers, hooks(writes));
            this.documents = new EmbeddedDocumentStore(
                    writer, reader, writes, new DocumentReads(reading), new Shelves(reading), settings, announcer);
            var written = new EmbeddedHoldings.Connections(writing, new People(writing));
            var read = new EmbeddedHoldings.Connections(reading, new People(reading));
            this.people = new EmbeddedPeopleStore(writer, reader, written.people(), read.people());
            this.holdings = new EmbeddedHoldings(writer, reader, written, read, writes, settings);
        } catch (IOException | SQLException | RuntimeException e) {
            writing.close();
            throw e;
        }
        writer.start();
    }

    private Writer.Hooks hooks(DocumentWrites writes) {
        return new Writer.Hooks() {
            @Override
            public void flush() throws SQLException {
                writes.flush();
            }

            @Override
            public void forget() {
                writes.forget();
            }

            @Override
            public void forced(long count) throws IOException {
                transactions = count;
                mark.write(new Mark.Content(count, Mark.OPEN));
            }
        };
    }

    public DocumentStore documents() {
        return documents;
    }

    public PeopleStore people() {
        return people;
    }

    public Holdings holdings() {
        return holdings;
    }

    /// Writes and answers what was asked before, then closes. Blocks. What is asked later fails.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        writer.close();
        try (lock;
                mark) {
            reader.close();
            boolean whole = writing.number("PRAGMA wal_checkpoint(TRUNCATE)") == 0;
            writing.close();
            mark.write(new Mark.Content(transactions, whole ? Files.size(file) : Mark.OPEN));
            mark.force();
        } catch (IOException | SQLException e) {
            LOG.warn("the store was not closed properly; the next start will check it, data={}", file, e);
        }
    }
}
