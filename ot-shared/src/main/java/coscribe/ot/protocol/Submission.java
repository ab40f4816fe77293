package coscribe.ot.protocol;

import coscribe.ot.document.Change;
import coscribe.ot.presence.Caret;
import java.util.Optional;

/// One change on its way to the relay. `(client, seq)` names it for ever: sent twice, it is
/// committed once.
///
/// @param seq    dense per client id, from 1
/// @param base   the revision that `change` applies to
/// @param caret  the writer's caret in the text after the change
public record Submission(long seq, Revision base, Intent intent, Change change, Optional<Caret> caret) {
    public Submission {
        if (seq < 1) {
            throw new IllegalArgumentException("seq " + seq);
        }
    }
}
