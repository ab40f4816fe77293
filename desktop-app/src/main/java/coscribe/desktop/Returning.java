package coscribe.desktop;

import coscribe.desktop.view.text.RichTextSurface;
import coscribe.desktop.viewmodel.Alarm;
import coscribe.desktop.viewmodel.Bookmark;
import coscribe.desktop.viewmodel.EditorModel;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.DocumentId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import javafx.geometry.Rectangle2D;

/// Leads back to where somebody was in a document, and notes where they are: when they leave, and
/// before that now and then, as a program may end unexpectedly. On the thread that draws.
final class Returning implements AutoCloseable {
    /// From a step in the text to the note of it.
    static final Duration SOON = Duration.ofSeconds(2);

    private final DocumentId document;
    private final EditorModel model;
    private final RichTextSurface surface;
    private final Whereabouts whereabouts;
    private final InstantSource clock;
    private final Alarm soon;
    private boolean begun;

    /// @param alarms  an alarm that wakes what it is given
    Returning(
            DocumentId document,
            EditorModel model,
            RichTextSurface surface,
            Whereabouts whereabouts,
            InstantSource clock,
            Function<Runnable, Alarm> alarms) {
        this.document = document;
        this.model = model;
        this.surface = surface;
        this.whereabouts = whereabouts;
        this.clock = clock;
        this.soon = alarms.apply(this::note);
    }

    /// The text is there, and has its size.
    void begin() {
        whereabouts.in(document).ifPresent(this::lead);
        begun = true;
        model.caretProperty().addListener((property, was, is) -> soon.setIn(SOON));
        var _ = surface.onMoved(() -> soon.setIn(SOON)); // both end with the window
    }

    private void lead(Bookmark back) {
        var text = model.document().text();
        model.selectInPlace(Caret.at(back.caret().in(text)));
        int top = back.top().in(text);
        double height = surface.page().getHeight();
        if (top > 0 && height > 0) {
            surface.scrollTo(top, back.above() / height);
        }
    }

    private void note() {
        int top = surface.visible().from();
        double above = surface.caretAt(top).map(Rectangle2D::getMinY).orElse(0.0);
        var text = model.document().text();
        whereabouts.note(document, Bookmark.of(text, model.selection().head(), top, above), clock.instant());
    }

    /// The window is about to close.
    @Override
    public void close() {
        soon.close();
        if (begun) {
            note();
        }
    }
}
