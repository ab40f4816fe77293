package coscribe.ot.delta;

/// The value of one attribute. {@link Clear} says "take this attribute away" and is found in
/// retains only.
public sealed interface Value {
    /// The attribute is set, as in bold.
    Flag TRUE = new Flag();

    /// The attribute is to be removed.
    Clear CLEAR = new Clear();

    /// A set flag; an unset one is an absent attribute.
    record Flag() implements Value {}

    /// A whole number, as a heading's level.
    record Number(int number) implements Value {}

    /// A text, as a link's target.
    record Text(String text) implements Value {}

    /// Removal, kept by composition of retains and dropped on inserted text.
    record Clear() implements Value {}

    static Value of(int number) {
        return new Number(number);
    }

    static Value of(String text) {
        return new Text(text);
    }
}
