package coscribe.desktop.view.frame;

/// The letters by which the keyboard chooses from a menu. In the bundle each stands behind a `_`,
/// since every language has its own.
final class Mnemonics {
    private static final String SIGN = "_";

    private Mnemonics() {}

    /// The words without the sign, for wherever else they stand.
    static String without(String words) {
        return words.replace(SIGN, "");
    }
}
