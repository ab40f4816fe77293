package coscribe.ot.session;

import coscribe.ot.document.Change;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.ServerMessage.Resumed;
import java.util.Optional;

/// What the mutants of the session do instead.
public final class SessionMistakes {
    private SessionMistakes() {}

    static Pending typed(Pending pending, Change change, Intent why) {
        if (pending.inFlight().isPresent()
                && pending.unsent().isEmpty()
                && pending.doubted().isEmpty()) {
            var sent = pending.inFlight().get();
            var grown = new Pending.Sent(
                    sent.client(), sent.seq(), sent.intent(), sent.change().compose(change));
            return new Pending(Optional.of(grown), pending.doubted(), pending.unsent(), pending.intent());
        }
        return new Pending(
                pending.inFlight(), pending.doubted(), pending.unsent().plus(change), why);
    }

    static Resumed nothingResumed(ServerMessage.Joined joined) {
        return new Resumed.Nothing();
    }

    static Pending typedAndThrown(Pending pending, Change change, Intent why) {
        throw new IllegalStateException("planted");
    }
}
