package coscribe.relay.store.redis;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.ot.protocol.DocumentId;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.DocumentStoreFixture;
import coscribe.relay.store.Head;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import redis.clients.jedis.Jedis;

/// The words of the store's contract for tests of what only Redis can do, with several relays.
abstract class RedisFixture extends DocumentStoreFixture {
    private final List<RedisStore> relays = new ArrayList<>();
    private final List<AutoCloseable> others = new ArrayList<>();
    private DocumentStore store;

    private RedisServer server = RedisServer.shared();

    RedisServer server() {
        return server;
    }

    /// From now on the test runs on a server of its own, which ends with it.
    @CanIgnoreReturnValue
    RedisServer use(RedisServer own) {
        server = closing(own);
        return own;
    }

    RedisStore openRelay(RedisUrl url, RedisSettings settings) {
        return openRelay(url, settings, System::nanoTime);
    }

    RedisStore openRelay(RedisUrl url, RedisSettings settings, LongSupplier nanoTime) {
        var relay = Stores.open(url, settings, nanoTime);
        relays.add(relay);
        return relay;
    }

    RedisStore openRelay() {
        return openRelay(server().url(), RedisSettings.DEFAULT.withCommandTimeout(Duration.ofSeconds(10)));
    }

    /// Closed after the test, after the relays.
    <T extends AutoCloseable> T closing(T resource) {
        others.add(resource);
        return resource;
    }

    @AfterEach
    void closeAll() throws Exception {
        relays.forEach(RedisStore::close);
        for (AutoCloseable other : others) {
            other.close();
        }
    }

    @Override
    protected DocumentStore store() {
        if (store == null) {
            store = openRelay().documents();
        }
        return store;
    }

    @Override
    protected void elapse(Duration duration) {
        Stores.elapse(server(), duration);
    }

    @Override
    protected void damage(DocumentId id, Damage damage) {
        Stores.damage(server(), id, damage);
    }

    DocumentKeys keys() {
        return new DocumentKeys(document);
    }

    /// Many commits, in large batches; the last seq is `count`.
    Head writesMany(Head from, Writer writer, int count) {
        var head = from;
        for (int done = 0; done < count; ) {
            var wishes = new Wish[Math.min(100, count - done)];
            for (int i = 0; i < wishes.length; i++) {
                wishes[i] = edit(writer, done + i + 1L);
            }
            head = commits(head, wishes);
            done += wishes.length;
        }
        return head;
    }

    /// Everything that is kept of the document, byte for byte.
    static Map<String, String> everything(Jedis admin, DocumentId document) {
        var kept = new TreeMap<String, String>();
        for (String key : admin.keys("cs:{" + document.hex() + "}:*")) {
            kept.put(key, Arrays.toString(admin.dump(key)));
        }
        return kept;
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
