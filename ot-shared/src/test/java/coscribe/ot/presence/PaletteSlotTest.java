package coscribe.ot.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coscribe.ot.kit.Gen;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class PaletteSlotTest {
    @Test
    void colour_and_shape_come_from_the_first_bytes_of_the_ids_hash() {
        // printf %s ID | sha256sum: begins 3ba3 and bdb3
        assertThat(PaletteSlot.of("a".repeat(32))).isEqualTo(new PaletteSlot(0x3b % 8, 0xa3 % 4));
        assertThat(PaletteSlot.of("b".repeat(32))).isEqualTo(new PaletteSlot(0xbd % 8, 0xb3 % 4));
    }

    @Test
    void people_spread_over_all_slots() {
        var seen = new HashSet<PaletteSlot>();
        var gen = new Gen(1);
        for (int i = 0; i < 1_000; i++) {
            seen.add(PaletteSlot.of("person " + gen.below(1_000_000)));
        }
        assertThat(seen).hasSize(PaletteSlot.COLOURS * PaletteSlot.SHAPES);
    }

    @Test
    void there_are_eight_colours_and_four_shapes() {
        assertThatThrownBy(() -> new PaletteSlot(8, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PaletteSlot(0, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PaletteSlot(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PaletteSlot(0, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
