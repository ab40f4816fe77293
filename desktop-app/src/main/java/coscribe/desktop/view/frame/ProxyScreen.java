package coscribe.desktop.view.frame;

import coscribe.desktop.viewmodel.ProxyAccess;
import coscribe.desktop.viewmodel.Strings;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// The {@link ProxyCard} where there is no document to lay it over. On the thread that draws.
public final class ProxyScreen extends StackPane {
    private final ProxyCard card;

    private ProxyScreen(ProxyCard card) {
        super(card);
        this.card = card;
        getStyleClass().add("welcome");
        card.getStyleClass().add("welcome-column");
        card.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    }

    /// @param back  leads to where one was, with nothing done
    public static ProxyScreen of(ProxyAccess model, Strings strings, Runnable back) {
        return new ProxyScreen(new ProxyCard(model, strings, Labels.button(strings.get("welcome.back"), back)));
    }

    /// Puts the keyboard where it is wanted first.
    public void focusIn() {
        card.focusIn();
    }
}
