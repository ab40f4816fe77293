package coscribe.ot.session;

import coscribe.ot.delta.Side;
import coscribe.ot.document.Change;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.Intent;
import coscribe.ot.rebase.ComposedRun;
import java.util.Optional;

/// What this client has typed that the relay has not yet confirmed: at most one submission in
/// flight, and behind it what was typed since, composed. What is in flight is frozen: it is moved
/// past others' changes, never added to.
///
/// @param doubted  after a restart, until the relay was heard: edits that may lie inside a
///     submission whose mark the journal lost. Typed before `unsent`.
record Pending(Optional<Sent> inFlight, ComposedRun doubted, ComposedRun unsent, Intent intent) {
    static final Pending NONE = new Pending(Optional.empty(), ComposedRun.EMPTY, ComposedRun.EMPTY, Intent.EDIT);

    /// A submission under way. `change` is always as it reads on the confirmed document.
    record Sent(ClientId client, long seq, Intent intent, Change change) {}

    boolean isEmpty() {
        return inFlight.isEmpty() && doubted.isEmpty() && unsent.isEmpty();
    }

    Pending typed(Change change, Intent why) {
        boolean first = doubted.isEmpty() && unsent.isEmpty();
        Intent both = first || why.mayCarryOthersText() ? why : intent;
        return new Pending(inFlight, doubted, unsent.plus(change), both);
    }

    /// The program starts again: nobody knows whether what is unmarked was sent.
    Pending doubting() {
        return new Pending(inFlight, unsent, ComposedRun.EMPTY, intent);
    }

    /// Everything pending as one change to the confirmed document of `length` units.
    Change all(int length) {
        Change old = maybeSent(length);
        return old.compose(unsent.composed(old.delta().targetLength()));
    }

    /// What was, or may have been, sent.
    Change maybeSent(int length) {
        if (inFlight.isEmpty()) {
            return doubted.composed(length);
        }
        Change sent = inFlight.get().change();
        return sent.compose(doubted.composed(sent.delta().targetLength()));
    }

    record Crossed(Pending pending, Change other) {}

    /// History is left, what is pending is right.
    Crossed cross(Change history) {
        Change moving = history;
        Optional<Sent> moved = inFlight;
        if (inFlight.isPresent()) {
            Sent sent = inFlight.get();
            moved = Optional.of(new Sent(
                    sent.client(), sent.seq(), sent.intent(), sent.change().transform(moving, Side.RIGHT)));
            moving = moving.transform(sent.change(), Side.LEFT);
        }
        var old = doubted.cross(moving, Side.LEFT);
        var young = unsent.cross(old.other(), Side.LEFT);
        return new Crossed(new Pending(moved, old.run(), young.run(), intent), young.other());
    }

    Pending acknowledged() {
        return new Pending(Optional.empty(), doubted, unsent, intent);
    }

    /// What was sent, or may have been, was not committed and never will be: it is unsent again, in
    /// front of the rest.
    Pending unsent(int length) {
        if (inFlight.isEmpty() && doubted.isEmpty()) {
            return this;
        }
        boolean others =
                inFlight.map(sent -> sent.intent().mayCarryOthersText()).orElse(false);
        Intent both = others || (doubted.isEmpty() && unsent.isEmpty())
                ? inFlight.map(Sent::intent).orElse(intent)
                : intent;
        return new Pending(Optional.empty(), ComposedRun.EMPTY, ComposedRun.of(all(length)), both);
    }

    /// What was sent, or may have been, was committed and is to come in anew: `back` takes it out
    /// of the text, and what was typed after it stays, moved past that.
    Pending withoutSent(Change back) {
        return new Pending(
                Optional.empty(),
                ComposedRun.EMPTY,
                unsent.cross(back, Side.LEFT).run(),
                intent);
    }
}
