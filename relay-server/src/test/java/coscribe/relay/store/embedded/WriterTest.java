package coscribe.relay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.relay.store.StoreFullException;
import coscribe.relay.store.StoreUnavailableException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// The writer over a disk that fails when it is told to.
class WriterTest {
    private final FailingSql sql = new FailingSql();
    private final AtomicInteger forgotten = new AtomicInteger();
    private final List<Long> forced = new ArrayList<>();
    private final Writer writer =
            new Writer(sql, 0, new EmbeddedSettings(1, 1, 20, 100, 1, 0), Runnable::run, new Writer.Hooks() {
                @Override
                public void flush() {}

                @Override
                public void forget() {
                    forgotten.incrementAndGet();
                }

                @Override
                public void forced(long transactions) {
                    forced.add(transactions);
                }
            });

    /// A database in memory, whose next commits fail with the codes it is given.
    private static final class FailingSql extends Sql {
        private final List<SQLiteErrorCode> failures = new ArrayList<>();
        private int commits;

        FailingSql() {
            super(connection());
        }

        private static Connection connection() {
            try {
                return DriverManager.getConnection("jdbc:sqlite::memory:");
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        void run(String statement) throws SQLException {
            if (statement.equals("COMMIT")) {
                commits++;
                if (!failures.isEmpty()) {
                    var code = failures.removeFirst();
                    throw new SQLiteException("planned", code);
                }
            }
            super.run(statement);
        }
    }

    @BeforeEach
    void layOut() throws SQLException {
        sql.run("CREATE TABLE meta (id INTEGER PRIMARY KEY, transactions INTEGER)");
        sql.run("INSERT INTO meta VALUES (0, 0)");
        sql.run("CREATE TABLE t (x INTEGER UNIQUE)");
    }

    @AfterEach
    void close() throws SQLException {
        writer.close();
        sql.close();
    }

    private CompletionStage<Integer> insert(long x) {
        return writer.write(() -> sql.update("INSERT INTO t (x) VALUES (?)", x), Failures::of);
    }

    private long rows() {
        return Library.join(writer.write(() -> sql.number("SELECT count(*) FROM t"), Failures::of));
    }

    private static Throwable failureOf(CompletionStage<?> stage) {
        try {
            return new AssertionError(
                    "succeeded with " + stage.toCompletableFuture().join());
        } catch (CompletionException e) {
            return e.getCause();
        }
    }

    @Test
    void what_waits_goes_into_one_transaction_and_is_answered_after_it() {
        var one = insert(1);
        var two = insert(2);
        assertThat(one.toCompletableFuture()).isNotDone();
        writer.start();
        assertThat(Library.join(one) + Library.join(two)).isEqualTo(2);
        assertThat(forced).containsExactly(1L);
        assertThat(rows()).isEqualTo(2);
        assertThat(forced).as("what changes nothing is not forced").containsExactly(1L);
    }

    @Test
    void when_the_disk_fails_nothing_is_acknowledged_and_nothing_is_written_any_more() {
        sql.failures.add(SQLiteErrorCode.SQLITE_IOERR_FSYNC);
        var one = insert(1);
        var two = insert(2);
        writer.start();
        for (var stage : List.of(one, two, insert(3))) {
            assertThat(failureOf(stage))
                    .isExactlyInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("check the disk");
        }
        assertThat(sql.commits).as("a failed fsync is never tried again").isOne();
        assertThat(forced).isEmpty();
    }

    @Test
    void when_the_disk_is_full_each_request_is_tried_alone_and_later_ones_again() {
        sql.failures.addAll(List.of(SQLiteErrorCode.SQLITE_FULL, SQLiteErrorCode.SQLITE_FULL));
        var one = insert(1);
        var two = insert(2);
        writer.start();
        assertThat(failureOf(one)).isInstanceOf(StoreFullException.class);
        assertThat(Library.join(two)).isOne();
        assertThat(Library.join(insert(3))).isOne();
        assertThat(rows()).isEqualTo(2);
        assertThat(forgotten).hasPositiveValue();
    }

    @Test
    void a_request_that_fails_is_undone_alone() {
        var one = insert(7);
        var again = insert(7);
        var bug = writer.write(
                () -> {
                    sql.update("INSERT INTO t (x) VALUES (8)");
                    throw new IllegalStateException("a bug");
                },
                Failures::of);
        var other = insert(9);
        writer.start();
        assertThat(Library.join(one)).isOne();
        assertThat(failureOf(again)).isExactlyInstanceOf(StoreUnavailableException.class);
        assertThat(failureOf(bug)).isInstanceOf(IllegalStateException.class);
        assertThat(Library.join(other)).isOne();
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void an_error_that_nobody_foresaw_stops_writing_and_leaves_nobody_waiting() {
        var fatal = writer.write(
                () -> {
                    throw new StackOverflowError("planned");
                },
                Failures::of);
        var other = insert(1);
        writer.start();
        for (var stage : List.of(fatal, other, insert(2))) {
            assertThat(failureOf(stage))
                    .isExactlyInstanceOf(StoreUnavailableException.class)
                    .hasRootCauseInstanceOf(StackOverflowError.class);
        }
        assertThat(sql.commits).isZero();
    }

    @Test
    void a_queue_that_is_full_refuses_at_once() throws InterruptedException {
        var entered = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        writer.start();
        var slow = writer.write(
                () -> {
                    entered.countDown();
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    return 1;
                },
                Failures::of);
        entered.await();
        var waiting = new ArrayList<CompletionStage<Integer>>();
        for (int i = 0; i < 20; i++) {
            waiting.add(insert(i));
        }
        assertThat(failureOf(insert(20))).hasMessageContaining("too slow");
        release.countDown();
        assertThat(Library.join(slow)).isOne();
        waiting.forEach(stage -> assertThat(Library.join(stage)).isOne());
    }
}
