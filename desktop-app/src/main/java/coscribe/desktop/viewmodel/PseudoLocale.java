package coscribe.desktop.viewmodel;

/// English dressed as a longer language: what is not dressed was not in the bundle, and what is cut
/// off will be cut off in Finnish.
final class PseudoLocale {
    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String DRESSED = "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž";

    private PseudoLocale() {}

    /// Slots (`{0}`) stay as they are.
    static String disguise(String text) {
        var dressed = new StringBuilder("[");
        boolean slot = false;
        int letters = 0;
        for (char each : text.toCharArray()) {
            slot = each == '{' || (slot && each != '}');
            int at = slot ? -1 : PLAIN.indexOf(each);
            letters += at < 0 ? 0 : 1;
            dressed.append(at < 0 ? each : DRESSED.charAt(at));
        }
        return dressed.append("~".repeat((letters * 2 + 4) / 5)).append("]").toString();
    }
}
