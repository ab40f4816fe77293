package coscribe.desktop.viewmodel;

import java.util.Locale;

/// The forms a noun takes after a whole number, by the rules of Unicode CLDR for the languages that
/// the editor may be translated into. A language that is not named here counts as English does.
enum PluralForm {
    ONE,
    FEW,
    MANY,
    OTHER;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @param number  0 or more
    static PluralForm of(Locale locale, long number) {
        return switch (locale.getLanguage()) {
            case "ja", "ko", "zh", "th", "vi", "id", "ms" -> OTHER;
            case "fr", "pt" -> number <= 1 ? ONE : OTHER;
            case "cs", "sk" -> number == 1 ? ONE : number >= 2 && number <= 4 ? FEW : OTHER;
            case "pl" -> number == 1 ? ONE : endsInFew(number) ? FEW : MANY;
            case "ru", "uk", "be", "sr", "hr", "bs" ->
                number % 10 == 1 && number % 100 != 11 ? ONE : endsInFew(number) ? FEW : MANY;
            default -> number == 1 ? ONE : OTHER;
        };
    }

    private static boolean endsInFew(long number) {
        long last = number % 10;
        long lastTwo = number % 100;
        return last >= 2 && last <= 4 && (lastTwo < 12 || lastTwo > 14);
    }
}
