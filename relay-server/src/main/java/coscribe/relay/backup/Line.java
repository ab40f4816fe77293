package coscribe.relay.backup;

import java.time.Instant;
import java.util.List;

/// A line of a backup, taken apart. What it does not hold throws an `IllegalArgumentException`.
record Line(String word, List<String> fields) {
    Line {
        fields = List.copyOf(fields);
    }

    String text(int field) {
        if (field >= fields.size()) {
            throw new IllegalArgumentException("too few fields");
        }
        return fields.get(field);
    }

    long number(int field) {
        return Long.parseLong(text(field));
    }

    /// Milliseconds since 1970.
    Instant moment(int field) {
        return Instant.ofEpochMilli(number(field));
    }
}
