package coscribe.ot.delta;

import java.util.ArrayDeque;
import java.util.Deque;

/// What the mutants of the delta do instead.
public final class DeltaMistakes {
    private DeltaMistakes() {}

    /// As Quill and ot.js walk it: deletes of the first change come before inserts of the second.
    static Delta compose(Delta first, Delta second) {
        Deque<Op> a = new ArrayDeque<>(first.ops());
        Deque<Op> b = new ArrayDeque<>(second.ops());
        var out = new DeltaBuilder();
        while (!a.isEmpty() || !b.isEmpty()) {
            if (a.peek() instanceof Op.Delete(int length)) {
                out.delete(length);
                a.pop();
            } else if (b.peek() instanceof Op.Insert(String text, Attributes set)) {
                out.insert(text, set);
                b.pop();
            } else if (a.isEmpty()) {
                put(out, b.pop());
            } else if (b.isEmpty()) {
                put(out, a.pop());
            } else {
                both(out, a, b);
            }
        }
        return out.build(first.baseLength());
    }

    private static void put(DeltaBuilder out, Op op) {
        switch (op) {
            case Op.Retain(int length, Attributes set) -> out.retain(length, set);
            case Op.Insert(String text, Attributes set) -> out.insert(text, set);
            case Op.Delete(int length) -> out.delete(length);
        }
    }

    private static int length(Op op) {
        return switch (op) {
            case Op.Retain(int length, Attributes _) -> length;
            case Op.Insert(String text, Attributes _) -> text.length();
            case Op.Delete(int length) -> length;
        };
    }

    private static Op cut(Deque<Op> ops, int n) {
        Op op = ops.pop();
        int rest = length(op) - n;
        switch (op) {
            case Op.Retain(int length, Attributes set) -> {
                if (rest > 0) {
                    ops.push(new Op.Retain(rest, set));
                }
                return new Op.Retain(n, set);
            }
            case Op.Insert(String text, Attributes set) -> {
                if (rest > 0) {
                    ops.push(new Op.Insert(text.substring(n), set));
                }
                return new Op.Insert(text.substring(0, n), set);
            }
            case Op.Delete(int length) -> {
                if (rest > 0) {
                    ops.push(new Op.Delete(rest));
                }
                return new Op.Delete(n);
            }
        }
    }

    private static void both(DeltaBuilder out, Deque<Op> a, Deque<Op> b) {
        int n = Math.min(length(a.element()), length(b.element()));
        Op mine = cut(a, n);
        Op after = cut(b, n);
        if (mine instanceof Op.Insert(String text, Attributes set)) {
            if (after instanceof Op.Retain(int _, Attributes more)) {
                out.insert(text, set.thenOnText(more));
            }
        } else if (mine instanceof Op.Retain(int _, Attributes set)) {
            switch (after) {
                case Op.Delete _ -> out.delete(n);
                case Op.Retain(int _, Attributes more) -> out.retain(n, set.thenOnRetain(more));
                case Op.Insert _ -> throw new IllegalStateException("inserts were taken before");
            }
        }
    }
}
