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
    static final int MAX = 128;
    /// No chunk is smaller, but for a text that is smaller as a whole.
    static final int MIN = MAX / 4;

    static final int[] NO_CUTS = {};
    static final Chunk EMPTY = new Chunk(new char[0], NO_CUTS, new Attributes[] {Attributes.NONE});

    int length() {
        return text.length;
    }

    /// Anything where the chunk is empty.
    char lastUnit() {
        return text.length == 0 ? '\0' : text[text.length - 1];
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

    /// The run that stays one run, and the only one to change, where `deleted` units at `offset`
    /// are replaced by `inserted` ones that are formatted like `set`; -1 if there is none.
    int runThatHolds(int offset, int deleted, int inserted, Attributes set) {
        int run = runAt(offset);
        if (inserted > 0 && !attributes[run].equals(set) && run > 0 && cuts[run - 1] == offset) {
            run--; // typed behind a run, formatted like it
        }
        boolean inside = offset + deleted <= runEnd(run);
        boolean stays = inserted > 0 ? attributes[run].equals(set) : deleted < runEnd(run) - Ends.startOf(cuts, run);
        return inside && stays ? run : -1;
    }

    /// This chunk with `deleted` units at `offset` replaced by `inserted`, all inside of one run.
    Chunk replaced(int run, int offset, int deleted, String inserted) {
        int more = inserted.length();
        var next = new char[text.length - deleted + more];
        System.arraycopy(text, 0, next, 0, offset);
        if (more == 1) {
            next[offset] = inserted.charAt(0);
        } else {
            inserted.getChars(0, more, next, offset);
        }
        System.arraycopy(text, offset + deleted, next, offset + more, text.length - offset - deleted);
        return new Chunk(next, run == cuts.length ? cuts : Ends.grown(cuts, run, more - deleted), attributes);
    }
}
