package coscribe.ot.wire;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Change;
import coscribe.ot.document.ContentHash;
import coscribe.ot.document.Document;
import coscribe.ot.document.Schema;
import coscribe.ot.document.Text;
import coscribe.ot.document.ThreadEvent;
import coscribe.ot.document.Threads;
import coscribe.ot.kit.Gen;
import coscribe.ot.kit.Laws;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.Submission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What is too large for one frame travels in pieces, and the pieces are the whole again.
class PartsTest {
    private static final Revision AT = new Revision(9);
    private static final Optional<ContentHash> HASH = Optional.of(Document.EMPTY.contentHash());
    private static final String ID = "0123456789abcdef0123456789abcdef";

    private static Document assembled(List<ServerMessage.SnapshotPart> parts) {
        Text text = Text.EMPTY;
        var threads = Threads.NONE;
        int number = 0;
        for (var part : parts) {
            byte[] bytes = Wire.encode(part);
            assertThat(bytes.length).isLessThanOrEqualTo(Limits.PART_BYTES);
            assertThat(Wire.decodeServer(bytes)).isEqualTo(part);
            assertThat(part.part()).isEqualTo(++number);
            assertThat(part.of()).isEqualTo(parts.size());
            assertThat(part.revision()).isEqualTo(AT);
            text = text.plus(Text.EMPTY.apply(part.piece()));
            threads = threads.plus(part.threads());
        }
        return new Document(text, threads);
    }

    private static Change assembledRange(List<ServerMessage.Range> parts) {
        var run = new ArrayList<Change>();
        for (var part : parts) {
            byte[] bytes = Wire.encode(part);
            assertThat(bytes.length).isLessThanOrEqualTo(Limits.PART_BYTES);
            assertThat(Wire.decodeServer(bytes)).isEqualTo(part);
            run.add(part.change());
            assertThat(part.part()).isEqualTo(run.size());
            assertThat(part.of()).isEqualTo(parts.size());
            assertThat(part.contentHash()).isEqualTo(run.size() == parts.size() ? HASH : Optional.empty());
        }
        return Change.composeAll(run);
    }

    private static List<ServerMessage.Range> range(Change change) {
        return Wire.rangeParts(Revision.ZERO, AT, change, HASH.orElseThrow());
    }

    @Test
    void what_fits_into_a_frame_is_one_piece() {
        Laws.hold(gen -> {
            var document = new Said(gen).document();
            var parts = Wire.snapshotParts(document, AT);
            assertThat(parts).hasSize(1);
            assertThat(assembled(parts)).isEqualTo(document);
            var change = gen.commit(gen.change(gen.document()));
            assertThat(range(change)).hasSize(1).allMatch(part -> part.change().equals(change));
        });
    }

    @Test
    void a_large_document_of_anything_comes_whole_out_of_its_pieces() {
        for (int seed = 0; seed < 12; seed++) {
            var document = large(new Gen(seed), seed);
            var parts = Wire.snapshotParts(document, AT);
            assertThat(parts).hasSizeGreaterThan(2);
            assertThat(assembled(parts)).isEqualTo(document);
        }
    }

    @Test
    void a_document_of_one_run_is_cut_between_characters() {
        for (String piece : List.of("x", "\u4e2d", "\ud83d\ude00", "\"\ud83d\ude00", "\n", "x\ud83d\ude00")) {
            var text = piece.repeat(1_000_000 / piece.length()) + "\n";
            var document =
                    new Document(Text.EMPTY.apply(Delta.builder().insert(text).build()), Threads.NONE);
            var parts = Wire.snapshotParts(document, AT);
            assertThat(assembled(parts)).isEqualTo(document);
            // no piece is much smaller than it may be
            int bytes =
                    parts.stream().mapToInt(part -> Wire.encode(part).length).sum();
            assertThat(parts).hasSizeLessThanOrEqualTo(bytes / (Limits.PART_BYTES - 2_000) + 1);
        }
    }

    @Test
    void the_heaviest_formatting_that_a_character_may_have_leaves_room_for_others_in_its_frame() {
        var heavy = Attributes.of("link", Value.of("https://x/" + "\u4e2d".repeat(2_038)))
                .with("alt", Value.of("\u4e2d".repeat(1_000)))
                .with("image", Value.of("f".repeat(64)))
                .with("width", Value.of(100_000))
                .with("author", Value.of(ID));
        for (int i = heavy.size(); i < Schema.MOST_ATTRIBUTES; i++) {
            heavy = heavy.with("comment:%032x".formatted(i), Value.TRUE);
        }
        var out = Delta.builder();
        for (int i = 0; i < 100; i++) {
            out.insert("\ufffc", heavy.with("height", Value.of(i + 1)));
        }
        var document = new Document(Text.EMPTY.apply(out.insert("\n").build()), Threads.NONE);
        var parts = Wire.snapshotParts(document, AT);
        assertThat(assembled(parts)).isEqualTo(document);
        assertThat(parts).hasSizeLessThan(20);
    }

    @Test
    void threads_that_fit_no_frame_go_on_in_the_next_one() {
        var comments = new ArrayList<Threads.Comment>();
        for (int i = 0; i < 200; i++) {
            comments.add(new Threads.Comment("c" + i, ID, i, "\u4e2d\"".repeat(ThreadEvent.MAX_COMMENT / 2)));
        }
        var threads = new TreeMap<String, Threads.Thread>();
        threads.put("a", new Threads.Thread(true, comments));
        threads.put("b", new Threads.Thread(false, List.of()));
        threads.put("c", new Threads.Thread(false, comments.subList(0, 3)));
        var document = new Document(Document.EMPTY.text(), new Threads(threads));
        assertThat(assembled(Wire.snapshotParts(document, AT))).isEqualTo(document);
    }

    @Test
    void a_large_range_of_anything_comes_whole_out_of_its_pieces() {
        for (int seed = 0; seed < 12; seed++) {
            var change = largeChange(new SplittableRandom(seed), seed);
            var parts = range(change);
            assertThat(parts).hasSizeGreaterThan(2);
            assertThat(assembledRange(parts)).isEqualTo(change);
        }
    }

    @Test
    void a_range_of_one_insert_is_cut_between_characters() {
        for (String piece : List.of("x", "\u4e2d", "\ud83d\ude00", "x\ud83d\ude00")) {
            var change = Change.of(Delta.builder()
                    .retain(3)
                    .delete(2)
                    .insert(piece.repeat(1_000_000 / piece.length()))
                    .build(9));
            assertThat(assembledRange(range(change))).isEqualTo(change);
        }
    }

    @Test
    void a_range_with_more_events_than_a_frame_holds_spreads_them_in_order() {
        var events = new ArrayList<ThreadEvent>();
        for (int i = 0; i < 1_000; i++) {
            events.add(
                    i % 2 == 0
                            ? new ThreadEvent.Replied(ID, ID, ID, i, "\u4e2d".repeat(i % 7 == 0 ? 10_000 : 10))
                            : new ThreadEvent.Resolved(ID, ID, i));
        }
        var change = new Change(Delta.builder().insert("x").build(9), events);
        var parts = range(change);
        assertThat(parts).hasSizeGreaterThan(2);
        assertThat(assembledRange(parts)).isEqualTo(change);
    }

    @Test
    void what_was_typed_goes_out_in_submissions_that_fit_however_heavy_it_is() {
        for (int seed = 0; seed < 12; seed++) {
            var random = new SplittableRandom(seed);
            var events = new ArrayList<ThreadEvent>();
            for (int i = random.nextInt(300); i > 0; i--) {
                events.add(new ThreadEvent.Replied(ID, ID, ID, i, "\u4e2d".repeat(random.nextInt(10_000))));
            }
            var whole = new Change(largeChange(random, seed).delta(), events);
            var sent = new ArrayList<Change>();
            for (Change left = whole; !left.isIdentity(); ) {
                var cut = Submission.cut(left);
                var submission = new Submission(1, AT, Intent.EDIT, cut.first(), Optional.empty());
                byte[] bytes = Wire.encode(new ClientMessage.Submit(submission));
                assertThat(bytes.length).isLessThan(Limits.SUBMISSION_BYTES + 1_000);
                assertThat(Wire.decodeClient(bytes)).isEqualTo(new ClientMessage.Submit(submission));
                assertThat(cut.first().delta().insertedLength()).isLessThanOrEqualTo(Limits.SUBMISSION_UNITS);
                assertThat(cut.first().isIdentity()).isFalse();
                sent.add(cut.first());
                left = cut.rest();
            }
            assertThat(sent).hasSizeGreaterThan(2);
            assertThat(Change.composeAll(sent)).isEqualTo(whole);
        }
    }

    @Test
    void what_fits_goes_out_whole() {
        Laws.hold(gen -> {
            var change = gen.commit(gen.change(gen.document()));
            var cut = Submission.cut(change);
            assertThat(cut.first()).isEqualTo(change);
            assertThat(cut.rest().isIdentity()).isTrue();
        });
    }

    private static Document large(Gen gen, int kind) {
        var out = Delta.builder();
        for (int units = 0; units < 600_000; ) {
            var put = gen.put();
            String text = put.text().repeat(1 + gen.below(1 << (kind % 8)));
            var set = Attributes.of(put.set());
            out.insert(
                    text, kind % 3 == 0 ? set.with("link", Value.of("https://x/" + "y".repeat(gen.below(500)))) : set);
            units += text.length();
            if (kind % 3 == 0) {
                units += 250;
            }
        }
        return new Document(Text.EMPTY.apply(out.insert("\n").build()), new Said(gen).threads());
    }

    private static Change largeChange(SplittableRandom random, int kind) {
        var out = Delta.builder();
        for (int i = 0; i < 60_000; i++) {
            String text = (random.nextBoolean() ? "x" : "\ud83d\ude00").repeat(1 + random.nextInt(1 << (kind % 5)));
            var set = Attributes.of("link", Value.of("y".repeat(random.nextInt(20 * (1 + kind)))));
            switch (random.nextInt(5)) {
                case 0 -> out.retain(1 + random.nextInt(9));
                case 1 -> out.retain(1 + random.nextInt(9), set);
                case 2 -> out.delete(1 + random.nextInt(9));
                case 3 -> out.insert(text);
                default -> out.insert(text, set);
            }
        }
        return Change.of(out.build(10_000_000));
    }
}
