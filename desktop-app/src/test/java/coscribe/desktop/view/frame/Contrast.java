package coscribe.desktop.view.frame;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;
import org.kordamp.ikonli.javafx.FontIcon;

/// How well words stand out from what is behind them: WCAG 2's ratio, 1 to 21.
final class Contrast {
    private Contrast() {}

    /// What stands out less than is asked for, with its ratio; what cannot be done now is left out.
    static List<String> faintWords(Node root, double least) {
        var faint = new ArrayList<String>();
        for (Node node : Walk.nodes(root)) {
            if (node instanceof Labeled labeled && !isDisabled(node) && Walk.says(labeled)) {
                for (Node inner : labeled.getChildrenUnmodifiable()) {
                    if (inner instanceof Text text
                            && !(inner instanceof FontIcon)
                            && text.getFill() instanceof Color ink) {
                        var behind = behind(inner);
                        double ratio = ratio(over(ink, behind), behind);
                        if (ratio < least) {
                            faint.add("%s: %s on %s is %.2f".formatted(labeled.getText(), ink, behind, ratio));
                        }
                    }
                }
            }
        }
        return faint;
    }

    private static boolean isDisabled(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at.isDisabled()) {
                return true;
            }
        }
        return false;
    }

    /// The colours of all regions behind a node, laid one over the other.
    private static Color behind(Node node) {
        var layers = new ArrayList<Color>();
        for (Node at = node.getParent(); at != null; at = at.getParent()) {
            if (at instanceof Region region && region.getBackground() != null) {
                var fills = region.getBackground().getFills();
                for (int i = fills.size() - 1; i >= 0; i--) {
                    if (colour(fills.get(i)).getOpacity() > 0) {
                        layers.add(colour(fills.get(i)));
                    }
                }
            }
        }
        Color seen = Color.WHITE;
        for (int i = layers.size() - 1; i >= 0; i--) {
            seen = over(layers.get(i), seen);
        }
        return seen;
    }

    private static Color colour(BackgroundFill fill) {
        return fill.getFill() instanceof Color colour ? colour : Color.TRANSPARENT;
    }

    static Color over(Color top, Color below) {
        return below.interpolate(Color.color(top.getRed(), top.getGreen(), top.getBlue()), top.getOpacity());
    }

    static double ratio(Color one, Color other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(double part) {
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
}
