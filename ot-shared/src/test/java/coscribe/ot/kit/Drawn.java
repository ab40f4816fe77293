package coscribe.ot.kit;

import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Op;
import java.util.ArrayList;
import java.util.List;

/// A generated change together with everything a law needs to judge it.
///
/// @param base   the text it was made for
/// @param steps  how the generator thought of it
/// @param delta  the same as a real change
/// @param after  what it leads to, by the model
public record Drawn(Model base, List<Step> steps, Delta delta, Model after) {
    static Drawn of(Model base, List<Step> steps) {
        return new Drawn(base, List.copyOf(steps), Step.toDelta(steps, base.length()), base.after(steps));
    }

    /// Where its components begin and end in the text before it.
    List<Integer> boundariesBefore() {
        return boundaries(true);
    }

    /// Where its components begin and end in the text after it.
    List<Integer> boundariesAfter() {
        return boundaries(false);
    }

    private List<Integer> boundaries(boolean before) {
        var found = new ArrayList<Integer>();
        int at = 0;
        for (Op op : delta.ops()) {
            found.add(at);
            at += switch (op) {
                case Op.Retain(int length, var ignored) -> length;
                case Op.Insert(String text, var ignored) -> before ? 0 : text.length();
                case Op.Delete(int length) -> before ? length : 0;
            };
            found.add(at);
        }
        return found;
    }

    @Override
    public String toString() {
        return delta.toString();
    }
}
