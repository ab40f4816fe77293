package coscribe.relay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coscribe.relay.store.PeopleStore.Account;
import coscribe.relay.store.PeopleStore.Standing;
import coscribe.relay.store.StoreUnavailableException;
import coscribe.relay.store.embedded.Library.Kept;
import coscribe.relay.store.embedded.Library.Seen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Flips bits in the files of a store and cuts them off: it then opens to what was acknowledged, or
/// refuses, as a whole or for one document; it never shows anything else.
class EmbeddedDamageTest {
    private static final int DOCUMENTS = 5;
    private static final int LIFE = 1;
    /// More of them by `-Dcoscribe.damage.rounds=…`.
    private static final int ROUNDS = Integer.getInteger("coscribe.damage.rounds", 100);

    @TempDir
    private Path directory;

    private Path data;
    private final List<Kept> kept = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(4_242);

    /// Documents of different sizes; one has segments.
    @BeforeEach
    void write() throws IOException {
        data = directory.resolve("data");
        try (var store = EmbeddedFixture.open(data)) {
            var library = new Library(store.documents());
            for (int number = 0; number < DOCUMENTS; number++) {
                var head = library.write(number, LIFE, library.enter(number, LIFE), 1, 20 + 90 * number, 150);
                if (number > 1) {
                    library.snapshot(number, head);
                }
            }
            Awaitility.await().until(() -> segments(data) >= 6);
            for (int number = 0; number < DOCUMENTS; number++) {
                kept.add(library.look(number, LIFE));
            }
            EmbeddedCrashTest.copy(data, directory.resolve("crashed"));
        }
    }

    static long segments(Path data) {
        return EmbeddedFixture.number(data, "SELECT count(*) FROM segment");
    }

    /// @param rounds  how many copies are damaged, each anew
    private int refusals(Path from, String file, int rounds, Damage damage) throws IOException {
        int refused = 0;
        for (int round = 0; round < rounds; round++) {
            var copy = directory.resolve("copy");
            EmbeddedCrashTest.copy(from, copy);
            damage.to(copy.resolve(file));
            refused += refused(copy) ? 1 : 0;
            delete(copy);
        }
        return refused;
    }

    @FunctionalInterface
    private interface Damage {
        void to(Path file) throws IOException;
    }

    /// Whether anything was refused; what was not refused is as it was.
    private boolean refused(Path copy) {
        try (var store = EmbeddedFixture.open(copy)) {
            var library = new Library(store.documents());
            boolean refused = false;
            for (int number = 0; number < DOCUMENTS; number++) {
                refused |= library.lookAgain(number, LIFE, kept.get(number)) == Seen.REFUSED;
            }
            return refused;
        } catch (StoreUnavailableException e) {
            assertThat(e.getMessage()).contains(copy.toString());
            return true;
        }
    }

    @Test
    void what_is_refused_stays_as_it_is() throws IOException {
        var copy = directory.resolve("crashed");
        var log = copy.resolve("store.db-wal");
        var bytes = Files.readAllBytes(log);
        bytes[bytes.length / 2] ^= 1;
        Files.write(log, bytes);
        var database = Files.readAllBytes(copy.resolve("store.db"));
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> EmbeddedFixture.open(copy))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("were acknowledged");
            assertThat(log).hasBinaryContent(bytes);
            assertThat(copy.resolve("store.db")).hasBinaryContent(database);
        }
    }

    private static void delete(Path copy) throws IOException {
        try (var files = Files.list(copy)) {
            files.forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        Files.delete(copy);
    }

    private void flipABit(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, bytes);
    }

    private void cutOff(Path file) throws IOException {
        try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
            var _ = channel.truncate(random.nextLong(channel.size()));
        }
    }

    @Test
    void undamaged_it_opens_to_what_was_acknowledged_however_it_was_left() throws IOException {
        assertThat(refusals(data, "store.db", 1, _ -> {})).isZero();
        assertThat(refusals(directory.resolve("crashed"), "store.db", 1, _ -> {}))
                .isZero();
    }

    @Test
    void a_bit_that_flips_in_the_database_is_refused_or_does_not_matter() throws IOException {
        assertThat(refusals(data, "store.db", ROUNDS, this::flipABit)).isGreaterThan(ROUNDS / 3);
    }

    @Test
    void a_database_that_was_cut_off_is_refused() throws IOException {
        assertThat(refusals(data, "store.db", 30, this::cutOff)).isEqualTo(30);
        assertThat(refusals(directory.resolve("crashed"), "store.db", 30, this::cutOff))
                .isPositive();
    }

    @Test
    void a_bit_that_flips_in_the_write_ahead_log_is_refused_or_does_not_matter() throws IOException {
        assertThat(refusals(directory.resolve("crashed"), "store.db-wal", ROUNDS, this::flipABit))
                .isPositive();
    }

    @Test
    void a_write_ahead_log_that_was_cut_off_is_refused() throws IOException {
        assertThat(refusals(directory.resolve("crashed"), "store.db-wal", 30, this::cutOff))
                .isPositive();
        assertThat(refusals(directory.resolve("crashed"), "store.db-wal", 1, Files::delete))
                .isOne();
    }

    /// As a flipped bit of its key does, found by 2,500 of them.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE client SET id = 'c1' || substr(id, 3)",
                "UPDATE role SET person = 'a1' || substr(person, 3)",
                "UPDATE author SET person = 'a1' || substr(person, 3)",
                "DELETE FROM client",
                "DELETE FROM role",
                "DELETE FROM author",
            })
    void a_row_that_is_no_longer_found_is_missed(String damage) {
        change(damage);
        try (var store = EmbeddedFixture.open(data)) {
            for (int number = 0; number < DOCUMENTS; number++) {
                assertThat(new Library(store.documents()).lookAgain(number, LIFE, kept.get(number)))
                        .isEqualTo(Seen.REFUSED);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE document SET id = 'd1' || substr(id, 3) WHERE key = 1",
                "UPDATE account SET id = 'a1' || substr(id, 3)",
                "UPDATE account SET standing = 'GUEST'",
            })
    void a_record_that_would_not_be_found_or_says_another_thing_is_refused_at_the_start(String damage) {
        try (var store = EmbeddedFixture.open(data)) {
            var account = new Account(Library.person(0), "Mara", Standing.ADMIN, false, 1);
            var _ = Library.join(store.people().putAccount(account).thenApply(_ -> true));
        }
        change(damage);
        assertThatThrownBy(() -> EmbeddedFixture.open(data))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("does not verify");
    }

    private void change(String sql) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("store.db"));
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_damaged_mark_claims_nothing() throws IOException {
        assertThat(refusals(data, "store.mark", 20, this::flipABit)).isZero();
        assertThat(refusals(data, "store.mark", 1, Files::delete)).isZero();
    }

    @Test
    void a_database_that_is_gone_is_not_begun_anew() throws IOException {
        Files.delete(data.resolve("store.db"));
        assertThatThrownBy(() -> EmbeddedFixture.open(data))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("missing");
        assertThat(data.resolve("store.db")).doesNotExist();
    }
}
