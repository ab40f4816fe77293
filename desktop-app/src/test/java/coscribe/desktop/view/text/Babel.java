package coscribe.desktop.view.text;

import coscribe.ot.kit.Gen;
import java.util.List;
import java.util.stream.Stream;

/// Words as they come in many languages at once, from right to left among them, with what joins and
/// what stacks.
public final class Babel {
    private static final List<String> CHARACTERS = List.of(
            "a",
            "word",
            " ",
            "  ",
            "-",
            "1984",
            "\u05d0",
            "\u05e9\u05c1\u05dc\u05d5\u05dd",
            "\u05e2\u05d5\u05dc\u05dd",
            "\u0645\u0631\u062d\u0628\u0627",
            "\u0644\u0627",
            "\u064b",
            "\u0301",
            "\u200d",
            "\u200f",
            "\u4e2d\u6587",
            "\ud83d\ude00",
            "(",
            "\u0e01\u0e33");

    private Babel() {}

    /// @param more  what is to come up as well
    public static String words(Gen gen, String... more) {
        var from = Stream.concat(CHARACTERS.stream(), Stream.of(more)).toList();
        var words = new StringBuilder();
        for (int n = gen.between(1, 60); n > 0; n--) {
            words.append(gen.pick(from));
        }
        return words.toString();
    }
}
