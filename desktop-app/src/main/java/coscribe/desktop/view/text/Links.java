package coscribe.desktop.view.text;

import java.util.function.Consumer;

/// What can be done with a link in a text. On the thread that draws.
///
/// @param open  shows an http, https or mailto target outside of this program
/// @param edit  lets the writer change the link at the caret
public record Links(Consumer<String> open, Runnable edit) {}
