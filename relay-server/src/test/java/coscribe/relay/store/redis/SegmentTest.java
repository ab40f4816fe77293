package coscribe.relay.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.DamagedDocumentException;
import coscribe.relay.store.LogEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SegmentTest {
    private static final long SEED = 20_261_124;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final DocumentId document = DocumentId.random(random);
    private final ChainHash before = ChainHash.START.after(new byte[] {1});
    private final Segment segment = segment();
    private int damages;

    private Segment segment() {
        var entries = new ArrayList<LogEntry>();
        var chain = before;
        var revision = new Revision(3L * Segment.SIZE);
        for (int i = 0; i < Segment.SIZE; i++) {
            var bytes = ("{\"seq\":" + i + ",\"text\":\"" + Long.toHexString(random.nextLong()) + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            revision = revision.next();
            chain = chain.after(bytes);
            entries.add(new LogEntry(revision, chain, bytes));
        }
        return Segment.of(document, new Revision(3L * Segment.SIZE), before, entries);
    }

    @Test
    void what_was_packed_is_unpacked() {
        assertThat(Segment.parse(document, 3, segment.bytes())).isEqualTo(segment);
        assertThat(segment.start()).isEqualTo(new Revision(768));
        assertThat(segment.chainAt(new Revision(768))).isEqualTo(before);
        assertThat(segment.chainAt(new Revision(1024)))
                .isEqualTo(segment.entries().getLast().chain());
    }

    @Test
    void it_is_smaller_than_what_it_holds() {
        int bytes = segment.entries().stream().mapToInt(e -> e.bytes().length).sum();
        assertThat(segment.bytes().length).isLessThan(bytes);
    }

    @Test
    void a_revision_knows_its_segment() {
        assertThat(Segment.of(new Revision(1))).isZero();
        assertThat(Segment.of(new Revision(256))).isZero();
        assertThat(Segment.of(new Revision(257))).isEqualTo(1);
        assertThat(Segment.after(Revision.ZERO)).isZero();
        assertThat(Segment.after(new Revision(255))).isZero();
        assertThat(Segment.after(new Revision(256))).isEqualTo(1);
    }

    @Test
    void damage_is_found_or_harmless_never_other_commits() {
        var packed = segment.bytes();
        for (int i = 0; i < packed.length; i++) {
            var flipped = packed.clone();
            flipped[i] ^= (byte) (1 << random.nextInt(8));
            assertDamagedOrTheSame(flipped); // a few bits that deflate leaves unused mean nothing
        }
        for (int i = 0; i < 200; i++) {
            assertDamagedOrTheSame(Arrays.copyOf(packed, random.nextInt(packed.length)));
        }
        assertThat(damages).isGreaterThan(packed.length + 150);
    }

    private void assertDamagedOrTheSame(byte[] packed) {
        try {
            assertThat(Segment.parse(document, 3, packed)).isEqualTo(segment);
        } catch (DamagedDocumentException e) {
            damages++;
            assertThat(e).hasMessageContaining(document.hex());
        }
    }

    @Test
    void only_a_whole_run_makes_a_segment() {
        assertThatThrownBy(() -> {
                    var _ = Segment.of(
                            document, segment.start(), before, segment.entries().subList(0, 255));
                })
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> {
                    var _ = Segment.of(document, new Revision(1), before, segment.entries());
                })
                .isInstanceOf(IllegalArgumentException.class);
    }
}
