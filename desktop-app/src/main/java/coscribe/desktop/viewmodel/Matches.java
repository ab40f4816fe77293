package coscribe.desktop.viewmodel;

import coscribe.ot.delta.Delta;
import coscribe.ot.document.Text;
import coscribe.ot.presence.Caret;
import java.util.Arrays;

/// Where words stand in a text: all equally long, in order, none over another. Immutable.
public final class Matches {
    public static final Matches NONE = new Matches(new int[0], 0);

    private final int[] starts;
    private final int length;

    private Matches(int[] starts, int length) {
        this.starts = starts;
        this.length = length;
    }

    /// Every place of some words, whatever their case. For a text of 1 MB, some milliseconds.
    ///
    /// @param words  empty: nowhere
    public static Matches of(Text text, String words) {
        if (words.isEmpty()) {
            return NONE;
        }
        String plain = text.plain();
        int[] found = new int[16];
        int size = 0;
        int last = plain.length() - words.length();
        for (int at = 0; at <= last; ) {
            if (plain.regionMatches(true, at, words, 0, words.length())) {
                found = size == found.length ? Arrays.copyOf(found, size * 2) : found;
                found[size++] = at;
                at += words.length();
            } else {
                at++;
            }
        }
        return new Matches(Arrays.copyOf(found, size), words.length());
    }

    /// One of others.
    static Matches of(Matches all, int index) {
        return new Matches(new int[] {all.starts[index]}, all.length);
    }

    public int size() {
        return starts.length;
    }

    public boolean isEmpty() {
        return starts.length == 0;
    }

    /// Of each, in UTF-16 units.
    public int length() {
        return length;
    }

    public int start(int index) {
        return starts[index];
    }

    /// One of them, selected.
    public Caret selected(int index) {
        return new Caret(starts[index], starts[index] + length);
    }

    /// The first that does not begin before `position`; after the last one the first of all.
    ///
    /// @return -1: there is none
    public int atOrAfter(int position) {
        if (isEmpty()) {
            return -1;
        }
        int index = indexAtOrAfter(position);
        return index == size() ? 0 : index;
    }

    /// The last that begins before `position`; before the first one the last of all.
    ///
    /// @return -1: there is none
    public int before(int position) {
        return isEmpty() ? -1 : Math.floorMod(indexAtOrAfter(position) - 1, size());
    }

    /// As {@link #atOrAfter}; `size()` behind the last.
    public int indexAtOrAfter(int position) {
        int found = Arrays.binarySearch(starts, position);
        return found < 0 ? -found - 1 : found;
    }

    /// Where they stand behind a change: those that it cut into are gone, and new ones are not
    /// known.
    public Matches through(Delta change) {
        int[] kept = new int[starts.length];
        int size = 0;
        int next = 0; // the first that is not yet decided on
        int from = 0; // where text goes on that nothing was put into or taken out of
        int at = 0;
        int shift = 0;
        for (int i = 0; i <= change.size(); i++) {
            boolean end = i == change.size();
            if (!end && change.isRetain(i)) {
                at += change.length(i);
                continue;
            }
            int to = end ? change.baseLength() : at;
            while (next < starts.length && starts[next] < to) {
                if (starts[next] >= from && starts[next] + length <= to) {
                    kept[size++] = starts[next] + shift;
                }
                next++;
            }
            if (!end) {
                boolean insert = change.isInsert(i);
                shift += insert ? change.length(i) : -change.length(i);
                at += insert ? 0 : change.length(i);
                from = at;
            }
        }
        return size == starts.length && shift == 0 && Arrays.equals(kept, starts)
                ? this
                : new Matches(Arrays.copyOf(kept, size), length);
    }
}
