package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Delta;
import coscribe.ot.document.Document;
import coscribe.ot.document.Text;
import coscribe.ot.presence.Caret;

/// A surface without a screen: keeps a text of its own by the changes that it is told.
public final class ModelSurface implements TextSurface {
    private Text text = Text.EMPTY;
    private Caret selection = Caret.at(0);

    @Override
    public void load(Document document, Caret caret) {
        text = document.text();
        selection = caret;
    }

    @Override
    public void ownChange(Delta delta, Document after, Caret caret, boolean reveal) {
        take(delta, after, caret);
    }

    @Override
    public void foreignChange(Delta delta, Document after, Caret caret) {
        take(delta, after, caret);
    }

    private void take(Delta delta, Document after, Caret caret) {
        text = text.apply(delta);
        assertThat(text).isEqualTo(after.text());
        selection = caret;
    }

    @Override
    public void select(Caret caret, boolean reveal) {
        selection = caret;
    }

    public Text text() {
        return text;
    }

    public Caret selection() {
        return selection;
    }
}
