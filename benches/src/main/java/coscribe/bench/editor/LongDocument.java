package coscribe.bench.editor;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.DeltaBuilder;
import coscribe.ot.delta.Value;
import java.util.SplittableRandom;

/// A document of about 200 pages, written as people write: headings, lists, quotes, some bold.
final class LongDocument {
    private static final int PAGES = 200;
    private static final int PAGE_UNITS = 5_000;
    private static final String[] WORDS =
            ("the garden beds are ready in march because soil warms early and we plan to begin with lettuce"
                            + " carrots peas before summer comes while others prepare tools water seeds fences")
                    .split(" ");

    private final SplittableRandom random = new SplittableRandom(7);
    private final DeltaBuilder out = Delta.builder();
    private int units;

    private LongDocument() {}

    /// As a change of an empty document.
    static Delta change() {
        var made = new LongDocument();
        for (int paragraph = 0; made.units < PAGES * PAGE_UNITS; paragraph++) {
            made.paragraph(paragraph);
        }
        return made.out.build(1);
    }

    private void paragraph(int number) {
        if (number % 20 == 0) {
            words(4, Attributes.NONE);
            newline(Attributes.of("header", Value.of(number % 100 == 0 ? 1 : 2)));
        } else if (number % 20 > 14) {
            words(8, Attributes.NONE);
            newline(Attributes.of("list", Value.of(number % 40 > 20 ? "bullet" : "ordered")));
        } else if (number % 20 == 9) {
            words(14, Attributes.of("italic", Value.TRUE));
            newline(Attributes.of("quote", Value.TRUE));
        } else {
            words(6 + random.nextInt(14), Attributes.NONE);
            words(2, Attributes.of("bold", Value.TRUE));
            words(4, Attributes.NONE);
            newline(Attributes.NONE);
        }
    }

    private void words(int count, Attributes set) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        out.insert(text.toString(), set);
        units += text.length();
    }

    private void newline(Attributes set) {
        out.insert("\n", set);
        units++;
    }
}
