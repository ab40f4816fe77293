package coscribe.relay.store;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every {@link DocumentFeed} must do where nothing is lost. `store()` is what both feeds
/// announce.
public abstract class DocumentFeedContract extends DocumentStoreFixture {
    private DocumentFeed feed;
    private DocumentFeed elsewhere;
    private Writer mara;

    /// A feed of one more relay; the contract closes it.
    protected abstract DocumentFeed openFeed();

    /// The feed contract damages nothing.
    @Override
    protected final void damage(DocumentId id, Damage damage) {
        throw new UnsupportedOperationException();
    }

    /// The feed contract needs no clock.
    @Override
    protected final void elapse(Duration duration) {
        throw new UnsupportedOperationException();
    }

    @BeforeEach
    void open() {
        feed = openFeed();
        elsewhere = openFeed();
        createDocument();
        mara = ownerJoins();
    }

    @AfterEach
    void close() {
        feed.close();
        elsewhere.close();
    }

    /// What a listener heard. Announcements may be repeated and reordered, so revisions are a set.
    private static class Heard implements DocumentFeed.Listener {
        final ConcurrentSkipListSet<Long> revisions = new ConcurrentSkipListSet<>();
        final List<LogEntry> entries = new CopyOnWriteArrayList<>();
        final List<String> presence = new CopyOnWriteArrayList<>();
        final AtomicInteger accessChanges = new AtomicInteger();

        @Override
        public void committed(List<LogEntry> committed) {
            for (int i = 1; i < committed.size(); i++) {
                if (!committed
                        .get(i)
                        .revision()
                        .equals(committed.get(i - 1).revision().next())) {
                    throw new AssertionError("not dense: " + committed);
                }
            }
            entries.addAll(committed);
            committed.forEach(entry -> revisions.add(entry.revision().number()));
        }

        @Override
        public void headMoved(Revision head) {
            for (long r = 1; r <= head.number(); r++) {
                revisions.add(r);
            }
        }

        @Override
        public void presence(byte[] message) {
            presence.add(new String(message, StandardCharsets.UTF_8));
        }

        @Override
        public void accessChanged() {
            accessChanges.incrementAndGet();
        }

        @Override
        public void interrupted() {}
    }

    private Heard follows(DocumentFeed who) {
        var heard = new Heard();
        await(who.follow(document, heard));
        return heard;
    }

    @Test
    void every_commit_after_following_is_announced_to_every_relay_with_its_bytes() {
        var here = follows(feed);
        var there = follows(elsewhere);
        var head = commits(birth, edit(mara, 1));
        commits(head, edit(mara, 2), edit(mara, 3));
        for (Heard heard : List.of(here, there)) {
            Awaitility.await().untilAsserted(() -> assertThat(heard.revisions).contains(1L, 2L, 3L));
            assertThat(wholeLog(10)).containsAll(heard.entries).hasSize(3);
        }
    }

    @Test
    void what_is_announced_is_in_the_log() {
        var seen = new CopyOnWriteArrayList<Boolean>();
        await(feed.follow(document, new Heard() {
            @Override
            public void committed(List<LogEntry> committed) {
                var read = store().read(document, Revision.ZERO, 10, 1 << 20);
                read.thenAccept(result ->
                        seen.add(((ReadResult.Entries) result).entries().containsAll(committed)));
            }
        }));
        commits(birth, edit(mara, 1));
        Awaitility.await().until(() -> !seen.isEmpty());
        assertThat(seen).containsOnly(true);
    }

    @Test
    void a_refused_commit_is_not_announced() {
        var heard = follows(feed);
        commit(birth, edit(mara, 7));
        commits(birth, edit(mara, 1));
        Awaitility.await().untilAsserted(() -> assertThat(heard.revisions).containsExactly(1L));
        assertThat(heard.entries)
                .allMatch(entry -> new String(entry.bytes(), StandardCharsets.UTF_8).contains("\"seq\":1,"));
    }

    @Test
    void a_large_commit_is_announced_too() {
        var heard = follows(elsewhere);
        var bytes = new byte[300_000];
        var entry = new Entry(
                mara.client(),
                1,
                mara.person(),
                Role.EDITOR,
                bytes,
                birth.chain().after(bytes));
        await(store().commit(document, RELAY, birth, List.of(entry)));
        Awaitility.await().untilAsserted(() -> assertThat(heard.revisions).containsExactly(1L));
    }

    @Test
    void who_does_not_follow_any_longer_hears_nothing() {
        var heard = follows(feed);
        var there = follows(elsewhere);
        feed.unfollow(document);
        commits(birth, edit(mara, 1));
        feed.publishPresence(document, "caret".getBytes(StandardCharsets.UTF_8));
        Awaitility.await().untilAsserted(() -> assertThat(there.presence).containsExactly("caret"));
        Awaitility.await().untilAsserted(() -> assertThat(there.revisions).containsExactly(1L));
        assertThat(heard.revisions).isEmpty();
        assertThat(heard.presence).isEmpty();
        var again = follows(feed);
        commits(load().head(), edit(mara, 2));
        Awaitility.await().untilAsserted(() -> assertThat(again.revisions).contains(2L));
    }

    @Test
    void a_second_listener_replaces_the_first() {
        var first = follows(feed);
        var second = follows(feed);
        commits(birth, edit(mara, 1));
        Awaitility.await().untilAsserted(() -> assertThat(second.revisions).containsExactly(1L));
        assertThat(first.revisions).isEmpty();
    }

    @Test
    void documents_are_announced_apart() {
        var heard = follows(feed);
        var other = DocumentId.random(random);
        await(store().create(other, epoch, "Other", owner));
        var otherHeard = new Heard();
        await(feed.follow(other, otherHeard));
        commits(birth, edit(mara, 1));
        feed.publishPresence(other, "there".getBytes(StandardCharsets.UTF_8));
        Awaitility.await().untilAsserted(() -> assertThat(heard.revisions).containsExactly(1L));
        Awaitility.await().untilAsserted(() -> assertThat(otherHeard.presence).containsExactly("there"));
        assertThat(otherHeard.revisions).isEmpty();
        assertThat(heard.presence).isEmpty();
    }

    @Test
    void presence_reaches_everybody_who_follows_also_the_sender() {
        var here = follows(feed);
        var there = follows(elsewhere);
        feed.publishPresence(document, "Mara at 7 \u0000\r\n ü".getBytes(StandardCharsets.UTF_8));
        Awaitility.await().untilAsserted(() -> assertThat(here.presence).containsExactly("Mara at 7 \u0000\r\n ü"));
        Awaitility.await().untilAsserted(() -> assertThat(there.presence).containsExactly("Mara at 7 \u0000\r\n ü"));
    }

    @Test
    void a_changed_role_is_announced_to_every_relay_after_it_is_in_the_list() {
        var here = follows(feed);
        var seen = new CopyOnWriteArrayList<Optional<Role>>();
        var jon = PersonId.random(random);
        await(elsewhere.follow(document, new Heard() {
            @Override
            public void accessChanged() {
                var read = store().access(document);
                read.thenAccept(
                        access -> seen.add(Optional.ofNullable(access.roles().get(jon))));
            }
        }));

        for (var role : List.of(Optional.of(Role.EDITOR), Optional.of(Role.VIEWER), Optional.<Role>empty())) {
            seen.clear();
            int before = here.accessChanges.get();
            assertThat(await(store().grant(document, jon, role))).isTrue();
            Awaitility.await().untilAsserted(() -> assertThat(seen).contains(role));
            Awaitility.await()
                    .untilAsserted(() -> assertThat(here.accessChanges).hasValueGreaterThan(before));
        }
    }

    @Test
    void a_changed_role_is_nothing_to_who_follows_another_document() {
        var other = DocumentId.random(random);
        await(store().create(other, epoch, "Other", owner));
        var heard = follows(feed);
        var otherHeard = new Heard();
        await(feed.follow(other, otherHeard));

        await(store().grant(other, PersonId.random(random), Optional.of(Role.VIEWER)));

        Awaitility.await()
                .untilAsserted(() -> assertThat(otherHeard.accessChanges).hasPositiveValue());
        assertThat(heard.accessChanges).hasValue(0);
    }

    @Test
    void a_closed_feed_is_silent_and_leaves_the_others_alone() {
        var here = follows(feed);
        var there = follows(elsewhere);
        feed.close();
        commits(birth, edit(mara, 1));
        Awaitility.await().untilAsserted(() -> assertThat(there.revisions).containsExactly(1L));
        assertThat(here.revisions).isEmpty();
    }
}
