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

    /// What goes out first, and what is left.
    public record Cut(Change first, Change rest) {}

    /// The longest beginning of `whole` that fits into one submission: `first.compose(rest)` equals
    /// the whole.
    public static Cut cut(Change whole) {
        var split = Weight.split(
                whole.delta(), Limits.SUBMISSION_COMPONENTS, Limits.SUBMISSION_UNITS, Limits.SUBMISSION_BYTES);
        var events = whole.events();
        long bytes = Weight.of(split.first());
        int some = 0;
        while (some < Math.min(events.size(), Limits.SUBMISSION_EVENTS)) {
            bytes += Weight.of(events.get(some));
            if (bytes > Limits.SUBMISSION_BYTES && (some > 0 || !split.first().isIdentity())) {
                break;
            }
            some++;
        }
        return new Cut(
                new Change(split.first(), events.subList(0, some)),
                new Change(split.rest(), events.subList(some, events.size())));
    }
}
