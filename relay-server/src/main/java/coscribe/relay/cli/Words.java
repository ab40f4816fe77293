package coscribe.relay.cli;

import coscribe.relay.ConfigValues;
import coscribe.relay.RelayFailure;
import java.time.Duration;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// The words behind a command, and what its options say.
final class Words {
    private static final int WORD = 0;

    private Words() {}

    static PositionalParamSpec one(String label) {
        return PositionalParamSpec.builder()
                .index("0")
                .arity("0..1")
                .type(String.class)
                .paramLabel(label)
                .build();
    }

    /// What stands behind the command's name; one of `words`.
    static String require(ParseResult parsed, String... words) {
        var said = parsed.hasMatchedPositional(WORD) ? parsed.<String>matchedPositionalValue(WORD, "") : "";
        for (var word : words) {
            if (word.equals(said)) {
                return word;
            }
        }
        var choices = String.join(" | ", words);
        var name = parsed.commandSpec().name();
        throw new RelayFailure(
                RelayFailure.USAGE,
                said.isEmpty()
                        ? "'" + name + "' needs a word behind it: " + name + " " + choices
                        : "'" + name + "' knows no '" + said + "'. Write: " + name + " " + choices);
    }

    static Duration life(String option, String typed, Duration least, Duration most) {
        return ConfigValues.life(typed)
                .filter(life -> life.compareTo(least) >= 0 && life.compareTo(most) <= 0)
                .orElseThrow(() -> new RelayFailure(
                        RelayFailure.USAGE,
                        option + " is '" + typed + "'. Write a time from " + ConfigValues.inWords(least) + " to "
                                + ConfigValues.inWords(most) + "."));
    }
}
