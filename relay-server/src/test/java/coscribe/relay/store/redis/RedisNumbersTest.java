package coscribe.relay.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.relay.store.CommitResult.Appended;
import coscribe.relay.store.CommitResult.Duplicate;
import coscribe.relay.store.CommitResult.HeadMoved;
import coscribe.relay.store.DocumentFeed;
import coscribe.relay.store.Entry;
import coscribe.relay.store.Head;
import coscribe.relay.store.LogEntry;
import coscribe.relay.store.ReadResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What Lua, RESP and the message format could garble: large numbers and arbitrary bytes.
class RedisNumbersTest extends RedisFixture {
    /// Lua writes it as 9.007199254741e+15.
    private static final long LARGE = Revision.MAX - 600;

    private Writer writerAt(long seq, Head head) {
        createDocument();
        var mara = ownerJoins();
        try (var admin = server().admin()) {
            admin.hset(
                    keys().head(),
                    Map.of(
                            bytes("revision"), bytes("" + head.revision()),
                            bytes("chain"), bytes(head.chain().hex()),
                            bytes("base"), bytes("" + head.revision())));
            var record = text(admin.hget(keys().clients(), bytes(mara.client().hex())));
            admin.hset(keys().clients(), bytes(mara.client().hex()), bytes(record.replace(" 0 0 ", " " + seq + " 7 ")));
        }
        return mara;
    }

    @Test
    void revisions_and_seqs_near_2_to_the_53_are_exact() {
        var start = new Head(epoch, new Revision(LARGE), ChainHash.START.after(bytes("before")));
        var mara = writerAt(LARGE + 1, start);
        assertThat(commit(start, edit(mara, LARGE + 1))).isEqualTo(new Duplicate(0, new Revision(7)));
        var head = commits(start, edit(mara, LARGE + 2));
        for (int i = 0; i < 299; i++) {
            head = commits(head, edit(mara, LARGE + 3 + i));
        }
        assertThat(head.revision()).isEqualTo(new Revision(LARGE + 300));
        var first = (ReadResult.Entries) await(store().read(document, new Revision(LARGE + 1), 1000, 1 << 20));
        assertThat(first.entries()).hasSize(299);
        assertThat(first.entries().getLast().revision()).isEqualTo(head.revision());
        var at = new Head(
                epoch, new Revision(LARGE + 44), first.entries().get(42).chain());
        var moved = (HeadMoved) commit(at, edit(joins(Role.EDITOR), 1));
        assertThat(moved.missing()).isEqualTo(first.entries().subList(43, 299));
    }

    @Test
    void a_seq_may_be_any_long() {
        createDocument();
        var mara = ownerJoins();
        try (var admin = server().admin()) {
            var record = text(admin.hget(keys().clients(), bytes(mara.client().hex())));
            admin.hset(
                    keys().clients(),
                    bytes(mara.client().hex()),
                    bytes(record.replace(" 0 0 ", " " + (Long.MAX_VALUE - 2) + " 0 ")));
        }
        var head = commits(birth, edit(mara, Long.MAX_VALUE - 1));
        assertThat(commit(head, edit(mara, Long.MAX_VALUE - 1))).isEqualTo(new Duplicate(0, new Revision(1)));
        assertThat(commit(head, edit(mara, Long.MAX_VALUE))).isInstanceOf(Appended.class);
    }

    @Test
    void bytes_of_any_kind_come_back_from_log_and_feed_as_they_were() {
        createDocument();
        var mara = ownerJoins();
        var heard = new CopyOnWriteArrayList<LogEntry>();
        await(openRelay().feed().follow(document, new Listening() {
            @Override
            public void committed(List<LogEntry> entries) {
                heard.addAll(entries);
            }
        }));
        var head = birth;
        var sent = new ArrayList<LogEntry>();
        for (int seq = 1; seq <= 400; seq++) {
            var bytes = hostile(seq);
            var entry = new Entry(
                    mara.client(),
                    seq,
                    mara.person(),
                    Role.EDITOR,
                    bytes,
                    head.chain().after(bytes));
            head = ((Appended) await(store().commit(document, RELAY, head, List.of(entry)))).head();
            sent.add(new LogEntry(head.revision(), head.chain(), bytes));
        }
        assertThat(wholeLog(50)).isEqualTo(sent);
        Awaitility.await().untilAsserted(() -> assertThat(heard).isEqualTo(sent));
    }

    private byte[] hostile(int seq) {
        List<byte[]> known = List.of(
                bytes("\r\n$-1\r\n*1\r\n$8\r\nFLUSHALL\r\n"),
                bytes("') redis.call('FLUSHALL') --"),
                bytes("return redis.call('del', KEYS[1])"),
                bytes("\u0000%s%d%n%%"),
                bytes("(%d+):(.*)$"),
                new byte[0]);
        if (seq <= known.size()) {
            return known.get(seq - 1);
        }
        var bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void titles_of_any_kind_come_back_as_they_were() {
        var title = "') redis.call('FLUSHALL') --\r\n$-1\r\n\u0000 %d ünï 🖋";
        await(store().create(document, epoch, title, owner));
        var joined = (coscribe.relay.store.JoinResult.Joined) await(store().join(
                        document,
                        owner,
                        coscribe.ot.protocol.DeviceId.random(random),
                        coscribe.ot.protocol.ClientId.random(random),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(joined.title()).isEqualTo(title);
    }

    static class Listening implements DocumentFeed.Listener {
        @Override
        public void committed(List<LogEntry> entries) {}

        @Override
        public void headMoved(Revision head) {}

        @Override
        public void presence(byte[] message) {}

        @Override
        public void accessChanged() {}

        @Override
        public void interrupted() {}
    }
}
