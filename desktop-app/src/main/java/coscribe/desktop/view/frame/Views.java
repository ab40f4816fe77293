package coscribe.desktop.view.frame;

import coscribe.desktop.viewmodel.Zoom;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;

/// How a person wants to see documents: the same in all windows of a program. On the thread that
/// draws.
public final class Views {
    private final Zoom zoom = new Zoom();
    private final DoubleProperty panelWidth = new SimpleDoubleProperty(SidePanel.USUAL);

    public Zoom zoom() {
        return zoom;
    }

    /// Of the panel at the right, in pixels; what is too narrow or too wide is shown as the nearest
    /// that is not.
    public DoubleProperty panelWidth() {
        return panelWidth;
    }
}
