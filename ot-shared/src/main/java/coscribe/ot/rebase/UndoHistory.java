package coscribe.ot.rebase;

import coscribe.ot.delta.Side;
import coscribe.ot.document.Change;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one person can take back and do again. Each entry is the inverse of a step, valid on the
/// text as it is once the entries above it are undone. What others did meanwhile waits on top as
/// one composed mapping and is pushed down only when an entry is popped, so a remote change costs
/// next to nothing:
/// ```
///   mapping on top      P   (others, since the newest step)
///   entry I₁  ──────────┐   undo applies I₁ over P; P over I₁ goes below it
///     mapping M₁        │   (others, between step 1 and step 2)
///   entry I₂  …         ▼
/// ```
/// That second half, P over I₁, is what makes it right: an entry must not meet a change that still
/// speaks of the text above it. An undo never removes what others typed: it deletes only what its
/// own step inserted, and transforming a delete over an insert leaves the insert. Immutable.
///
/// @see <a href="https://github.com/slab/quill/pull/2500">the same mistake, mended elsewhere</a>
public final class UndoHistory {
    public static final UndoHistory EMPTY = new UndoHistory(Stack.EMPTY, Stack.EMPTY);

    /// How many steps are kept at least; twice as many at most.
    static final int DEPTH = 500;

    private final Stack undo;
    private final Stack redo;

    private UndoHistory(Stack undo, Stack redo) {
        this.undo = undo;
        this.redo = redo;
    }

    /// A local edit was made; `inverse` takes it back. It becomes a step of its own, or joins the
    /// newest one.
    public UndoHistory edited(Change inverse, boolean joins) {
        return new UndoHistory(joins ? undo.joined(inverse) : undo.pushed(inverse), Stack.EMPTY);
    }

    /// Somebody else's change was applied to the text.
    public UndoHistory remote(Change change) {
        return new UndoHistory(undo.mapped(change), redo.mapped(change));
    }

    /// The newest step taken from the history, as a change to the present text.
    public record Popped(Change change, UndoHistory rest) {}

    /// What undo would do now. Empty: nothing to undo. Steps that became empty are passed over.
    public Optional<Popped> undo() {
        return undo.popped().map(popped -> new Popped(popped.change, new UndoHistory(popped.rest, redo)));
    }

    public Optional<Popped> redo() {
        return redo.popped().map(popped -> new Popped(popped.change, new UndoHistory(undo, popped.rest)));
    }

    /// An undo was applied; `inverse` does it again.
    public UndoHistory undone(Change inverse) {
        return new UndoHistory(undo, redo.pushed(inverse));
    }

    /// A redo was applied; `inverse` undoes it again.
    public UndoHistory redone(Change inverse) {
        return new UndoHistory(undo.pushed(inverse), redo);
    }

    public boolean canUndo() {
        return undo.top != null;
    }

    public boolean canRedo() {
        return redo.top != null;
    }

    private record Entry(
            Change inverse, ComposedRun below, @Nullable Entry next) {}

    private record PoppedEntry(Change change, Stack rest) {}

    private record Stack(ComposedRun mapping, @Nullable Entry top, int depth) {
        static final Stack EMPTY = new Stack(ComposedRun.EMPTY, null, 0);

        Stack mapped(Change change) {
            return top == null ? this : new Stack(mapping.plus(change), top, depth);
        }

        Stack pushed(Change inverse) {
            if (inverse.isIdentity()) {
                return this;
            }
            var grown = new Stack(ComposedRun.EMPTY, new Entry(inverse, mapping, top), depth + 1);
            return grown.depth > 2 * DEPTH ? grown.cut() : grown;
        }

        private Stack cut() {
            var kept = new ArrayDeque<Entry>();
            for (Entry entry = top; entry != null && kept.size() < DEPTH; entry = entry.next) {
                kept.push(entry);
            }
            Entry rebuilt = null;
            for (Entry entry : kept) {
                rebuilt = new Entry(entry.inverse, rebuilt == null ? ComposedRun.EMPTY : entry.below, rebuilt);
            }
            return new Stack(mapping, rebuilt, DEPTH);
        }

        Stack joined(Change inverse) {
            if (top == null) {
                return pushed(inverse);
            }
            var popped = popTop(top);
            var lower = popped.rest;
            return new Stack(
                    ComposedRun.EMPTY,
                    new Entry(inverse.compose(popped.change), lower.mapping, lower.top),
                    lower.depth + 1);
        }

        Optional<PoppedEntry> popped() {
            var stack = this;
            while (stack.top != null) {
                var popped = stack.popTop(stack.top);
                if (!popped.change.isIdentity()) {
                    return Optional.of(popped);
                }
                stack = popped.rest;
            }
            return Optional.empty();
        }

        private PoppedEntry popTop(Entry entry) {
            Change others = mapping.composed(entry.inverse.delta().baseLength());
            Change change = entry.inverse.transform(others, Side.LEFT);
            Change below = others.transform(entry.inverse, Side.RIGHT);
            var rest = entry.next == null ? EMPTY : new Stack(entry.below.plus(below), entry.next, depth - 1);
            return new PoppedEntry(change, rest);
        }
    }
}
