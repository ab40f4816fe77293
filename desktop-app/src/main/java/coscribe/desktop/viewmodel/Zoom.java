package coscribe.desktop.viewmodel;

import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;

/// How large the page is drawn, in steps that people know from other programs. One for all windows.
/// On the thread that draws.
public final class Zoom {
    public static final int ACTUAL = 100;

    private static final int[] STEPS = {50, 67, 75, 80, 90, ACTUAL, 110, 125, 150, 175, 200, 250, 300};

    private final ReadOnlyIntegerWrapper percent = new ReadOnlyIntegerWrapper(ACTUAL);

    /// 50 to 300.
    public ReadOnlyIntegerProperty percent() {
        return percent.getReadOnlyProperty();
    }

    /// As it was before; what is no step is taken for the nearest one.
    public void set(int wanted) {
        int nearest = ACTUAL;
        for (int step : STEPS) {
            if (Math.abs(step - wanted) < Math.abs(nearest - wanted)) {
                nearest = step;
            }
        }
        percent.set(nearest);
    }

    public void in() {
        for (int step : STEPS) {
            if (step > percent.get()) {
                percent.set(step);
                return;
            }
        }
    }

    public void out() {
        for (int i = STEPS.length - 1; i >= 0; i--) {
            if (STEPS[i] < percent.get()) {
                percent.set(STEPS[i]);
                return;
            }
        }
    }

    public void actual() {
        percent.set(ACTUAL);
    }
}
