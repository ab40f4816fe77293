package coscribe.relay.sequencing;

import coscribe.ot.protocol.Committed;
import java.util.List;
import java.util.function.Function;

/// Puts what is submitted to a document in order: a pure step from a sequence and an event to the
/// next one and effects. In production a document's lane performs the effects, in the simulation a
/// seeded scheduler does.
public final class Sequencer {
    private final Function<Committed, byte[]> encoder;
    private final SequenceLimits limits;

    /// @param encoder  makes the bytes of a commit; a pure function
    public Sequencer(Function<Committed, byte[]> encoder, SequenceLimits limits) {
        this.encoder = encoder;
        this.limits = limits;
    }

    /// What an event leads to.
    public record Step(Sequence sequence, List<SequenceEffect> effects) {
        public Step {
            effects = List.copyOf(effects);
        }
    }

    /// @param nowMillis  since 1970; goes into commits and decides how often the content hash is
    ///     told, never the order
    public Step step(Sequence sequence, SequenceEvent event, long nowMillis) {
        var turn = new SequenceTurn(sequence, encoder, limits, nowMillis);
        turn.take(event);
        return new Step(turn.sequence(), turn.effects);
    }
}
