package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StringsTest {
    private final Strings english = Strings.of(Locale.UK);

    @Test
    void slots_are_filled_and_apostrophes_stay() {
        assertThat(english.get("status.saved.volatile", "14:02"))
                .isEqualTo("Saved 14:02 - in the server's memory only");
    }

    @Test
    void braces_in_what_is_filled_in_are_no_slots() {
        assertThat(english.get("window.title.attention", "{1}", "x")).isEqualTo("{1} (x) - Coscribe");
    }

    @Test
    void a_number_chooses_the_form() {
        assertThat(english.count("status.offline.kept", 0)).isEqualTo("Offline - 0 edits kept");
        assertThat(english.count("status.offline.kept", 1)).isEqualTo("Offline - 1 edit kept");
        assertThat(english.count("status.offline.kept", 2)).isEqualTo("Offline - 2 edits kept");
    }

    @Test
    void other_languages_have_other_forms() {
        assertThat(PluralForm.of(Locale.FRENCH, 0)).isEqualTo(PluralForm.ONE);
        assertThat(PluralForm.of(Locale.JAPANESE, 1)).isEqualTo(PluralForm.OTHER);
        assertThat(LongStream.of(1, 2, 5, 11, 12, 21, 22, 25, 111, 112)
                        .mapToObj(n -> PluralForm.of(Locale.of("ru"), n).word()))
                .containsExactly("one", "few", "many", "many", "many", "one", "few", "many", "many", "many");
        assertThat(LongStream.of(1, 2, 5, 12, 21, 22)
                        .mapToObj(n -> PluralForm.of(Locale.of("pl"), n).word()))
                .containsExactly("one", "few", "many", "many", "many", "few");
        assertThat(PluralForm.of(Locale.of("cs"), 3)).isEqualTo(PluralForm.FEW);
    }

    @Test
    void a_missing_key_is_a_bug() {
        assertThatThrownBy(() -> english.get("no.such.key")).isInstanceOf(MissingResourceException.class);
    }

    @Test
    void a_language_without_a_bundle_is_english_with_its_own_numbers() {
        assertThat(Strings.of(Locale.GERMANY).count("status.offline.kept", 1200))
                .isEqualTo("Offline - 1.200 edits kept");
    }

    @Test
    void every_plural_has_its_two_english_forms() {
        for (String key : english.keys()) {
            if (key.endsWith(".one")) {
                assertThat(english.has(key.replaceAll("\\.one$", ".other")))
                        .as(key)
                        .isTrue();
            }
        }
    }

    @Test
    void the_pseudo_locale_is_longer_by_two_fifths_and_keeps_slots() {
        String dressed = Strings.pseudo().get("status.saved", "14:02");
        assertThat(dressed).startsWith("[Šåṽéð 14:02").endsWith("~~]");
        assertThat(PseudoLocale.disguise("abcdefghij")).hasSize(10 + 4 + 2);
    }

    @Test
    void times_and_days_are_the_locales() {
        var at = Instant.parse("2026-05-03T14:02:00Z");
        assertThat(english.time(at, ZoneOffset.UTC)).isEqualTo("14:02");
        assertThat(english.date(at, ZoneOffset.UTC)).isEqualTo("3 May 2026");
    }
}
