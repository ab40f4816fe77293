package coscribe.bench.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The rows of the one table, and whether every goal was met.
final class Report {
    private final List<String> lines = new ArrayList<>();
    private boolean missed;

    Report() {
        lines.add("| row | what | ours | measured against, same run | ratio | must | |");
        lines.add("| --- | --- | --- | --- | --- | --- | --- |");
    }

    /// A figure without a goal.
    void figure(String row, String what, String ours, String anchor, String ratio) {
        add(row, what, ours, anchor, ratio, "", "");
    }

    /// A figure with a goal.
    void goal(String row, String what, String ours, String anchor, String ratio, String must, boolean met) {
        missed |= !met;
        add(row, what, ours, anchor, ratio, must, met ? "met" : "**missed**");
    }

    private void add(String... cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
    }

    boolean allMet() {
        return !missed;
    }

    String markdown() {
        return String.join("\n", lines) + "\n";
    }

    static String number(double value, String unit) {
        String pattern = value >= 100 ? "%,.0f %s" : value >= 10 ? "%.1f %s" : "%.2f %s";
        return String.format(Locale.ROOT, pattern, value, unit).strip();
    }

    static String nanos(double nanos) {
        return nanos < 1e3 ? number(nanos, "ns") : nanos < 1e6 ? number(nanos / 1e3, "µs") : number(nanos / 1e6, "ms");
    }

    static String times(double ratio) {
        return number(ratio, "x");
    }
}
