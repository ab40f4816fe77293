package coscribe.relay;

import coscribe.ot.protocol.ServerMessage.Durability;
import coscribe.relay.store.redis.RedisCheckup.Found;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What a Redis' settings mean for the promise that a relay makes over it.
///
/// @param durability    what is promised
/// @param waitReplicas  how many replicas confirm an edit
/// @param watched       whether Sentinels may put a replica in the primary's place
record RedisFindings(Durability durability, int waitReplicas, boolean watched) {
    /// How long what is saved may be at risk of a failover, where relaxed was asked for.
    static final Duration AT_RISK = Duration.ofSeconds(2);

    private static final Duration CLOCKS_APART = Duration.ofSeconds(5);

    /// What must hold at the start, and at every moment at which an edit is to count as saved.
    List<Finding> settings(Found found) {
        return List.of(eviction(found), persistence(found));
    }

    /// As {@link #settings}, with what may come and go while relays run.
    List<Finding> all(Found found) {
        var findings = new ArrayList<>(settings(found));
        findings.add(replicas(found));
        found.writesFail()
                .ifPresent(why -> findings.add(
                        Finding.fail("redis", "Redis refuses writes: " + why + ". Look at its disk and its log.")));
        return findings;
    }

    static Finding clock(Found found, Instant now) {
        var apart = Duration.between(found.time(), now).abs();
        return apart.compareTo(CLOCKS_APART) > 0
                ? Finding.fail(
                        "clock",
                        "This computer's clock and the one of Redis are " + apart.toSeconds()
                                + " s apart. Let both be set by NTP.")
                : Finding.ok("clock", "This computer and Redis agree on the time.");
    }

    private Finding replicas(Found found) {
        int attached = found.replicas();
        var are = attached == 1 ? "1 replica is" : attached + " replicas are";
        boolean nobodyConfirms = durability == Durability.VOLATILE
                || (durability == Durability.RELAXED && !watched && waitReplicas == 0);
        if (nobodyConfirms) {
            return Finding.ok("replicas", are + " attached to Redis; none has to confirm an edit.");
        }
        if (watched && waitReplicas == 0) {
            return Finding.fail(
                    "replicas",
                    "Sentinels may put a replica in the place of Redis' primary, but none has to confirm an edit, so"
                            + " saved edits could be lost. Set redis.wait.replicas to the number of replicas (now "
                            + attached + ") and restart the relays.");
        }
        if (attached < waitReplicas) {
            return Finding.fail(
                    "replicas",
                    are + " attached to Redis, but redis.wait.replicas = " + waitReplicas
                            + " must confirm an edit. Start the missing one, or lower redis.wait.replicas to what there"
                            + " is and restart the relays.");
        }
        if (attached > waitReplicas) {
            var sentence = are + " attached to Redis, but redis.wait.replicas = " + waitReplicas
                    + ", so one that takes the primary's place may not have every saved edit. Set redis.wait.replicas"
                    + " = " + attached + " and restart the relays.";
            return waitReplicas == 0 ? Finding.warn("replicas", sentence) : Finding.fail("replicas", sentence);
        }
        if (waitReplicas == 0) {
            return Finding.ok("replicas", "No replica is attached to Redis, and none has to confirm an edit.");
        }
        if (durability == Durability.RELAXED) {
            return relaxed(found);
        }
        boolean mayRunAlone = found.minReplicas()
                .filter(least -> Integer.parseInt(least) < waitReplicas)
                .isPresent();
        return mayRunAlone
                ? Finding.warn(
                        "replicas",
                        "All " + waitReplicas + " replicas confirm an edit. A primary that is cut off from them would"
                                + " still take writes that it has to give back: set min-replicas-to-write "
                                + waitReplicas + " and min-replicas-max-lag 2 in redis.conf of each server.")
                : Finding.ok(
                        "replicas", "All " + waitReplicas + " replicas confirm an edit before it counts as saved.");
    }

    /// Redis' own bound, beside the relays': it counts a replica's silence in whole seconds and looks at
    /// it each second, so a lag of 1, the least that there is, lets it go on for up to 3.
    private Finding relaxed(Found found) {
        if (!watched) {
            return Finding.ok("replicas", confirmed());
        }
        if (found.minReplicas().isEmpty() || found.maxLag().isEmpty()) {
            return Finding.warn(
                    "replicas",
                    "Redis does not tell its min-replicas-to-write and min-replicas-max-lag. They must be "
                            + waitReplicas + " and 1; allow CONFIG GET to have it checked.");
        }
        boolean bounded = Integer.parseInt(found.minReplicas().get()) >= waitReplicas
                && Integer.parseInt(found.maxLag().get()) <= 1;
        return bounded
                ? Finding.ok("replicas", confirmed())
                : Finding.fail(
                        "replicas",
                        "Sentinels may put a replica in the place of Redis' primary that was cut off from it for long,"
                                + " so saved edits of all that time could be lost. Set"
                                + " min-replicas-to-write " + waitReplicas + " and min-replicas-max-lag 1: redis-cli"
                                + " config set, and in redis.conf of each server.");
    }

    private String confirmed() {
        return "All " + waitReplicas + " replicas confirm an edit within " + AT_RISK.toSeconds()
                + " seconds after it counts as saved, or no further one is taken.";
    }

    private static Finding eviction(Found found) {
        return switch (found.eviction().orElse("")) {
            case "noeviction" -> Finding.ok("eviction", "Redis throws nothing away (noeviction).");
            case "" ->
                Finding.warn(
                        "eviction",
                        "Redis does not tell its maxmemory-policy. It must be noeviction; allow CONFIG GET to have it"
                                + " checked.");
            default ->
                Finding.fail(
                        "eviction",
                        "Redis may throw documents away when memory is short (maxmemory-policy "
                                + found.eviction().orElse("")
                                + "). Set it: redis-cli config set maxmemory-policy noeviction, and in redis.conf.");
        };
    }

    private Finding persistence(Found found) {
        var append = found.appendOnly().orElse("");
        var fsync = found.appendFsync().orElse("");
        if (durability == Durability.VOLATILE) {
            return Finding.ok("durability", "Volatile was asked for: what Redis forgets at its end is lost.");
        }
        if (append.isEmpty()) {
            return Finding.warn(
                    "durability",
                    "Redis does not tell whether it keeps an append-only file. It must; allow CONFIG GET to have it"
                            + " checked.");
        }
        if (!append.equals("yes")) {
            return Finding.fail(
                    "durability",
                    "Redis keeps no append-only file, so saved edits are lost when it ends. Set it: redis-cli config"
                            + " set appendonly yes, and in redis.conf; or write durability = volatile.");
        }
        if (durability == Durability.STRICT && !fsync.equals("always")) {
            return Finding.fail(
                    "durability",
                    "Redis forces its file only " + (fsync.equals("everysec") ? "every second" : "now and then")
                            + ", so durability = strict is not kept. Set it: redis-cli config set appendfsync always,"
                            + " and in redis.conf; or write durability = relaxed.");
        }
        return Finding.ok("durability", "Redis keeps an append-only file (appendfsync " + fsync + ").");
    }
}
