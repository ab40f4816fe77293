package coscribe.relay.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.relay.store.CommitResult;
import coscribe.relay.store.CommitResult.Appended;
import coscribe.relay.store.CommitResult.HeadMoved;
import coscribe.relay.store.CommitResult.TurnTaken;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.Head;
import coscribe.relay.store.LogCheck;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Several relays on one Redis commit to one document at once.
class RedisRacesTest extends RedisFixture {
    private static final int RELAYS = 3;
    private static final int WRITERS_PER_RELAY = 3;
    private static final int COMMITS_EACH = 60;

    @Test
    void relays_that_race_make_one_dense_chain_which_each_of_them_hears() throws Exception {
        createDocument();
        var heard = new ArrayList<ConcurrentSkipListMap<Revision, ChainHash>>();
        var work = new ArrayList<Callable<Integer>>();
        for (int r = 0; r < RELAYS; r++) {
            var relay = openRelay();
            var name = "relay-" + r;
            var hears = new ConcurrentSkipListMap<Revision, ChainHash>();
            heard.add(hears);
            await(relay.feed().follow(document, new RedisNumbersTest.Listening() {
                @Override
                public void committed(List<coscribe.relay.store.LogEntry> entries) {
                    entries.forEach(entry -> hears.put(entry.revision(), entry.chain()));
                }
            }));
            for (int w = 0; w < WRITERS_PER_RELAY; w++) {
                var writer = joins(Role.EDITOR);
                work.add(() -> write(relay.documents(), name, writer));
            }
        }
        int lostRaces = 0;
        try (var pool = Executors.newFixedThreadPool(work.size())) {
            for (var done : pool.invokeAll(work)) {
                lostRaces += done.get();
            }
        }
        int total = RELAYS * WRITERS_PER_RELAY * COMMITS_EACH;
        assertThat(lostRaces).as("without contention this proves nothing").isPositive();
        var log = wholeLog(1000);
        var end = LogCheck.requireDense(document, Revision.ZERO, ChainHash.START, log);
        assertThat(load().head()).isEqualTo(new Head(epoch, new Revision(total), end));
        assertThat(new HashSet<>(log.stream()
                        .map(e -> text(e.bytes()).replaceFirst("\"revision\":\\d+,", ""))
                        .toList()))
                .as("none twice")
                .hasSize(total);
        for (var hears : heard) {
            Awaitility.await().until(() -> hears.size() == total);
            log.forEach(entry -> assertThat(hears.get(entry.revision())).isEqualTo(entry.chain()));
        }
    }

    @Test
    void a_listener_that_breaks_ends_nothing_for_good() {
        createDocument();
        var mara = ownerJoins();
        var calls = new AtomicInteger();
        var hears = new ConcurrentSkipListMap<Revision, ChainHash>();
        await(openRelay().feed().follow(document, new RedisNumbersTest.Listening() {
            @Override
            public void committed(List<coscribe.relay.store.LogEntry> entries) {
                switch (calls.incrementAndGet()) {
                    case 1 -> throw new IllegalStateException("planted");
                    case 2 -> throw new StackOverflowError("planted");
                    default -> entries.forEach(entry -> hears.put(entry.revision(), entry.chain()));
                }
            }

            @Override
            public void interrupted() {
                calls.addAndGet(10);
            }
        }));
        var head = commits(commits(birth, edit(mara, 1)), edit(mara, 2));
        Awaitility.await().until(() -> calls.get() > 10);
        commits(head, edit(mara, 3));
        Awaitility.await().until(() -> hears.containsKey(new Revision(3)));
    }

    /// As a relay does: after two lost races it asks for the turn.
    private int write(DocumentStore documents, String relay, Writer writer) {
        var head = birth;
        int lost = 0;
        int lostInARow = 0;
        for (int seq = 1; seq <= COMMITS_EACH; ) {
            if (lostInARow > 2) {
                await(documents.takeTurn(document, relay));
            }
            switch (await(documents.commit(document, relay, head, entries(head, edit(writer, seq))))) {
                case Appended(var at) -> {
                    head = at;
                    seq++;
                    lostInARow = 0;
                }
                case HeadMoved moved -> {
                    LogCheck.requireDense(document, head.revision(), head.chain(), moved.missing());
                    var last = moved.missing().getLast();
                    head = new Head(epoch, last.revision(), last.chain());
                    lost++;
                    lostInARow++;
                }
                case TurnTaken(long millis) -> assertThat(millis).isBetween(1L, 50L);
                case CommitResult other -> throw new AssertionError("unexpected " + other);
            }
        }
        return lost;
    }
}
