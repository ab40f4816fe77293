package coscribe.relay.store.embedded;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/// A row's check against bit rot, which SQLite itself does not notice: CRC-32C over the table's
/// name and all values of the row, keys too, each with its length.
final class Seal {
    private Seal() {}

    static long of(String table, Object... values) {
        var sum = new CRC32C();
        add(sum, table.getBytes(StandardCharsets.UTF_8));
        for (Object value : values) {
            switch (value) {
                case byte[] bytes -> add(sum, bytes);
                case String text -> add(sum, text.getBytes(StandardCharsets.UTF_8));
                case Long number -> addNumber(sum, number);
                default -> throw new IllegalArgumentException("no column holds a " + value.getClass());
            }
        }
        return sum.getValue();
    }

    private static void add(CRC32C sum, byte[] bytes) {
        addNumber(sum, bytes.length);
        sum.update(bytes);
    }

    private static void addNumber(CRC32C sum, long number) {
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            sum.update((int) (number >>> shift) & 0xff);
        }
    }
}
