package coscribe.desktop.view.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coscribe.ot.presence.PaletteSlot;
import java.util.stream.Stream;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The figures of the palette, computed anew from the constants.
class PaletteTest {
    private static final double LEAST_CONTRAST = 4.5;
    private static final double LEAST_DIFFERENCE = 11;

    @ParameterizedTest
    @EnumSource(Palette.class)
    void every_colour_reads_on_the_page_and_carries_the_pages_colour(Palette palette) {
        for (int colour = 0; colour < PaletteSlot.COLOURS; colour++) {
            assertThat(Vision.contrast(palette.of(new PaletteSlot(colour, 0)), palette.ink()))
                    .as("slot %d", colour)
                    .isGreaterThanOrEqualTo(LEAST_CONTRAST);
        }
    }

    static Stream<Arguments> tints() {
        return Stream.of(Arguments.of(Palette.LIGHT, 10.6), Arguments.of(Palette.DARK, 5.9));
    }

    @ParameterizedTest
    @MethodSource("tints")
    void text_reads_on_every_tint(Palette palette, double least) {
        for (int colour = 0; colour < PaletteSlot.COLOURS; colour++) {
            var tinted = palette.ink().interpolate(palette.of(new PaletteSlot(colour, 0)), palette.tint());
            assertThat(Vision.contrast(palette.text(), tinted))
                    .as("slot %d", colour)
                    .isGreaterThanOrEqualTo(least - 0.05);
        }
    }

    static Stream<Arguments> eyes() {
        return Stream.of(
                Arguments.of(Palette.LIGHT, Vision.NORMAL, 20.7),
                Arguments.of(Palette.DARK, Vision.NORMAL, 24.2),
                Arguments.of(Palette.LIGHT, Vision.PROTAN, 13.4),
                Arguments.of(Palette.DARK, Vision.PROTAN, 14.7),
                Arguments.of(Palette.LIGHT, Vision.DEUTAN, 12.9),
                Arguments.of(Palette.DARK, Vision.DEUTAN, 15.0),
                Arguments.of(Palette.LIGHT, Vision.TRITAN, 11.5),
                Arguments.of(Palette.DARK, Vision.TRITAN, 13.5));
    }

    @ParameterizedTest
    @MethodSource("eyes")
    void any_two_colours_tell_apart(Palette palette, Vision eye, double told) {
        double least = Double.MAX_VALUE;
        for (int a = 0; a < PaletteSlot.COLOURS; a++) {
            for (int b = 0; b < a; b++) {
                Color one = eye.sees(palette.of(new PaletteSlot(a, 0)));
                Color other = eye.sees(palette.of(new PaletteSlot(b, 0)));
                least = Math.min(least, Vision.difference(one, other));
            }
        }
        assertThat(least).isGreaterThanOrEqualTo(LEAST_DIFFERENCE).isCloseTo(told, within(0.1));
    }

    /// Pairs from "The CIEDE2000 Color-Difference Formula" (Sharma, Wu, Dalal 2005), table 1.
    @Test
    void the_difference_is_that_of_the_published_pairs() {
        assertThat(Vision.difference(50, 2.6772, -79.7751, 50, 0, -82.7485)).isCloseTo(2.0425, within(1e-4));
        assertThat(Vision.difference(50, 2.5, 0, 73, 25, -18)).isCloseTo(27.1492, within(1e-4));
        assertThat(Vision.difference(50, -1, 2, 50, 0, 0)).isCloseTo(2.3669, within(1e-4));
        assertThat(Vision.difference(60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387))
                .isCloseTo(1.2644, within(1e-4));
        assertThat(Vision.difference(90.8027, -2.0831, 1.441, 91.1528, -1.6435, 0.0447))
                .isCloseTo(1.4441, within(1e-4));
    }

    @Test
    void black_on_white_has_the_greatest_contrast() {
        assertThat(Vision.contrast(Color.BLACK, Color.WHITE)).isCloseTo(21, within(1e-9));
    }
}
