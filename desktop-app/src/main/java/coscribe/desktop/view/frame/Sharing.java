package coscribe.desktop.view.frame;

import coscribe.client.runner.ClientException;
import coscribe.desktop.viewmodel.StatusLine;
import coscribe.desktop.viewmodel.Strings;
import coscribe.ot.protocol.FailureCode;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import javafx.application.Platform;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Side;
import javafx.scene.control.Button;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The Share button of a window, and what opens beside it.
final class Sharing {
    private static final double OFFER_WIDTH = 224; // px: as much white as there is beside the text in a usual window
    private static final double EDGE = 14; // px to the window's

    private final Strings strings;
    private final Inviting inviting;
    private final StatusLine status;
    private final FloatLayer floats;
    private final Runnable toText;
    private final Button button = new Button();
    private final ShareCard card;
    private final Region offer;

    /// @param toText  gives the keyboard to the text
    /// @param may     whether this person can share
    Sharing(
            Inviting inviting,
            StatusLine status,
            FloatLayer floats,
            Runnable toText,
            ObservableBooleanValue may,
            Strings strings) {
        this.strings = strings;
        this.inviting = inviting;
        this.status = status;
        this.floats = floats;
        this.toText = toText;
        this.card = new ShareCard(strings, words("share.words"), this::copyLink);
        this.offer = offerCard();
        button.setText(strings.get("share.button"));
        button.setGraphic(Icons.of("mdi2a-account-plus-outline"));
        button.getStyleClass().addAll("accent", "share-button");
        button.setMnemonicParsing(false);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(event -> show());
        button.visibleProperty().bind(may);
        button.managedProperty().bind(may);
    }

    /// What a card says, at a server that others reach or at one that only this computer does.
    private String words(String key) {
        return strings.get(inviting.local() ? key + ".here" : key);
    }

    Button button() {
        return button;
    }

    /// The card beside the button; again: it goes.
    void show() {
        card.says("");
        floats.toggle(card, button, Side.RIGHT);
        if (floats.isShowing()) {
            card.focusIn();
        }
    }

    /// The first words of a new document are its title, and it is nobody else's yet. The keyboard
    /// stays where it is.
    ///
    /// @param room  beside the text, in pixels: where there is too little, nothing is offered
    void offer(double room) {
        if (button.isVisible() && room >= OFFER_WIDTH + EDGE && !floats.isShowing()) {
            floats.toggle(offer, button, Side.RIGHT);
        }
    }

    private Region offerCard() {
        var copy = Labels.button(strings.get("share.copy"), this::copyUsualLink, "accent");
        var later = Labels.button(strings.get("share.offer.later"), () -> {
            floats.close();
            toText.run();
        });
        var buttons = new HBox(copy, later);
        buttons.getStyleClass().add("field-row");
        var made = new VBox(
                Labels.of(strings.get("share.offer.title"), "card-title"),
                Labels.wrapped(words("share.offer.words"), "card-words"),
                buttons);
        made.getStyleClass().add("offer-card");
        made.setPrefWidth(OFFER_WIDTH);
        return made;
    }

    void copyUsualLink() {
        copyLink(ShareCard.Offer.USUAL);
    }

    private void copyLink(ShareCard.Offer offer) {
        card.busy(true);
        var _ = inviting.make()
                .apply(offer.role(), offer.validFor())
                .whenComplete((link, failure) ->
                        Platform.runLater(() -> linkMade(Optional.ofNullable(link), Optional.ofNullable(failure))));
    }

    private void linkMade(Optional<String> link, Optional<Throwable> failure) {
        card.busy(false);
        link.ifPresent(text -> {
            var content = new ClipboardContent();
            content.putString(text);
            Clipboard.getSystemClipboard().setContent(content);
            floats.close();
            status.flash(words("share.copied"));
            toText.run();
        });
        failure.ifPresent(why -> {
            var cause = why instanceof CompletionException ? why.getCause() : why;
            boolean forbidden =
                    cause instanceof ClientException known && known.code().equals(Optional.of(FailureCode.FORBIDDEN));
            card.says(strings.get(forbidden ? "share.forbidden" : "share.failed"));
            if (!floats.isShowing()) {
                floats.toggle(card, button, Side.RIGHT);
            }
        });
    }
}
