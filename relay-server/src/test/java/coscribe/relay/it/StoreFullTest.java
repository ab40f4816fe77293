package coscribe.relay.it;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.kit.ChildJvm;
import coscribe.kit.SmallDisk;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage;
import coscribe.relay.store.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole relay whose store has no room left: who writes is told so and may come again with the
/// same submission, who reads goes on reading, and with room again everything goes on by itself.
class StoreFullTest {
    private static final int PIECE = 20_000;
    private static final int MOST_TRIES = 80;

    @TempDir
    private Path folder;

    private interface Room {
        void take() throws IOException;

        void giveBack() throws IOException;
    }

    private static void writersWaitAndReadersGoOn(House house, Room room) throws Exception {
        var mara = house.caller("Mara");
        var plan = mara.create("Plan");
        mara.join(plan);
        mara.type("Before. ");
        house.grant(plan, "Jon", Role.EDITOR);
        house.grant(plan, "Lin", Role.EDITOR);
        var jon = house.caller("Jon", plan);
        var lin = house.client("Lin").open(plan);
        lin.opened().orTimeout(30, TimeUnit.SECONDS).join();

        room.take();
        var refused = refusal(mara, StoreFullTest::piece);
        assertThat(refused.reason()).isEqualTo(Refusal.STORE_FULL);
        assertThat(refused.sentence())
                .isEqualTo("The relay's store is full. Edits are kept and go in when there is room.");
        assertThat(refused.retryAfterMillis()).isEqualTo(1_000);

        // Who reads has everything that was acknowledged, and goes on.
        jon.upTo(mara.revision());
        assertThat(jon.document()).isEqualTo(mara.document());
        jon.expectNothingOf(Committed.class);
        // A word needs less room than a page, and coming in, which the store notes, less than a word.
        long his = refusal(jon, StoreFullTest::word).seq();
        refusedAtTheDoor(house, jon, plan);
        mara.upTo(jon.revision());
        // The product's own client keeps the text and tries again by itself.
        lin.run(it -> it.append("Lin.")).join();
        var saved = lin.saved();
        for (int i = 0; i < 2; i++) {
            mara.submitAgain(piece(mara));
            mara.expectRefusal(refused.seq(), Refusal.STORE_FULL, "is full");
        }
        assertThat(saved).isNotDone();
        assertThat(lin.text()).endsWith("Lin.");
        assertThat(lin.status().unsaved()).isOne();
        long full = mara.revision();

        room.giveBack();
        mara.submitAgain(piece(mara));
        var committed = mara.acknowledged(refused.seq());
        assertThat(committed.revision().number()).isBetween(full + 1, full + 2); // Lin may have been first
        jon.submitAgain(word(jon));
        jon.acknowledged(his);
        saved.orTimeout(30, TimeUnit.SECONDS).join();

        // Three submissions that had to wait: each is there once.
        mara.upTo(full + 3);
        jon.upTo(full + 3);
        assertThat(jon.document()).isEqualTo(mara.document());
        assertThat(mara.text()).containsOnlyOnce("Lin.");
        assertThat(house.caller("Mara", plan).document()).isEqualTo(mara.document());
        assertThat(house.caller("Mara", plan).revision()).isEqualTo(full + 3);
    }

    private static String piece(Caller writer) {
        return "[" + writer.insert("x".repeat(PIECE)) + "," + writer.length() + "]";
    }

    private static String word(Caller writer) {
        return "[" + writer.insert("Jon. ") + "," + writer.length() + "]";
    }

    /// Writes until the store takes no more.
    private static ServerMessage.Refused refusal(Caller writer, Function<Caller, String> what) throws IOException {
        for (int i = 0; i < MOST_TRIES; i++) {
            long seq = writer.submit(what.apply(writer));
            var answer = writer.expect(
                    ServerMessage.class,
                    it -> it instanceof ServerMessage.Refused
                            || it instanceof Committed commit
                                    && commit.client().equals(writer.client())
                                    && commit.seq() == seq);
            if (answer instanceof ServerMessage.Refused refused) {
                assertThat(refused.seq()).isEqualTo(seq);
                return refused;
            }
        }
        throw new AssertionError("the store is not full yet");
    }

    /// Comes in until the store takes no more.
    private static void refusedAtTheDoor(House house, Caller known, DocumentId plan) throws IOException {
        for (int i = 0; i < MOST_TRIES; i++) {
            var newcomer = house.moved("Jon", known).sayJoin(plan);
            var answer = newcomer.expect(
                    ServerMessage.class,
                    it -> it instanceof ServerMessage.Failed || it instanceof ServerMessage.Joined);
            if (answer instanceof ServerMessage.Failed failed) {
                assertThat(failed.code()).isEqualTo(FailureCode.STORE_AWAY);
                assertThat(failed.sentence()).contains("is full", "when there is room");
                return;
            }
        }
        throw new AssertionError("the store is not full yet");
    }

    @Test
    void on_redis_without_memory() throws Exception {
        try (var redis = RedisServer.strict();
                var house = House.in(folder, "--store", "redis", "--redis-url", "redis://127.0.0.1:" + redis.port());
                var admin = redis.admin()) {
            writersWaitAndReadersGoOn(house, new Room() {
                @Override
                public void take() {
                    admin.configSet("maxmemory", "1");
                }

                @Override
                public void giveBack() {
                    admin.configSet("maxmemory", "0");
                }
            });
        }
    }

    /// Runs on a file system of a few MiB of its own.
    static final class OnASmallDisk {
        private OnASmallDisk() {}

        public static void main(String[] args) throws Exception {
            var disk = Path.of(args[0]);
            try (var house = House.in(
                    Path.of(args[1]), "--data-dir", disk.resolve("data").toString())) {
                writersWaitAndReadersGoOn(house, new Room() {
                    @Override
                    public void take() {
                        SmallDisk.fill(disk);
                    }

                    @Override
                    public void giveBack() throws IOException {
                        Files.delete(SmallDisk.filler(disk));
                    }
                });
            }
            System.out.println("went on");
        }
    }

    @Test
    void on_an_embedded_store_whose_disk_is_full() throws IOException {
        var disk = Files.createDirectory(folder.resolve("disk"));
        SmallDisk.assumeAllowed(disk);
        try (ChildJvm child = SmallDisk.run(disk, 6, OnASmallDisk.class, folder.toString())) {
            var lines = child.linesUntil(_ -> false);
            assertThat(lines).as(String.join("\n", lines)).last().asString().isEqualTo("went on");
            assertThat(child.exitCode()).isZero();
        }
    }
}
