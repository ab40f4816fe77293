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
record Pending(Optional<Sent> inFlight, ComposedRun unsent, Intent intent) {
    static final Pending NONE = new Pending(Optional.empty(), ComposedRun.EMPTY, Intent.EDIT);

    /// A submission under way. `change` is always as it reads on the confirmed document.
    record Sent(ClientId client, long seq, Intent intent, Change change) {}

    boolean isEmpty() {
        return inFlight.isEmpty() && unsent.isEmpty();
    }

    Pending typed(Change change, Intent why) {
        Intent both = unsent.isEmpty() || why.mayCarryOthersText() ? why : intent;
        return new Pending(inFlight, unsent.plus(change), both);
    }

    /// Everything pending as one change to the confirmed document of `length` units.
    Change all(int length) {
        if (inFlight.isEmpty()) {
            return unsent.composed(length);
        }
        Change sent = inFlight.get().change();
        return sent.compose(unsent.composed(sent.delta().targetLength()));
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
        var crossed = unsent.cross(moving, Side.LEFT);
        return new Crossed(new Pending(moved, crossed.run(), intent), crossed.other());
    }

    Pending acknowledged() {
        return new Pending(Optional.empty(), unsent, intent);
    }

    /// What was in flight was not committed and never will be: it is unsent again, in front of the
    /// rest.
    Pending unsent(int length) {
        if (inFlight.isEmpty()) {
            return this;
        }
        Intent both = inFlight.get().intent().mayCarryOthersText() || unsent.isEmpty()
                ? inFlight.get().intent()
                : intent;
        return new Pending(Optional.empty(), ComposedRun.of(all(length)), both);
    }
}
