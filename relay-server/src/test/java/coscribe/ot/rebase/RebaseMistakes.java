package coscribe.ot.rebase;

import coscribe.ot.delta.Side;
import coscribe.ot.document.Change;

/// What the mutants of undo do instead.
public final class RebaseMistakes {
    private RebaseMistakes() {}

    static Change untransformed(Change others, Change entry, Side side) {
        return others;
    }
}
