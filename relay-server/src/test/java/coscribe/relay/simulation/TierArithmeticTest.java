package coscribe.relay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.relay.simulation.Traffic.Count;
import coscribe.relay.store.LoadResult;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// 40 relays over one Redis, everything of production but sockets: each commit takes exactly the
/// messages and bytes that docs/SCALING.md says, and so does a document in which nothing happens.
class TierArithmeticTest {
    private static final int RELAYS = 40;
    /// From here on revisions and sequence numbers have three digits.
    private static final int THREE_DIGITS = 101;

    private static final int COMMITS = 30;
    private static final long SECOND = 1_000_000;
    /// By then every relay that left a snapshot to another has looked whether it is there.
    private static final long OTHERS_LOOKED = 21 * SECOND;

    private static final Count NONE = Count.NONE;

    /// As the page calls a way, and as it is counted.
    private static final Map<String, String> PER_COMMIT = Map.of(
            "editor to relay: `submit`", "to relay: submit",
            "relay to Redis: the script `commit`", "to Redis: COMMIT",
            "Redis to relay: its answer", "from Redis: COMMIT",
            "Redis to relays: the commit, by pub/sub", "from Redis: news c",
            "relay to editors: `committed`", "to editor: committed");

    private static final Map<String, String> BESIDE = Map.of(
            "relay to Redis: where does the log end?", "to Redis: HMGET",
            "relay to Redis: who is here, published", "to Redis: PUBLISH",
            "Redis to relays: who is here", "from Redis: news p");

    /// What goes on whether anybody types or not, and what comes once in so many commits.
    private static final Set<String> BETWEEN = Set.of("HMGET", "PUBLISH", "news p", "SNAPSHOT", "HGET", "HLEN");

    private static final Map<String, String> PER_SNAPSHOT = Map.of(
            "relay to Redis: the script `snapshot`", "to Redis: SNAPSHOT",
            "Redis to relay: its answer", "from Redis: SNAPSHOT",
            "relay to Redis: how many client ids are known?", "to Redis: HLEN",
            "Redis to relay: so many", "from Redis: HLEN",
            "other relays to Redis: is it there?", "to Redis: HGET",
            "Redis to them: of which revision", "from Redis: HGET");

    private static boolean isBetween(String what) {
        return BETWEEN.contains(what.replaceFirst("(to|from) Redis: ", ""));
    }

    private static World world(long seed, int people) {
        var world = World.calm(seed, CountedTier::new, RELAYS, people);
        ((CountedTier) world.tier).countInto(world.traffic);
        return world;
    }

    private static long relaysWithMembers(World world) {
        return world.links.stream()
                .filter(SimLink::isOpen)
                .map(link -> link.relay)
                .distinct()
                .count();
    }

    /// Types one character and lets it come to everybody.
    private static void type(World world, int who) {
        long before = world.clients.getFirst().session().revision().number();
        world.clients.get(who % world.clients.size()).hand.appends("x");
        while (!world.isQuiet() || world.clients.getFirst().session().revision().number() == before) {
            assertThat(world.scheduler.runNext()).isTrue();
        }
    }

    private static Map<String, Count> since(Map<String, Count> before, World world) {
        var grown = new TreeMap<String, Count>();
        world.traffic.now().forEach((what, count) -> {
            var more = count.minus(before.getOrDefault(what, NONE));
            if (!more.equals(NONE)) {
                grown.put(what, more);
            }
        });
        return grown;
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 5", "4, 5", "5, 12", "6, 40", "7, 100"})
    void a_commit_takes_the_messages_and_bytes_of_the_page(long seed, int people) {
        var world = world(seed, people);
        long k = relaysWithMembers(world);
        for (int i = 0; i < THREE_DIGITS; i++) {
            type(world, 0);
        }
        for (int i = 0; i < COMMITS; i++) {
            var before = world.traffic.now();
            type(world, 0);
            var grown = since(before, world);
            long frames = grown.getOrDefault("to editor: committed", NONE).bytes();
            var known = Map.of(
                    "k",
                    k,
                    "m",
                    (long) people,
                    "s",
                    grown.getOrDefault("to relay: submit", NONE).bytes(),
                    "b",
                    frames / people - 4);
            var expected = new TreeMap<String, Count>();
            ScalingPage.table("commit")
                    .forEach((way, row) ->
                            expected.put(PER_COMMIT.get(way), new Count(row.messages(known), row.bytes(known))));
            assertThat(expected).hasSize(PER_COMMIT.size());
            grown.keySet().removeIf(TierArithmeticTest::isBetween);
            assertThat(grown)
                    .as("commit %s, %s people at %s relays", i, people, k)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"11, 1", "12, 5", "13, 40"})
    void a_document_in_which_nothing_happens_takes_what_the_page_says(long seed, int people) {
        var world = world(seed, people);
        world.runUntil(world.scheduler.nowMicros() / SECOND * SECOND + 30 * SECOND + SECOND / 2);
        assertThat(perTenSeconds(world, 10)).isEqualTo(besides(world, "quiet"));
    }

    @ParameterizedTest
    @CsvSource({"14, 5", "15, 12"})
    void a_document_in_which_somebody_types_is_looked_at_each_second(long seed, int people) {
        var world = world(seed, people);
        world.runUntil(world.scheduler.nowMicros() / SECOND * SECOND + 30 * SECOND + SECOND / 2);
        type(world, 0);
        var looks = new TreeMap<String, Long>();
        for (int i = 0; i < 4; i++) {
            var before = world.traffic.now();
            for (int j = 0; j < 2; j++) {
                world.runUntil(world.scheduler.nowMicros() / SECOND * SECOND + 5 * SECOND + SECOND / 2);
                type(world, j);
            }
            since(before, world).forEach((what, count) -> looks.merge(what, count.messages(), Long::sum));
        }
        long expected = besides(world, "busy").getOrDefault("to Redis: HMGET", 0L);
        assertThat(looks.get("to Redis: HMGET")).isEqualTo(4 * expected);
    }

    @ParameterizedTest
    @CsvSource({"21, 10", "22, 12", "23, 40", "24, 99"})
    void when_a_snapshot_is_due_one_relay_sends_it_and_the_others_look_whether_it_is_there(long seed, int people) {
        var world = world(seed, people);
        long k = relaysWithMembers(world);
        typeUntilOneIsDueNext(world, THREE_DIGITS);
        var before = world.traffic.now();
        type(world, 0);
        world.runUntil(world.scheduler.nowMicros() + OTHERS_LOOKED);
        var known = Map.of("k", k, "d", (long) snapshot(world).bytes().length);
        var expected = new TreeMap<String, Count>();
        ScalingPage.table("snapshot").forEach((way, row) -> {
            if (row.messages(known) > 0) {
                expected.put(PER_SNAPSHOT.get(way), new Count(row.messages(known), row.bytes(known)));
            }
        });
        var grown = since(before, world);
        grown.keySet().retainAll(PER_SNAPSHOT.values());
        assertThat(grown).as("%s people at %s relays", people, k).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"31, 5", "32, 12", "33, 40", "34, 100"})
    void a_relay_that_dies_before_it_sent_its_snapshot_leaves_it_to_one_of_the_others(long seed, int people) {
        var world = world(seed, people);
        typeUntilOneIsDueNext(world, 0);
        var before = world.traffic.now();
        long due = world.clients.getFirst().session().revision().number() + 1;
        var dying = world.links.stream()
                .filter(link -> link.isOpen() && link.client == world.clients.getFirst())
                .findFirst()
                .orElseThrow()
                .relay;
        world.clients.getFirst().hand.appends("x");
        while (since(before, world).getOrDefault("to Redis: COMMIT", NONE).messages() == 0) {
            assertThat(world.scheduler.runNext()).isTrue();
        }
        dying.crash();
        world.runUntil(world.scheduler.nowMicros() + SECOND);
        assertThat(snapshot(world).revision().number()).isLessThan(due);
        world.runUntil(world.scheduler.nowMicros() + OTHERS_LOOKED);
        assertThat(snapshot(world).revision().number()).isEqualTo(due);
        assertThat(since(before, world).getOrDefault("to Redis: SNAPSHOT", NONE).messages())
                .isEqualTo(1);
    }

    /// The next commit makes a snapshot due, and the ones before are settled.
    private static void typeUntilOneIsDueNext(World world, int atLeast) {
        int every = SimRelay.LIMITS.snapshotCommits();
        int typed = 0;
        while (typed < atLeast || (typed + 1) % every != 0) {
            type(world, typed++);
        }
        world.runUntil(world.scheduler.nowMicros() + OTHERS_LOOKED);
    }

    private static LoadResult.Snapshot snapshot(World world) {
        var loaded = world.truth.load(world.document).toCompletableFuture();
        while (!loaded.isDone()) {
            assertThat(world.scheduler.runNext()).isTrue();
        }
        return ((LoadResult.Loaded) loaded.join()).snapshot();
    }

    private static Map<String, Long> perTenSeconds(World world, int times) {
        var before = world.traffic.now();
        world.runUntil(world.scheduler.nowMicros() + times * 10L * SECOND);
        return since(before, world).entrySet().stream()
                .filter(entry -> BESIDE.containsValue(entry.getKey()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().messages() / times));
    }

    private static Map<String, Long> besides(World world, String when) {
        var known = Map.of("k", relaysWithMembers(world));
        return ScalingPage.table(when).entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> BESIDE.get(entry.getKey()),
                        entry -> entry.getValue().messages(known)));
    }
}
