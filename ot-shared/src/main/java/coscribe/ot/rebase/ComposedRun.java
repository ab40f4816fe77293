package coscribe.ot.rebase;

import coscribe.ot.delta.Side;
import coscribe.ot.document.Change;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Changes one behind the other, composed as they come, like the digits of a binary counter: a run
/// of n keeps about log n pieces, and adding costs O(log n) compositions of small pieces instead of
/// one ever larger one (a left fold was 5 to 70 times slower, OT-CORE.md). Immutable.
public final class ComposedRun {
    public static final ComposedRun EMPTY = new ComposedRun(null);

    private final @Nullable Piece newest;

    private record Piece(Change change, int rank, @Nullable Piece older) {}

    private ComposedRun(@Nullable Piece newest) {
        this.newest = newest;
    }

    public static ComposedRun of(Change change) {
        return EMPTY.plus(change);
    }

    public boolean isEmpty() {
        return newest == null;
    }

    public ComposedRun plus(Change change) {
        if (change.isIdentity()) {
            return this;
        }
        var piece = new Piece(change, 0, newest);
        while (piece.older != null && piece.older.rank == piece.rank) {
            Piece older = piece.older;
            piece = new Piece(older.change.compose(piece.change), older.rank + 1, older.older);
        }
        return new ComposedRun(piece);
    }

    /// The whole run as one change of a text of `length` units.
    public Change composed(int length) {
        if (newest == null) {
            return Change.identity(length);
        }
        Change all = newest.change;
        for (Piece piece = newest.older; piece != null; piece = piece.older) {
            all = piece.change.compose(all);
        }
        return all;
    }

    /// A run and a concurrent change, each as it reads after the other.
    public record Crossed(ComposedRun run, Change other) {}

    /// Crosses this run with a concurrent change; `side` is where the other one stands.
    public Crossed cross(Change other, Side side) {
        if (newest == null) {
            return new Crossed(this, other);
        }
        Change moving = other;
        Piece rebuilt = null;
        for (Piece piece : oldestFirst()) {
            Change moved = piece.change.transform(moving, side.other());
            moving = moving.transform(piece.change, side);
            rebuilt = new Piece(moved, piece.rank, rebuilt);
        }
        return new Crossed(new ComposedRun(rebuilt), moving);
    }

    private List<Piece> oldestFirst() {
        Deque<Piece> pieces = new ArrayDeque<>();
        for (Piece piece = newest; piece != null; piece = piece.older) {
            pieces.push(piece);
        }
        return new ArrayList<>(pieces);
    }
}
