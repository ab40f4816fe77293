package coscribe.ot.protocol;

/// How many commits a document has seen. 0 is the empty document; dense; at most 2^53 - 1, so that
/// a JSON number holds it.
public record Revision(long number) implements Comparable<Revision> {
    public static final Revision ZERO = new Revision(0);
    public static final long MAX = (1L << 53) - 1;

    public Revision {
        if (number < 0 || number > MAX) {
            throw new IllegalArgumentException("revision " + number);
        }
    }

    public Revision next() {
        return plus(1);
    }

    public Revision plus(long commits) {
        return new Revision(number + commits);
    }

    public boolean isAfter(Revision other) {
        return number > other.number;
    }

    @Override
    public int compareTo(Revision other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Long.toString(number);
    }
}
