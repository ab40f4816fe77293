package coscribe.relay.session;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.document.ContentHash;
import coscribe.ot.document.Document;
import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.ServerMessage.Range;
import coscribe.ot.wire.Wire;
import coscribe.relay.sequencing.KnownCommit;
import coscribe.relay.sequencing.Recent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What somebody missed, as frames: told to a reader that keeps a copy as a client does.
class FramesTest {
    private static final ClientId MINE = new ClientId("1".repeat(32));
    private static final ClientId THEIRS = new ClientId("9".repeat(32));

    private final List<KnownCommit> log = new ArrayList<>();
    private final List<Document> texts = new ArrayList<>(List.of(Document.EMPTY));
    private final SplittableRandom random = new SplittableRandom(20_261_129);
    private Recent recent = Recent.from(Revision.ZERO, Document.EMPTY, 1_000, 1 << 20);
    private int hashes;

    private void commits(ClientId client, int times) {
        for (int i = 0; i < times; i++) {
            Document before = texts.getLast();
            var delta = Delta.builder();
            int at = random.nextInt(before.length());
            delta.retain(at);
            if (at < before.length() - 1 && random.nextInt(4) == 0) {
                delta.delete(1);
            } else {
                delta.insert(Character.toString('a' + random.nextInt(26)));
            }
            var change = Change.of(delta.build(before.length()));
            var committed = new Committed(
                    new Revision(log.size() + 1),
                    new PersonId("a".repeat(32)),
                    client,
                    log.size() + 1,
                    Intent.EDIT,
                    0,
                    change,
                    Optional.empty(),
                    Optional.empty());
            byte[] bytes = Wire.encode(committed);
            var known = new KnownCommit(committed, bytes, ChainHash.START);
            recent = recent.plus(known, before);
            log.add(known);
            texts.add(before.apply(change));
        }
    }

    private List<ServerMessage> missed() {
        return Frames.missed(log, Set.of(MINE), this::hashAt).stream()
                .map(frame -> Wire.decodeServer(frame.text()))
                .toList();
    }

    private Optional<ContentHash> hashAt(Revision revision) {
        hashes++;
        return revision.number() == log.size()
                ? Optional.of(texts.getLast().contentHash())
                : recent.documentAt(revision).map(Document::contentHash);
    }

    /// Reads it all; each range must tell the hash of the text at its end, and no own commit lies in
    /// one.
    private long ranges(List<ServerMessage> messages) {
        Document copy = Document.EMPTY;
        long at = 0;
        long ranges = 0;
        for (ServerMessage message : messages) {
            if (message instanceof Range range) {
                assertThat(range.from().number()).isEqualTo(at);
                copy = copy.apply(range.change());
                assertThat(log.subList((int) at, (int) range.to().number()))
                        .noneMatch(commit -> commit.committed().client().equals(MINE));
                at = range.to().number();
                assertThat(range.contentHash()).contains(copy.contentHash());
                ranges++;
            } else if (message instanceof Committed commit) {
                assertThat(commit.revision().number()).isEqualTo(++at);
                copy = copy.apply(commit.change());
            }
            assertThat(copy).isEqualTo(texts.get((int) at));
        }
        assertThat(at).isEqualTo(log.size());
        return ranges;
    }

    @Test
    void a_range_before_the_readers_own_commit_tells_the_hash_of_the_text_there() {
        commits(THEIRS, 30);
        commits(MINE, 1);
        commits(THEIRS, 20);
        var messages = missed();
        assertThat(ranges(messages)).isEqualTo(2);
        assertThat(messages).hasSize(3);
    }

    @Test
    void so_does_one_behind_which_nothing_but_the_own_commit_comes() {
        commits(THEIRS, 30);
        commits(MINE, 1);
        assertThat(ranges(missed())).isEqualTo(1);
    }

    @Test
    void few_commits_go_one_by_one_and_nothing_is_hashed_for_them() {
        commits(THEIRS, 4);
        commits(MINE, 1);
        commits(THEIRS, 4);
        assertThat(ranges(missed())).isZero();
        assertThat(hashes).isZero();
    }

    @Test
    void commits_older_than_the_relay_remembers_go_one_by_one() {
        commits(THEIRS, 30);
        commits(MINE, 1);
        recent = Recent.from(new Revision(log.size()), texts.getLast(), 1_000, 1 << 20);
        commits(THEIRS, 20);
        var messages = missed();
        assertThat(ranges(messages)).isEqualTo(1);
        assertThat(messages).hasSize(30 + 1 + 1);
    }

    @Test
    void many_own_commits_do_not_make_the_relay_hash_without_end() {
        for (int i = 0; i < 100; i++) {
            commits(THEIRS, 5);
            commits(MINE, 1);
        }
        commits(THEIRS, 5);
        assertThat(ranges(missed())).isEqualTo(9);
        assertThat(hashes).isEqualTo(9);
    }
}
