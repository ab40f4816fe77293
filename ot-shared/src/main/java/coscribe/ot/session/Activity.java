package coscribe.ot.session;

/// What somebody else in the document has done, counted since this session met them. Only grows.
///
/// @param moves    how often they set their caret or selection themselves; where others' edits push
///     it does not count
/// @param commits  how many commits of theirs came in, one by one
public record Activity(long moves, long commits) {
    static final Activity NONE = new Activity(0, 0);

    Activity moved() {
        return new Activity(moves + 1, commits);
    }

    Activity committed() {
        return new Activity(moves, commits + 1);
    }
}
