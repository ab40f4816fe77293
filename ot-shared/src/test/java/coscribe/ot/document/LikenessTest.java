package coscribe.ot.document;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.kit.Gen;
import coscribe.ot.kit.Laws;
import coscribe.ot.kit.Model;
import org.junit.jupiter.api.Test;

/// What two texts share at their ends, by whole pieces, is what one finds unit by unit.
class LikenessTest {
    @Test
    void two_texts_share_what_is_the_same_in_them_however_they_are_cut_into_chunks() {
        Laws.hold(gen -> {
            var one = longText(gen);
            var other = gen.chance(30) ? again(one) : one;
            for (int changes = gen.below(3); changes > 0; changes--) {
                other = other.apply(gen.change(Model.of(other)).delta());
            }
            int most = gen.below(Math.min(one.length(), other.length()) + 1);
            assertThat(one.sharedAtStart(other, most)).isEqualTo(fromStart(one, other, most));
            int end = gen.between(most, one.length());
            int otherEnd = gen.chance(50)
                    ? Math.clamp(end + other.length() - one.length(), most, other.length())
                    : gen.between(most, other.length());
            assertThat(one.sharedInFrontOf(end, other, otherEnd, most))
                    .isEqualTo(back(one, end, other, otherEnd, most));
        });
    }

    /// Some chunks long, and written at a place that it remembers.
    private static Text longText(Gen gen) {
        var text = gen.document().toText();
        for (int i = gen.below(12); i > 0; i--) {
            text = text.plus(gen.document().toText());
        }
        return text.apply(gen.change(Model.of(text)).delta());
    }

    /// The same text, cut anew.
    private static Text again(Text text) {
        return Text.EMPTY.apply(text.asDelta());
    }

    private static int fromStart(Text one, Text other, int most) {
        int shared = 0;
        while (shared < most && isSame(one, shared, other, shared)) {
            shared++;
        }
        return shared;
    }

    private static int back(Text one, int end, Text other, int otherEnd, int most) {
        int shared = 0;
        while (shared < most && isSame(one, end - 1 - shared, other, otherEnd - 1 - shared)) {
            shared++;
        }
        return shared;
    }

    private static boolean isSame(Text one, int at, Text other, int there) {
        return one.charAt(at) == other.charAt(there) && one.attributesAt(at).equals(other.attributesAt(there));
    }
}
