package coscribe.ot.document;

import coscribe.ot.delta.Attributes;

/// A piece of text with its attribute runs; immutable once built, shared between versions of a
/// document.
///
/// @param text        the characters; a surrogate pair may lie across two chunks
/// @param cuts        where one run ends and the next begins, ascending; one fewer than runs
/// @param attributes  one for each run, at least one; neighbours differ
record Chunk(char[] text, int[] cuts, Attributes[] attributes) {
    /// A chunk never grows beyond this.
    static final int MAX = 256;
    /// No chunk is smaller, but for a text that is smaller as a whole.
    static final int MIN = MAX / 4;

    static final int[] NO_CUTS = {};
    static final Chunk EMPTY = new Chunk(new char[0], NO_CUTS, new Attributes[] {Attributes.NONE});

    int length() {
        return text.length;
    }

    int runs() {
        return attributes.length;
    }

    /// The run that holds `offset`.
    int runAt(int offset) {
        return cuts.length == 0 ? 0 : Ends.find(cuts, cuts.length, offset);
    }

    int runEnd(int run) {
        return run < cuts.length ? cuts[run] : text.length;
    }
}
