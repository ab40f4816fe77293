package coscribe.desktop.view.text;

import java.util.Arrays;
import java.util.function.IntFunction;

/// Which number an item of an ordered list has. A run of items of one level counts on over deeper
/// items; anything else between them starts it again. What was counted is kept until something in
/// front of it changes, so a long list is walked once.
///
/// On the thread that draws.
final class Numbering {
    private final IntFunction<Look.Block> paragraphs;
    private int[] known = new int[0]; // by paragraph; 0: not counted yet

    /// @param paragraphs  answers for every index below the one that is asked about
    Numbering(IntFunction<Look.Block> paragraphs) {
        this.paragraphs = paragraphs;
    }

    /// Paragraphs from this one on are no longer what they were.
    void changedFrom(int paragraph) {
        if (paragraph < known.length) {
            Arrays.fill(known, Math.max(0, paragraph), known.length, 0);
        }
    }

    /// The number, from 1, of a paragraph that is an item of an ordered list.
    int of(int paragraph) {
        if (paragraph >= known.length) {
            known = Arrays.copyOf(known, Math.max(paragraph + 1, known.length * 2));
        }
        if (known[paragraph] == 0) {
            count(paragraph);
        }
        return known[paragraph];
    }

    private void count(int paragraph) {
        int level = paragraphs.apply(paragraph).indent();
        int before = 0; // items of this run that were passed on the way up
        int number = 0;
        for (int i = paragraph - 1; i >= 0 && number == 0; i--) {
            var block = paragraphs.apply(i);
            if (block.item() == Look.Item.NONE || block.indent() < level) {
                break;
            }
            if (block.indent() == level) {
                if (block.item() != Look.Item.ORDERED) {
                    break;
                }
                before++;
                number = known[i] == 0 ? 0 : known[i] + before;
            }
        }
        int last = number == 0 ? before + 1 : number;
        known[paragraph] = last;
        for (int i = paragraph - 1; before > 0 && i >= 0; i--) {
            var block = paragraphs.apply(i);
            if (block.indent() == level && known[i] == 0) {
                known[i] = --last;
                before--;
            } else if (block.indent() == level) {
                return;
            }
        }
    }

    /// How a number is written at a level: 1. a. i. 1. a. i.
    static String written(int number, int level) {
        return switch (level % 3) {
            case 1 -> letters(number) + ".";
            case 2 -> number < 4_000 ? roman(number) + "." : number + ".";
            default -> number + ".";
        };
    }

    private static String letters(int number) {
        var text = new StringBuilder();
        for (int left = number; left > 0; left = (left - 1) / 26) {
            text.insert(0, (char) ('a' + (left - 1) % 26));
        }
        return text.toString();
    }

    private static String roman(int number) {
        int[] values = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
        String[] signs = {"m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"};
        var text = new StringBuilder();
        int left = number;
        for (int i = 0; i < values.length; i++) {
            while (left >= values[i]) {
                text.append(signs[i]);
                left -= values[i];
            }
        }
        return text.toString();
    }
}
