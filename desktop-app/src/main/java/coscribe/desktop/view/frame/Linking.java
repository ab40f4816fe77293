package coscribe.desktop.view.frame;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javafx.beans.value.ObservableBooleanValue;

/// How links are set.
///
/// @param now    the link that the caret is in, or that is selected
/// @param set    empty: takes it away
/// @param valid  whether a link may lead there
/// @param may    whether the text can be changed
/// @param on     whether there is a link now
public record Linking(
        Supplier<Optional<String>> now,
        Consumer<Optional<String>> set,
        Predicate<String> valid,
        ObservableBooleanValue may,
        ObservableBooleanValue on) {}
