package coscribe.relay.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.relay.store.CommitResult.Appended;
import coscribe.relay.store.CommitResult.Duplicate;
import coscribe.relay.store.DamagedDocumentException;
import coscribe.relay.store.Head;
import coscribe.relay.store.StoreFullException;
import coscribe.relay.store.StoreUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A script is not a transaction: what it wrote before an error stays. So nothing may fail after
/// the first write.
class RedisHalfWritesTest extends RedisFixture {
    private static final int COMMITS = 400;

    private Writer mara;
    private Head head;
    private ChainHash chainAt50;

    private enum Operation {
        COMMIT("head", "log", "clients", "acl", "people", "turn"),
        JOIN("head", "clients", "acl"),
        GRANT("head", "acl"),
        REVOKE("head", "acl"),
        TAKE_TURN("head", "turn"),
        CREATE("head"),
        KEEP_SNAPSHOT("head", "log", "snapshot");

        /// A step of its own, after the snapshot was kept, looks for old client ids.
        boolean goesOnTo(String key) {
            return this == KEEP_SNAPSHOT && key.equals("clients");
        }

        final List<String> touched;

        Operation(String... touched) {
            this.touched = List.of(touched);
        }
    }

    static Stream<Arguments> operations_and_keys() {
        return Stream.of(Operation.values())
                .flatMap(operation -> Stream.of(
                                "head", "log", "segments", "snapshot", "clients", "acl", "people", "turn", "presence")
                        .map(key -> Arguments.of(operation, key)));
    }

    private CompletionStage<?> run(Operation operation) {
        var store = store();
        var jon = PersonId.random(random);
        return switch (operation) {
            case COMMIT -> store.commit(document, RELAY, head, entries(head, edit(mara, COMMITS + 1)));
            case JOIN ->
                store.join(
                        document,
                        jon,
                        mara.device(),
                        ClientId.random(random),
                        Optional.empty(),
                        Optional.of(Role.EDITOR));
            case GRANT -> store.grant(document, jon, Optional.of(Role.VIEWER));
            case REVOKE -> store.grant(document, owner, Optional.empty());
            case TAKE_TURN -> store.takeTurn(document, RELAY);
            case CREATE -> store.create(document, epoch, "Again", owner);
            case KEEP_SNAPSHOT -> store.keepSnapshot(document, new Revision(50), chainAt50, new byte[] {1});
        };
    }

    @ParameterizedTest
    @MethodSource("operations_and_keys")
    void a_key_of_the_wrong_type_fails_before_anything_is_written(Operation operation, String key) {
        createDocument();
        mara = ownerJoins();
        head = writesMany(birth, mara, COMMITS);
        chainAt50 = wholeLog(COMMITS).get(49).chain();
        try (var admin = server().admin()) {
            var name = keys().stem() + key;
            admin.del(name);
            admin.rpush(name, "wrong");
            var before = everything(admin, document);
            var stage = run(operation);
            if (operation.touched.contains(key)) {
                assertThat(failureOf(stage)).isInstanceOf(DamagedDocumentException.class);
                assertThat(everything(admin, document)).isEqualTo(before);
            } else if (!operation.goesOnTo(key)) {
                await(stage);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"revision", "chain", "base"})
    void a_head_that_is_not_whole_is_damage_and_nothing_is_written(String field) {
        createDocument();
        mara = ownerJoins();
        head = commits(birth, edit(mara, 1));
        try (var admin = server().admin()) {
            admin.hdel(keys().stem() + "head", field);
            var before = everything(admin, document);
            assertThat(failureOf(store().commit(document, RELAY, head, entries(head, edit(mara, 2)))))
                    .isInstanceOf(DamagedDocumentException.class);
            assertThat(everything(admin, document)).isEqualTo(before);
        }
    }

    @Test
    void the_heads_of_sound_documents_are_told_beside_one_that_makes_no_sense() {
        createDocument();
        var damaged = DocumentId.random(random);
        await(store().create(damaged, epoch, "Damaged", owner));
        try (var admin = server().admin()) {
            var name = new DocumentKeys(damaged).stem() + "head";
            admin.del(name);
            admin.rpush(name, "wrong");
        }

        assertThat(await(store().heads(List.of(damaged, document)))).containsOnlyKeys(document);
    }

    @Test
    void a_client_record_or_role_that_makes_no_sense_is_damage_and_nothing_is_written() {
        createDocument();
        mara = ownerJoins();
        head = commits(birth, edit(mara, 1));
        try (var admin = server().admin()) {
            for (var place : List.of(List.of("clients", mara.client().hex()), List.of("acl", owner.hex()))) {
                var name = keys().stem() + place.getFirst();
                var kept = admin.hget(name, place.getLast());
                admin.hset(name, place.getLast(), "nonsense");
                var before = everything(admin, document);
                assertThat(failureOf(store().commit(document, RELAY, head, entries(head, edit(mara, 2)))))
                        .isInstanceOf(DamagedDocumentException.class);
                assertThat(everything(admin, document)).isEqualTo(before);
                admin.hset(name, place.getLast(), kept);
            }
        }
        assertThat(commit(head, edit(mara, 2))).isInstanceOf(Appended.class);
    }

    @ParameterizedTest
    @MethodSource("archive_keys")
    void moving_old_log_into_segments_moves_all_of_it_or_nothing(String key) {
        createDocument();
        mara = ownerJoins();
        head = writesMany(birth, mara, COMMITS);
        var chain = wholeLog(COMMITS).get(299).chain();
        try (var admin = server().admin()) {
            var name = keys().stem() + key;
            admin.del(name);
            admin.rpush(name, "wrong");
            var before = everything(admin, document);
            assertThat(failureOf(store().keepSnapshot(document, new Revision(300), chain, new byte[] {1})))
                    .isInstanceOf(DamagedDocumentException.class);
            var after = everything(admin, document);
            after.remove(keys().stem() + "snapshot"); // a step of its own, and sound by itself
            before.remove(keys().stem() + "snapshot");
            assertThat(after).isEqualTo(before);
        }
    }

    static Stream<String> archive_keys() {
        return Stream.of("head", "log", "segments");
    }

    @Test
    void a_full_redis_takes_nothing_and_still_answers() {
        use(RedisServer.start("--appendonly", "no"));
        createDocument();
        mara = ownerJoins();
        head = commits(birth, edit(mara, 1));
        try (var admin = server().admin()) {
            admin.configSet("maxmemory", "1");
            var before = everything(admin, document);
            for (var operation : List.of(Operation.GRANT, Operation.JOIN, Operation.REVOKE, Operation.TAKE_TURN)) {
                assertThat(failureOf(run(operation))).isInstanceOf(StoreFullException.class);
            }
            assertThat(failureOf(store().commit(document, RELAY, head, entries(head, edit(mara, 2)))))
                    .isInstanceOf(StoreFullException.class)
                    .hasMessageContaining("no room");
            assertThat(commit(head, edit(mara, 1))).isEqualTo(new Duplicate(0, head.revision()));
            assertThat(load().head()).isEqualTo(head);
            assertThat(wholeLog(10)).hasSize(1);
            assertThat(everything(admin, document)).isEqualTo(before);
            admin.configSet("maxmemory", "0");
        }
        assertThat(commit(head, edit(mara, 2))).isInstanceOf(Appended.class);
    }

    @Test
    void a_replica_takes_nothing_and_writing_goes_on_when_it_is_the_primary_again() {
        use(RedisServer.start("--appendonly", "no"));
        createDocument();
        mara = ownerJoins();
        try (var admin = server().admin()) {
            admin.replicaof("127.0.0.1", 1);
            var before = everything(admin, document);
            assertThat(failureOf(store().commit(document, RELAY, birth, entries(birth, edit(mara, 1)))))
                    .isInstanceOf(StoreUnavailableException.class)
                    .isNotInstanceOf(StoreFullException.class);
            assertThat(everything(admin, document)).isEqualTo(before);
            admin.replicaofNoOne();
        }
        assertThat(commit(birth, edit(mara, 1))).isInstanceOf(Appended.class);
    }

    @Test
    void scripts_that_redis_forgot_are_loaded_again() {
        createDocument();
        mara = ownerJoins();
        head = birth;
        try (var admin = server().admin()) {
            for (int seq = 1; seq <= 20; seq++) {
                admin.scriptFlush();
                head = commits(head, edit(mara, seq));
                assertThat(await(store().takeTurn(document, RELAY))).isTrue();
            }
        }
        assertThat(load().head().revision()).isEqualTo(new Revision(20));
    }
}
