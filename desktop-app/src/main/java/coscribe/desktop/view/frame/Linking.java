package coscribe.desktop.view.frame;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.value.ObservableBooleanValue;

/// How links are set.
///
/// @param now    the link that the caret is in, or that is selected
/// @param set    empty: takes it away
/// @param meant  where a link leads that somebody typed, as `example.org`; empty: nowhere that may be
///     opened
/// @param may    whether the text can be changed
/// @param on     whether there is a link now
public record Linking(
        Supplier<Optional<String>> now,
        Consumer<Optional<String>> set,
        Function<String, Optional<String>> meant,
        ObservableBooleanValue may,
        ObservableBooleanValue on) {}
