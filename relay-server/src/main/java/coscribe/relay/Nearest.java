package coscribe.relay;

import java.util.Collection;
import java.util.Optional;

/// What somebody meant who misspelt a word.
public final class Nearest {
    private Nearest() {}

    /// The known word that is nearest, if it is near enough to be meant.
    public static Optional<String> to(String written, Collection<String> known) {
        String nearest = "";
        int least = Integer.MAX_VALUE;
        for (var word : known) {
            int distance = distance(written, word);
            if (distance < least) {
                least = distance;
                nearest = word;
            }
        }
        return least <= Math.max(2, written.length() / 3) ? Optional.of(nearest) : Optional.empty();
    }

    /// Letters to insert, delete, change or swap with their neighbour (optimal string alignment).
    static int distance(String a, String b) {
        var row = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                row[i][j] = i == 0 || j == 0 ? i + j : step(row, a, b, i, j);
            }
        }
        return row[a.length()][b.length()];
    }

    private static int step(int[][] row, String a, String b, int i, int j) {
        int changed = row[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(changed, Math.min(row[i - 1][j], row[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, row[i - 2][j - 2] + 1) : least;
    }
}
