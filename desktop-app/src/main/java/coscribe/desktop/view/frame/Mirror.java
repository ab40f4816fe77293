package coscribe.desktop.view.frame;

import javafx.beans.property.BooleanProperty;
import javafx.beans.value.ObservableBooleanValue;

/// A pressed state that shows what is, and not what was clicked: a control that turns itself when
/// it is clicked is turned back until the truth has changed.
final class Mirror {
    private Mirror() {}

    static void of(BooleanProperty shown, ObservableBooleanValue truth) {
        shown.set(truth.get());
        truth.addListener((property, was, is) -> shown.set(is));
        shown.addListener((property, was, is) -> {
            if (is != truth.get()) {
                shown.set(truth.get());
            }
        });
    }
}
