package coscribe.relay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coscribe.kit.ChildJvm;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.ServerMessage.Resumed;
import coscribe.relay.store.Announcer;
import coscribe.relay.store.DocumentStore.Creation;
import coscribe.relay.store.JoinResult;
import coscribe.relay.store.LogEntry;
import coscribe.relay.store.PeopleStore.Account;
import coscribe.relay.store.PeopleStore.Standing;
import coscribe.relay.store.StoreUnavailableException;
import coscribe.relay.store.memory.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoreTest {
    private static final int LIFE = 1;

    @TempDir
    private Path directory;

    @Test
    void what_was_written_is_there_after_closing_and_opening_again() {
        Library.Kept kept;
        var account = new Account(Library.person(0), "Mara", Standing.ADMIN, false, 3);
        try (var store = EmbeddedFixture.open(directory)) {
            var library = new Library(store.documents());
            library.snapshot(0, library.write(0, LIFE, library.enter(0, LIFE), 1, 400, 100));
            var _ = Library.join(store.people().putAccount(account).thenApply(_ -> true));
            kept = library.look(0, LIFE);
        }
        try (var store = EmbeddedFixture.open(directory)) {
            var library = new Library(store.documents());
            assertThat(library.look(0, LIFE)).isEqualTo(kept);
            assertThat(Library.join(store.people().account(Library.person(0)))).contains(account);
            assertThat(library.write(0, LIFE + 1, library.enter(0, LIFE + 1), 1, 1, 100)
                            .revision()
                            .number())
                    .isEqualTo(401);
        }
    }

    @Test
    void a_closed_store_refuses_and_may_be_closed_twice() {
        var store = EmbeddedFixture.open(directory);
        var library = new Library(store.documents());
        var _ = library.enter(0, LIFE);
        store.close();
        store.close();
        for (CompletionStage<?> stage : List.of(
                store.documents().load(Library.document(0)), store.documents().ping())) {
            assertThat(stage.toCompletableFuture())
                    .isCompletedExceptionally()
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(StoreUnavailableException.class)
                    .withMessageContaining("closed");
        }
    }

    @Test
    void closing_waits_for_what_was_asked_before() {
        var stages = new ArrayList<CompletionStage<Creation>>();
        try (var store = EmbeddedFixture.open(directory)) {
            for (int number = 0; number < 200; number++) {
                stages.add(store.documents()
                        .create(Library.document(number), new Epoch("0".repeat(32)), "T", Library.person(1)));
            }
        }
        assertThat(stages).allMatch(stage -> stage.toCompletableFuture().isDone());
        assertThat(stages.stream().map(Library::join)).containsOnly(Creation.CREATED);
        assertThat(EmbeddedFixture.number(directory, "SELECT count(*) FROM document"))
                .isEqualTo(200);
    }

    @Test
    void old_log_lies_in_segments_and_only_the_newest_in_single_rows() {
        try (var store = EmbeddedFixture.open(directory)) {
            var library = new Library(store.documents());
            var head = library.write(0, LIFE, library.enter(0, LIFE), 1, 400, 100);
            var log = library.log(0);
            library.snapshot(0, head);
            Awaitility.await().until(() -> EmbeddedDamageTest.segments(directory) == 4);
            assertThat(EmbeddedFixture.number(directory, "SELECT count(*) FROM log"))
                    .isEqualTo(400 - 4 * 64);
            assertThat(library.log(0)).isEqualTo(log);
            assertThat(library.look(0, LIFE).log()).isEqualTo(log);
        }
    }

    @Test
    void client_ids_that_nobody_used_for_90_days_are_forgotten_and_whoever_writes_keeps_theirs() {
        var clock = new TestClock();
        try (var store =
                EmbeddedStore.open(directory, EmbeddedFixture.SMALL, clock, Runnable::run, EmbeddedFixture.NOBODY)) {
            var library = new Library(store.documents());
            for (int life = 2; life < 2_500; life++) {
                var _ = library.enter(0, life);
            }
            var head = library.enter(0, LIFE);
            for (int day = 1; day <= 100; day++) {
                clock.elapse(Duration.ofDays(1));
                head = library.write(0, LIFE, head, day, 1, 100);
                library.snapshot(0, head);
                if (day == 90) {
                    assertThat(clients()).isEqualTo(2_499);
                }
            }
            Awaitility.await().until(() -> clients() == 1);
            var kept = library.look(0, LIFE);
            assertThat(kept.resumed()).isEqualTo(new Resumed.At(100, head.revision()));
            var gone = (JoinResult.Joined) Library.join(store.documents()
                    .join(
                            Library.document(0),
                            Library.person(0),
                            Library.device(0),
                            Library.client(0, 9_999),
                            Optional.of(Library.client(0, 7)),
                            Optional.empty()));
            assertThat(gone.resumed()).isEqualTo(new Resumed.Unknown());
        }
        try (var store = EmbeddedFixture.open(directory)) {
            assertThat(new Library(store.documents()).log(0)).hasSize(100);
        }
    }

    private long clients() {
        return EmbeddedFixture.number(directory, "SELECT count(*) FROM client");
    }

    @Test
    void commits_are_announced_when_they_are_durable_in_the_order_of_the_log() {
        var announced = new CopyOnWriteArrayList<LogEntry>();
        var announcer = new Announcer() {
            @Override
            public void committed(DocumentId document, List<LogEntry> entries) {
                assertThat(document).isEqualTo(Library.document(0));
                announced.addAll(entries);
            }

            @Override
            public void accessChanged(DocumentId document) {}
        };
        try (var store = EmbeddedStore.open(
                directory, EmbeddedFixture.SMALL, InstantSource.system(), Runnable::run, announcer)) {
            var library = new Library(store.documents());
            var _ = library.write(0, LIFE, library.enter(0, LIFE), 1, 50, 100);
            assertThat(announced).isEqualTo(library.log(0));
        }
    }

    @Test
    void a_second_store_on_the_same_data_is_refused_and_told_who_uses_it() {
        try (var store = EmbeddedFixture.open(directory)) {
            assertThatThrownBy(() -> EmbeddedFixture.open(directory))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid())
                    .hasMessageContaining(directory.toString());
            try (var child = ChildJvm.start(List.of(), SecondRelay.class, directory.toString())) {
                assertThat(child.linesUntil(_ -> false))
                        .last()
                        .asString()
                        .contains("in use by process " + ProcessHandle.current().pid());
                assertThat(child.exitCode()).isEqualTo(4);
            }
            assertThat(new Library(store.documents()).enter(0, LIFE).revision().number())
                    .isZero();
        }
        EmbeddedFixture.open(directory).close();
    }

    static final class SecondRelay {
        private SecondRelay() {}

        public static void main(String[] args) {
            try (var _ = EmbeddedFixture.open(Path.of(args[0]))) {
                System.out.println("opened");
            } catch (StoreUnavailableException e) {
                System.out.println(e.getMessage());
                System.exit(4);
            }
        }
    }

    @Test
    void a_refused_second_process_does_not_take_the_lock_from_the_first() {
        try (var _ = EmbeddedFixture.open(directory)) {
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> EmbeddedFixture.open(directory)).isInstanceOf(StoreUnavailableException.class);
            }
            try (var child = ChildJvm.start(List.of(), SecondRelay.class, directory.toString())) {
                assertThat(child.linesUntil(_ -> false)).last().asString().contains("in use by process");
            }
        }
    }

    @Test
    void data_of_a_newer_layout_is_refused() {
        EmbeddedFixture.open(directory).close();
        change("PRAGMA user_version = 2");
        assertThatThrownBy(() -> EmbeddedFixture.open(directory))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("newer Coscribe");
        change("PRAGMA user_version = 1");
        EmbeddedFixture.open(directory).close();
    }

    @Test
    void what_is_no_database_of_coscribe_is_refused() throws IOException {
        change("CREATE TABLE somebody_elses (x)");
        assertThatThrownBy(() -> EmbeddedFixture.open(directory))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("not a database of Coscribe");
        Files.writeString(directory.resolve("store.db"), "Dear Mara, ".repeat(1000));
        assertThatThrownBy(() -> EmbeddedFixture.open(directory))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("cannot be used");
        assertThat(directory.resolve("store.db")).content().startsWith("Dear Mara");
    }

    @Test
    void every_commit_is_forced_to_disk() {
        EmbeddedFixture.open(directory).close();
        var database = new Database(directory.resolve("store.db"), EmbeddedFixture.SMALL);
        try (var sql = database.openForReading()) {
            assertThat(sql.first("PRAGMA journal_mode", row -> row.getString(1)))
                    .contains("wal");
            assertThat(sql.number("PRAGMA synchronous")).isEqualTo(2);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void an_empty_file_is_laid_out() throws IOException {
        Files.createFile(directory.resolve("store.db"));
        try (var store = EmbeddedFixture.open(directory)) {
            assertThat(new Library(store.documents()).enter(0, LIFE).revision().number())
                    .isZero();
        }
    }

    private void change(String sql) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("store.db"));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
