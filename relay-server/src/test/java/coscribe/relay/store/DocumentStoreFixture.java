package coscribe.relay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage.Resumed;
import coscribe.relay.store.CommitResult.Appended;
import coscribe.relay.store.DocumentStore.Creation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// What an implementation hands to its contract, and the words in which the contract speaks.
public abstract class DocumentStoreFixture {
    protected static final String RELAY = "relay-1";
    protected static final String OTHER_RELAY = "relay-2";
    private static final AtomicLong FIXTURES = new AtomicLong();

    /// Ids never repeat within a JVM, so that tests may share a server.
    protected final RandomGenerator random = new SplittableRandom(20_261_124 + FIXTURES.incrementAndGet());

    protected final DocumentId document = DocumentId.random(random);
    protected final Epoch epoch = Epoch.random(random);
    protected final PersonId owner = PersonId.random(random);
    protected final Head birth = new Head(epoch, Revision.ZERO, ChainHash.START);

    /// The store under test, the same during one test.
    protected abstract DocumentStore store();

    /// Lets so much time pass, by the store's clock.
    protected abstract void elapse(Duration duration);

    /// Damages what is kept, behind the store's back and so that its next read sees it.
    protected abstract void damage(DocumentId id, Damage damage);

    public enum Damage {
        /// One bit of the bytes of the document's first commit.
        FLIPPED_ENTRY,
        /// The document's second commit is gone.
        MISSING_ENTRY,
        /// The document's last commit is gone, while its head is still there.
        MISSING_LAST_ENTRY,
        /// One bit of the snapshot's bytes.
        FLIPPED_SNAPSHOT,
        MISSING_SNAPSHOT
    }

    /// Somebody who joined.
    protected record Writer(PersonId person, DeviceId device, ClientId client) {}

    /// What somebody asks to commit.
    protected record Wish(Writer writer, long seq, Role needs) {}

    protected static Wish edit(Writer writer, long seq) {
        return new Wish(writer, seq, Role.EDITOR);
    }

    protected static Wish comment(Writer writer, long seq) {
        return new Wish(writer, seq, Role.COMMENTER);
    }

    protected void createDocument() {
        assertThat(await(store().create(document, epoch, "Minutes", owner))).isEqualTo(Creation.CREATED);
    }

    protected Writer ownerJoins() {
        return joins(owner, DeviceId.random(random), Optional.empty());
    }

    protected Writer joins(Role role) {
        return joins(PersonId.random(random), DeviceId.random(random), Optional.of(role));
    }

    protected Writer joins(PersonId person, DeviceId device, Optional<Role> grant) {
        var writer = new Writer(person, device, ClientId.random(random));
        assertThat(await(store().join(document, person, device, writer.client(), Optional.empty(), grant)))
                .isInstanceOf(JoinResult.Joined.class);
        return writer;
    }

    /// The same person at the same device again, resuming the old client id.
    protected Writer resumes(Writer old) {
        var fresh = new Writer(old.person(), old.device(), ClientId.random(random));
        resume(fresh, old.client());
        return fresh;
    }

    protected Resumed resume(Writer fresh, ClientId old) {
        var joined = await(store().join(
                        document, fresh.person(), fresh.device(), fresh.client(), Optional.of(old), Optional.empty()));
        return ((JoinResult.Joined) joined).resumed();
    }

    /// Entries as a relay that stands at `expected` would make them.
    protected static List<Entry> entries(Head expected, Wish... wishes) {
        var entries = new ArrayList<Entry>();
        var chain = expected.chain();
        for (int i = 0; i < wishes.length; i++) {
            var wish = wishes[i];
            long revision = expected.revision().number() + 1 + i;
            var bytes = ("{\"revision\":" + revision + ",\"client\":\""
                            + wish.writer().client() + "\",\"seq\":" + wish.seq() + ",\"text\":\"ünï\u0000\r\ncode\"}")
                    .getBytes(StandardCharsets.UTF_8);
            chain = chain.after(bytes);
            entries.add(
                    new Entry(wish.writer().client(), wish.seq(), wish.writer().person(), wish.needs(), bytes, chain));
        }
        return entries;
    }

    protected CommitResult commit(Head expected, Wish... wishes) {
        return await(store().commit(document, RELAY, expected, entries(expected, wishes)));
    }

    /// Commits what must succeed.
    protected Head commits(Head expected, Wish... wishes) {
        var result = commit(expected, wishes);
        if (result instanceof Appended appended) {
            return appended.head();
        }
        return fail("not appended: " + result);
    }

    /// `count` commits of one writer, one by one, the first with seq `firstSeq`.
    protected Head writes(Head from, Writer writer, long firstSeq, int count) {
        var head = from;
        for (int i = 0; i < count; i++) {
            head = commits(head, edit(writer, firstSeq + i));
        }
        return head;
    }

    protected LoadResult.Loaded load() {
        return (LoadResult.Loaded) await(store().load(document));
    }

    /// The whole log, page by page.
    protected List<LogEntry> wholeLog(int page) {
        var log = new ArrayList<LogEntry>();
        while (true) {
            var read = (ReadResult.Entries) await(store().read(document, new Revision(log.size()), page, 1 << 20));
            if (read.entries().isEmpty()) {
                return log;
            }
            log.addAll(read.entries());
        }
    }

    protected static List<LogEntry> logged(Head after, List<Entry> entries) {
        var log = new ArrayList<LogEntry>();
        for (int i = 0; i < entries.size(); i++) {
            log.add(new LogEntry(
                    after.revision().plus(i + 1),
                    entries.get(i).chain(),
                    entries.get(i).bytes()));
        }
        return log;
    }

    @CanIgnoreReturnValue
    protected static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("the store failed", e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("the store did not answer", e);
        }
    }

    protected static Throwable failureOf(CompletionStage<?> stage) {
        try {
            return fail("succeeded with " + stage.toCompletableFuture().get(30, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("the store did not answer", e);
        }
    }
}
