package coscribe.ot.delta;

/// One component of a {@link Delta}, for reading. Lengths are in UTF-16 code units and at least 1.
public sealed interface Op {
    /// Keeps `length` units; `attributes` are set over them (empty: none).
    record Retain(int length, Attributes attributes) implements Op {}

    record Insert(String text, Attributes attributes) implements Op {}

    record Delete(int length) implements Op {}
}
