package coscribe.desktop.viewmodel;

import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Every word that people read, from the bundle `coscribe/desktop/strings.properties`. A value may
/// hold `{0}` to `{9}`, filled with what is given; an apostrophe is an apostrophe. What depends on
/// a number has a key for each plural form: `edits.one`, `edits.other` (and `few`, `many` where a
/// language has them).
///
/// Immutable. A key that is not there is a bug and throws.
public final class Strings {
    // Some locales set "PM" behind a space that many typefaces draw as none.
    private static final char NARROW_SPACE = '\u202f';
    private static final char SPACE = '\u00a0';
    private static final String BUNDLE = "coscribe.desktop.strings";

    private final ResourceBundle bundle;
    private final Locale locale;
    private final UnaryOperator<String> voice;

    private Strings(ResourceBundle bundle, Locale locale, UnaryOperator<String> voice) {
        this.bundle = bundle;
        this.locale = locale;
        this.voice = voice;
    }

    /// In the language of the locale where there is one, else in English; numbers and times as the
    /// locale writes them.
    public static Strings of(Locale locale) {
        var control = ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
        return new Strings(ResourceBundle.getBundle(BUNDLE, locale, control), locale, UnaryOperator.identity());
    }

    /// As on this computer.
    public static Strings usual() {
        return of(Locale.getDefault());
    }

    /// English in disguise, to find what is not in the bundle and what does not fit: every letter
    /// accented, every text longer by two fifths, in brackets.
    public static Strings pseudo() {
        var english = of(Locale.UK);
        return new Strings(english.bundle, english.locale, PseudoLocale::disguise);
    }

    public Locale locale() {
        return locale;
    }

    /// The text of a key, with what is given filled in. Numbers are written as the locale does.
    public String get(String key, Object... given) {
        return filled(voice.apply(bundle.getString(key)), given);
    }

    /// The text of a key for a number of things: `{0}` is the number, `{1}` and so on what else is
    /// given.
    public String count(String key, long number, Object... given) {
        String form = key + "." + PluralForm.of(locale, number).word();
        String found = bundle.containsKey(form) ? form : key + "." + PluralForm.OTHER.word();
        var all = new Object[given.length + 1];
        all[0] = number;
        System.arraycopy(given, 0, all, 1, given.length);
        return get(found, all);
    }

    public boolean has(String key) {
        return bundle.containsKey(key);
    }

    /// Every key of the language in use.
    public Set<String> keys() {
        var all = new HashSet<String>();
        for (Enumeration<String> each = bundle.getKeys(); each.hasMoreElements(); ) {
            all.add(each.nextElement());
        }
        return all;
    }

    /// The time of day, to the minute.
    public String time(Instant at, ZoneId zone) {
        return DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                .withLocale(locale)
                .format(at.atZone(zone))
                .replace(NARROW_SPACE, SPACE);
    }

    /// The day, as "3 May 2026".
    public String date(Instant at, ZoneId zone) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale)
                .format(at.atZone(zone));
    }

    private String filled(String pattern, Object... given) {
        if (given.length == 0 || pattern.indexOf('{') < 0) {
            return pattern;
        }
        var text = new StringBuilder(pattern.length() + 32);
        int from = 0;
        for (int at = pattern.indexOf('{'); at >= 0; at = pattern.indexOf('{', at + 1)) {
            boolean slot = at + 2 < pattern.length()
                    && pattern.charAt(at + 2) == '}'
                    && Character.isDigit(pattern.charAt(at + 1));
            if (slot) {
                text.append(pattern, from, at).append(written(given[pattern.charAt(at + 1) - '0']));
                from = at + 3;
            }
        }
        return text.append(pattern, from, pattern.length()).toString();
    }

    private String written(Object value) {
        return value instanceof Number number
                ? NumberFormat.getIntegerInstance(locale).format(number)
                : Objects.toString(value);
    }
}
