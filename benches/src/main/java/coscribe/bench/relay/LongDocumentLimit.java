package coscribe.bench.relay;

import coscribe.bench.process.RedisChild;
import coscribe.bench.process.RelayChild;
import coscribe.bench.process.TemporaryFolder;
import coscribe.client.CoscribeClient;
import coscribe.client.InviteLink;
import coscribe.ot.protocol.DocumentId;
import coscribe.relay.AdminDesk;
import coscribe.relay.ops.AdminSocket;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.embedded.EmbeddedSettings;
import coscribe.relay.store.embedded.EmbeddedStore;
import coscribe.relay.store.memory.MemoryFeedHub;
import coscribe.relay.store.redis.RedisSettings;
import coscribe.relay.store.redis.RedisStore;
import coscribe.relay.store.redis.RedisUrl;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/// How long a document of a million commits takes to come in, on each store: at a relay that has not
/// opened it, and where others have it open. On Redis, what a commit costs of its memory.
final class LongDocumentLimit {
    private static final long COMMITS = 1_000_000;
    /// The newest are kept one by one.
    private static final long KEPT_SINGLY = 5_000;

    private static final int CHARACTERS = 5_000;
    private static final int BATCH = 250;
    private static final long SHORT_COMMITS = 500;
    /// A relay and a client that have compiled what a join takes.
    private static final int WARMING = 150;

    private static final int COLD = 3;
    private static final int WARM = 50;
    private static final double MOST_MILLIS = 300;
    private static final int USES = 1_000;
    private static final long SEED = 1;

    private final Path home;
    private final PrintStream progress;
    private int people;

    LongDocumentLimit(Path home, PrintStream progress) {
        this.home = home;
        this.progress = progress;
    }

    List<RelayLimits.Row> run(Path folder) {
        var rows = new ArrayList<RelayLimits.Row>();
        var there = TemporaryFolder.fresh(folder.resolve("on-redis"));
        try (var redis = RedisChild.start(there, RedisChild.Keeping.ALWAYS)) {
            Written written;
            try (var store = new RedisStore(
                    RedisUrl.parse(redis.url()), RedisSettings.DEFAULT, new SecureRandom(), InstantSource.system())) {
                store.start();
                written = write(store.documents(), redis);
            }
            rows.addAll(written.rows);
            rows.add(joins("Redis", there, new RelayChild.Store.Redis(redis.url(), true), written));
        }
        var embedded = TemporaryFolder.fresh(folder.resolve("embedded"));
        Written written;
        try (var store = EmbeddedStore.open(
                embedded.resolve("relay"),
                EmbeddedSettings.DEFAULT,
                InstantSource.system(),
                Runnable::run,
                new MemoryFeedHub(Runnable::run))) {
            written = write(store.documents());
        }
        rows.add(joins("the embedded store", embedded, new RelayChild.Store.Embedded(), written));
        return rows;
    }

    private record Written(DocumentId longOne, DocumentId shortOne, List<RelayLimits.Row> rows) {}

    private Written write(DocumentStore store) {
        var random = new SplittableRandom(SEED);
        var shortOne = new LongDocument(store, random, CHARACTERS, BATCH);
        shortOne.writeTo(SHORT_COMMITS);
        var longOne = new LongDocument(store, random, CHARACTERS, BATCH);
        longOne.writeTo(COMMITS);
        return new Written(longOne.id(), shortOne.id(), List.of());
    }

    /// The same, and what it took of the memory of Redis.
    private Written write(DocumentStore store, RedisChild redis) {
        var random = new SplittableRandom(SEED);
        var shortOne = new LongDocument(store, random, CHARACTERS, BATCH);
        shortOne.writeTo(SHORT_COMMITS);
        var longOne = new LongDocument(store, random, CHARACTERS, BATCH);
        double before = redis.told("used_memory");
        longOne.writeTo(KEPT_SINGLY - 1);
        double single = (redis.told("used_memory") - before) / longOne.commits();
        long began = System.nanoTime();
        longOne.writeTo(COMMITS);
        double seconds = (System.nanoTime() - began) / 1e9;
        double all = (redis.told("used_memory") - before) / COMMITS;
        return new Written(
                longOne.id(),
                shortOne.id(),
                List.of(row(
                        "memory of Redis for a commit of one character",
                        String.format(
                                Locale.ROOT,
                                "%.0f bytes while it is among the newest 5,000; %.0f bytes on average of %,d, the older ones in"
                                        + " segments (written by one writer, %,.0f commits/s)",
                                single,
                                all,
                                COMMITS,
                                (COMMITS - KEPT_SINGLY) / seconds))));
    }

    private static RelayLimits.Row row(String what, String found) {
        return new RelayLimits.Row(what, found, "", true);
    }

    private RelayLimits.Row joins(String where, Path folder, RelayChild.Store store, Written written) {
        var cold = new double[COLD];
        var warm = new double[WARM];
        for (int i = 0; i < COLD; i++) {
            progress.println("joining on " + where + ", relay " + (i + 1) + " of " + COLD);
            try (var relay = RelayChild.start("relay", home, folder, store, List.of())) {
                String shortLink = invite(relay, written.shortOne);
                for (int j = 0; j < WARMING; j++) {
                    var _ = join(shortLink, folder, written.shortOne);
                }
                String link = invite(relay, written.longOne);
                cold[i] = join(link, folder, written.longOne);
                for (int j = 0; j < WARM; j++) {
                    warm[j] = join(link, folder, written.longOne);
                }
            }
        }
        Arrays.sort(cold);
        Arrays.sort(warm);
        return new RelayLimits.Row(
                String.format(Locale.ROOT, "a document of %,d commits joins, on %s", COMMITS, where),
                String.format(
                        Locale.ROOT,
                        "at a relay that has not opened it, slowest of %d: %.0f ms; opened: p50 %.1f, most of %d %.1f ms",
                        COLD,
                        cold[COLD - 1],
                        warm[WARM / 2],
                        WARM,
                        warm[WARM - 1]),
                "< 300 ms",
                cold[COLD - 1] < MOST_MILLIS && warm[WARM - 1] < MOST_MILLIS);
    }

    private static String invite(RelayChild relay, DocumentId document) {
        try {
            return AdminSocket.ask(
                            relay.data(),
                            Map.of(
                                    AdminDesk.COMMAND,
                                    "invite.create",
                                    AdminDesk.DOCUMENT,
                                    document.hex(),
                                    "role",
                                    "editor",
                                    "seconds",
                                    "3600",
                                    "uses",
                                    Integer.toString(USES)))
                    .map(answer -> answer.get("link"))
                    .orElseThrow(() -> new IllegalStateException("the relay made no invite"));
        } catch (IOException e) {
            throw new UncheckedIOException("the relay made no invite", e);
        }
    }

    /// Somebody new: in milliseconds, from opening the document, connection and sign-in included, until
    /// its text is there.
    private double join(String link, Path folder, DocumentId document) {
        var profile = folder.resolve("person-" + people++);
        try (var client = CoscribeClient.join(InviteLink.parse(link), "Reader", profile)) {
            long began = System.nanoTime();
            var opened = client.open(document).opened().join();
            double millis = (System.nanoTime() - began) / 1e6;
            if (opened.text().length() < CHARACTERS / 10) {
                throw new IllegalStateException("a text of " + opened.text().length() + " characters came in");
            }
            return millis;
        }
    }
}
