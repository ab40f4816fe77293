package coscribe.desktop.view.frame;

import java.text.Bidi;
import java.text.BreakIterator;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.geometry.Orientation;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.text.Text;

/// Words in as many lines as they need, in any language. JavaFX 26 on Linux throws where it wraps a
/// line inside of text that is written from right to left (`PrismTextLayout
/// .computeTrailingSpaceWidth` reads behind an array), so one title in Hebrew would end a window's
/// drawing. Such words are broken into lines here, and JavaFX has nothing to wrap.
final class WrappedLabel extends Label {
    private static final char MARK = '\u200e'; // left to right, as the window's own words are

    private final StringProperty words = new SimpleStringProperty("");
    private final Text lines = new Text();
    private final Text measure = new Text();
    private boolean broken; // into lines by this class

    WrappedLabel(String text, String style) {
        getStyleClass().add(style);
        setMinHeight(USE_PREF_SIZE);
        words.addListener((property, was, is) -> take(is));
        setWrapText(true);
        lines.fontProperty().bind(fontProperty());
        lines.fillProperty().bind(textFillProperty());
        lines.lineSpacingProperty().bind(lineSpacingProperty());
        words.set(text);
    }

    /// What it says. Set this, and neither the text nor a sign.
    StringProperty words() {
        return words;
    }

    void say(String text) {
        words.set(text);
    }

    /// Whether JavaFX can wrap it.
    static boolean isSafe(String text) {
        return !Bidi.requiresBidi(text.toCharArray(), 0, text.length());
    }

    private void take(String text) {
        broken = !isSafe(text);
        setText(text);
        if (broken) {
            lines.setText(inLines(getWidth()));
            setGraphic(lines);
            setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        } else if (getGraphic() == lines) {
            setGraphic(null);
            setContentDisplay(ContentDisplay.LEFT);
        }
        requestLayout();
    }

    @Override
    public Orientation getContentBias() {
        return broken ? Orientation.HORIZONTAL : super.getContentBias();
    }

    @Override
    protected double computePrefWidth(double height) {
        return broken ? Math.ceil(width(words.get())) + beside() : super.computePrefWidth(height);
    }

    @Override
    protected double computeMinWidth(double height) {
        return broken ? 0 : super.computeMinWidth(height);
    }

    @Override
    protected double computePrefHeight(double width) {
        if (!broken || width < 0) {
            return super.computePrefHeight(width);
        }
        double insets = snappedTopInset() + snappedBottomInset();
        var _ = width(inLines(width));
        return Math.ceil(measure.getLayoutBounds().getHeight()) + insets;
    }

    @Override
    protected void layoutChildren() {
        if (broken) {
            lines.setText(inLines(getWidth()));
        }
        super.layoutChildren();
    }

    private double beside() {
        return snappedLeftInset() + snappedRightInset();
    }

    private double width(String text) {
        measure.setFont(getFont());
        measure.setLineSpacing(getLineSpacing());
        measure.setText(text);
        return measure.getLayoutBounds().getWidth();
    }

    /// A word that is wider than all is broken, too.
    private String inLines(double width) {
        String text = words.get();
        double room = Math.floor(width - beside());
        if (room <= 0) {
            return text;
        }
        var out = new StringBuilder().append(MARK);
        var breaks = BreakIterator.getLineInstance();
        breaks.setText(text);
        int start = 0; // of the line
        int from = breaks.first();
        for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
            if (from > start && width(text.substring(start, to).stripTrailing()) > room) {
                out.append('\n').append(MARK);
                start = from;
            }
            start = append(out, text, start, from, to, room);
            from = to;
        }
        return out.toString();
    }

    /// Appends a word, character by character where it is wider than a line; answers where the line
    /// begins that it ends in.
    private int append(StringBuilder out, String text, int start, int from, int to, double room) {
        if (width(text.substring(start, to).stripTrailing()) <= room) {
            out.append(text, from, to);
            return start;
        }
        var characters = BreakIterator.getCharacterInstance();
        characters.setText(text.substring(from, to));
        int begin = start;
        int at = from;
        for (int next = characters.next(); next != BreakIterator.DONE; next = characters.next()) {
            if (at > begin && width(text.substring(begin, from + next).stripTrailing()) > room) {
                out.append('\n').append(MARK);
                begin = at;
            }
            out.append(text, at, from + next);
            at = from + next;
        }
        return begin;
    }
}
