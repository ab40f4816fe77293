package coscribe.desktop.viewmodel;

import coscribe.ot.delta.Delta;
import coscribe.ot.document.Document;
import coscribe.ot.presence.Caret;

/// Where a document's text is drawn, as {@link EditorModel} sees it. The model's text is the truth:
/// a surface shows it and never changes it. Changes come in order; the surface may put those of
/// others off to the next frame and show them as one, and catches up by itself, around the caret at
/// least, before it shows an own one. Called on the thread that draws.
///
/// Positions are UTF-16 units of the model's newest text. A surface that is behind maps what it
/// reports (a click, an arrow key) through what it has not yet shown.
public interface TextSurface {
    /// Shows another text from its beginning, or from the caret where there is one in it.
    void load(Document document, Caret selection);

    /// The writer's own change, to be seen in the next frame.
    ///
    /// @param after     the whole document behind the change
    /// @param selection where the writer's caret and selection are after it
    /// @param reveal    scroll so that the caret is seen
    void ownChange(Delta delta, Document after, Caret selection, boolean reveal);

    /// Somebody else's change. What the writer sees of their own words does not move: not the
    /// caret, not the selection, not the lines on the screen, not what an input method composes.
    void foreignChange(Delta delta, Document after, Caret selection);

    /// The caret or selection was set by a command.
    void select(Caret selection, boolean reveal);
}
