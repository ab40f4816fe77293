package coscribe.relay.sequencing;

import static coscribe.ot.kit.Notation.d;
import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.document.Schema;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Submission;
import coscribe.relay.session.WireCodec;
import coscribe.relay.store.StoreFaults;
import coscribe.relay.store.memory.MemoryStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A lane whose store, codec and listener make mistakes.
class LaneTest implements LaneListener {
    private static final String POISON = "poison";
    private static final InstantSource CLOCK = () -> java.time.Instant.EPOCH;

    private final SplittableRandom random = new SplittableRandom(20_261_129);
    private final MemoryStore memory = new MemoryStore(CLOCK, Runnable::run);
    private final DocumentId document = DocumentId.random(random);
    private final PersonId mara = PersonId.random(random);
    private final ClientId client = ClientId.random(random);
    private final List<String> told = new ArrayList<>();
    private boolean listenerFails;
    private boolean storeFails;
    private Lane lane;

    /// Cannot write what is poisoned.
    private static final class Codec implements CommitCodec {
        private final WireCodec codec = new WireCodec();

        @Override
        public byte[] encode(Committed commit) {
            if (commit.change().delta().toString().contains(POISON)) {
                throw new IllegalStateException("planned");
            }
            return codec.encode(commit);
        }

        @Override
        public Committed decode(byte[] bytes) {
            return codec.decode(bytes);
        }

        @Override
        public byte[] encode(Document text) {
            return codec.encode(text);
        }

        @Override
        public Document decodeDocument(byte[] bytes) {
            return codec.decodeDocument(bytes);
        }
    }

    @BeforeEach
    void the_document_is_loaded() {
        var documents = memory.openDocuments();
        documents
                .create(document, Epoch.random(random), "Plan", mara)
                .toCompletableFuture()
                .join();
        documents
                .join(document, mara, DeviceId.random(random), client, Optional.empty(), Optional.empty())
                .toCompletableFuture()
                .join();
        var store = new StoreFaults(
                documents,
                _ -> {
                    if (storeFails) {
                        throw new IllegalStateException("planned");
                    }
                    return StoreFaults.Fault.NONE;
                },
                Runnable::run);
        lane = new Lane(
                document,
                new Lane.LaneContext(
                        "relay-1",
                        store,
                        memory.openFeed(),
                        new Codec(),
                        SequenceLimits.DEFAULT,
                        Runnable::run,
                        Runnable::run,
                        (_, _) -> Timers.Due.NEVER,
                        CLOCK,
                        random),
                this);
        opens();
    }

    private void opens() {
        told.clear();
        lane.run(() -> lane.feed(new SequenceEvent.Opened()));
        assertThat(told).containsExactly("ready");
        told.clear();
    }

    private void submits(long seq, String text) {
        lane.run(() -> {
            var at = lane.sequence();
            var delta = Delta.builder()
                    .insert(text, Attributes.of(Schema.AUTHOR, Value.of(mara.hex())))
                    .build(at.document().length());
            lane.feed(new SequenceEvent.Submitted(new Waiting(
                    client,
                    mara,
                    new Submission(seq, at.head().revision(), Intent.EDIT, Change.of(delta), Optional.empty()))));
        });
    }

    private String text() {
        return lane.sequence().document().text().plain();
    }

    @Test
    void a_change_that_cannot_be_merged_is_refused_for_good_and_the_next_one_goes_on() {
        submits(1, POISON);
        submits(1, "A");

        assertThat(told).containsExactly("refused INVALID", "delivered 1");
        assertThat(text()).isEqualTo("A\n");
    }

    @Test
    void a_step_that_throws_drops_the_copy_and_the_document_is_loaded_anew() {
        submits(1, "A");
        told.clear();

        lane.run(() -> lane.feed(new SequenceEvent.Announced(List.of(misfit()))));

        assertThat(told).containsExactly("expelled");
        assertThat(lane.sequence().isReady()).isFalse();
        opens();
        submits(2, "B");
        assertThat(text()).isEqualTo("BA\n");
    }

    /// It goes on with the history, and with another text.
    private KnownCommit misfit() {
        var head = lane.sequence().head();
        var commit = new Committed(
                head.revision().next(),
                mara,
                client,
                9,
                Intent.EDIT,
                0,
                Change.of(d("99 -1 1")),
                Optional.empty(),
                Optional.empty());
        byte[] bytes = new WireCodec().encode(commit);
        return new KnownCommit(commit, bytes, head.chain().after(bytes));
    }

    @Test
    void a_listener_that_throws_is_no_end_to_the_document() {
        listenerFails = true;
        submits(1, "A");
        listenerFails = false;

        assertThat(told).containsExactly("expelled");
        opens();
        submits(2, "B");
        assertThat(told).containsExactly("delivered 2");
        assertThat(text()).isEqualTo("BA\n");
    }

    @Test
    void a_store_that_throws_where_it_should_have_failed_is_no_end_to_the_document() {
        storeFails = true;
        submits(1, "A");
        storeFails = false;

        assertThat(told).containsExactly("expelled");
        assertThat(lane.sequence().isIdle()).isTrue();
        opens();
        submits(1, "A");
        assertThat(told).containsExactly("delivered 1");
    }

    @Override
    public void deliver(List<KnownCommit> commits) {
        if (listenerFails) {
            throw new IllegalStateException("planned");
        }
        Revision to = commits.getLast().revision();
        told.add("delivered " + to);
    }

    @Override
    public void refuse(ClientId client, long seq, Refusal reason, String sentence, Duration retryAfter) {
        told.add("refused " + reason);
    }

    @Override
    public void ready() {
        told.add("ready");
    }

    @Override
    public void unavailable(Unavailable why, String sentence) {
        told.add("unavailable " + why);
    }

    @Override
    public void expel(String sentence) {
        told.add("expelled");
    }

    @Override
    public void accessChanged() {}

    @Override
    public void interrupted() {}

    @Override
    public void gapFilled(int commits) {}

    @Override
    public void presence(byte[] message) {}
}
