package coscribe.desktop.policy;

import java.util.List;

/// What a setting can be set to.
public sealed interface Value {
    record Text(String text) implements Value {}

    record Flag(boolean on) implements Value {}

    record Number(long number) implements Value {}

    record Texts(List<String> texts) implements Value {
        public Texts {
            texts = List.copyOf(texts);
        }
    }

    /// For a report.
    default String written() {
        return switch (this) {
            case Text(var text) -> text;
            case Flag(boolean on) -> Boolean.toString(on);
            case Number(long number) -> Long.toString(number);
            case Texts(var texts) -> texts.isEmpty() ? "(none)" : String.join(", ", texts);
        };
    }
}
