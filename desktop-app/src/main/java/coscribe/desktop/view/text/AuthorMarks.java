package coscribe.desktop.view.text;

import javafx.scene.paint.Color;

/// How a text shows who wrote it.
public interface AuthorMarks {
    /// @param author  the id of who wrote it
    Color colour(String author);

    /// Whether a line under the words says so, and not the ground behind them.
    boolean asLines();
}
