package coscribe.desktop.view.frame;

import coscribe.desktop.viewmodel.DocumentEntry;
import coscribe.desktop.viewmodel.EntryWords;
import coscribe.desktop.viewmodel.Strings;
import coscribe.desktop.viewmodel.Welcome;
import coscribe.desktop.viewmodel.Welcome.Card;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The way in, in one column: an invite link, this computer as the server, what was open before.
/// Enter goes on, Esc gives up or goes back. On the thread that draws.
public final class WelcomeScreen extends StackPane {
    private static final int RECENT = 5;

    private final Welcome model;
    private final EntryWords words;
    private final Strings strings;
    private final TextField link = new TextField();
    private final TextField name = new TextField();
    private final Button join;
    private final VBox start;
    private final VBox card = new VBox();
    private final VBox recent = new VBox();

    public WelcomeScreen(Welcome model, EntryWords words) {
        this.model = model;
        this.words = words;
        this.strings = words.strings();
        this.join = Labels.button(strings.get("welcome.join"), model::join, "accent", "large-button");
        this.start = start();
        getStyleClass().add("welcome");
        card.getStyleClass().add("welcome-column");
        card.setMaxWidth(Region.USE_PREF_SIZE);
        var scroll = new ScrollPane(new StackPane(start, card));
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setFocusTraversable(false);
        scroll.getStyleClass().add("welcome-scroll");
        getChildren().add(scroll);
        model.card().addListener((property, was, is) -> show(is));
        model.recent().addListener((ListChangeListener<DocumentEntry>) change -> showRecent());
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE
                    && (model.busy().get() || model.card().get().isPresent())) {
                model.back();
                event.consume();
            }
        });
        showRecent();
        show(model.card().get());
    }

    /// Puts the keyboard where it is wanted first.
    public void focusIn() {
        if (model.card().get().isPresent()) {
            name.requestFocus(); // Enter joins from there, too
            name.selectAll();
        } else {
            link.requestFocus();
            link.selectAll(); // what is there is gone on with, or replaced
        }
    }

    // --- the first view

    private VBox start() {
        var column = new VBox(
                Labels.of(strings.get("app.name"), "wordmark"),
                Labels.wrapped(strings.get("welcome.words"), "welcome-words"));
        if (!model.brokenRules().isEmpty()) {
            column.getChildren().add(Labels.wrapped(model.brokenRules(), "card-trouble"));
        }
        column.getChildren()
                .addAll(
                        linkForm(),
                        Labels.told(
                                Bindings.createStringBinding(this::startTrouble, model.trouble(), model.card()),
                                "card-trouble"),
                        proxy());
        if (model.mayHost()) {
            column.getChildren().addAll(or(), host());
        }
        column.getChildren().add(recent);
        column.getStyleClass().add("welcome-column");
        column.setMaxWidth(Region.USE_PREF_SIZE);
        return column;
    }

    private Node proxy() {
        var button = Labels.button(strings.get("banner.signInToProxy"), model::signInToProxy);
        Labels.show(button, model.proxy().map(Optional::isPresent));
        return button;
    }

    private String startTrouble() {
        return model.card().get().isPresent() ? "" : model.trouble().get();
    }

    private Node linkForm() {
        var label = new Label(model.linkWords());
        label.getStyleClass().add("field-label");
        label.setLabelFor(link);
        link.setPromptText(strings.get("welcome.link.example"));
        link.setAccessibleText(model.linkWords());
        link.textProperty().bindBidirectional(model.link());
        link.setOnAction(event -> model.next());
        HBox.setHgrow(link, Priority.ALWAYS);
        var next = Labels.button(strings.get("welcome.next"), model::next, "accent");
        next.setMinWidth(Region.USE_PREF_SIZE);
        var row = new HBox(link, next);
        row.getStyleClass().add("field-row");
        var origin = Labels.of(strings.get("welcome.link.clipboard"), "field-hint");
        origin.setGraphic(Icons.of("mdi2c-clipboard-text-outline"));
        Labels.show(origin, model.fromClipboard());
        var form = new VBox(label, row, origin);
        form.getStyleClass().add("field-block");
        return form;
    }

    private Node or() {
        var left = new Region();
        var right = new Region();
        left.getStyleClass().add("rule");
        right.getStyleClass().add("rule");
        HBox.setHgrow(left, Priority.ALWAYS);
        HBox.setHgrow(right, Priority.ALWAYS);
        var row = new HBox(left, Labels.of(strings.get("welcome.or"), "rule-word"), right);
        row.getStyleClass().add("rule-row");
        row.setAlignment(Pos.CENTER);
        return row;
    }

    private Node host() {
        var host = Labels.button(strings.get("welcome.host"), model::host, "large-button");
        host.setGraphic(Icons.of("mdi2l-laptop"));
        host.setMaxWidth(Double.MAX_VALUE);
        host.disableProperty().bind(model.busy());
        var block = new VBox(host, Labels.wrapped(strings.get("welcome.host.words"), "field-hint"));
        block.getStyleClass().add("field-block");
        return block;
    }

    private void showRecent() {
        recent.getStyleClass().setAll("field-block", "recent");
        recent.setVisible(!model.recent().isEmpty());
        recent.setManaged(!model.recent().isEmpty());
        recent.getChildren().setAll(Labels.of(strings.get("welcome.recent"), "field-label"));
        model.recent().stream().limit(RECENT).map(this::recentRow).forEach(recent.getChildren()::add);
    }

    private Node recentRow(DocumentEntry entry) {
        var title = Labels.of(words.title(entry), "row-title");
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        String state = words.state(entry);
        var about = Labels.of(state.isEmpty() ? words.used(entry) : state, state.isEmpty() ? "row-about" : "row-state");
        about.setMinWidth(Region.USE_PREF_SIZE);
        var content = new HBox(Icons.of("mdi2f-file-document-outline"), title, gap, about);
        content.getStyleClass().add("row-content");
        content.setAlignment(Pos.CENTER_LEFT);
        var row = Labels.button("", () -> model.open(entry), "list-row");
        row.setGraphic(content);
        row.setMaxWidth(Double.MAX_VALUE);
        row.setAccessibleText(strings.get("list.row", words.title(entry), words.server(entry), words.used(entry)));
        row.disableProperty().bind(model.busy());
        content.prefWidthProperty().bind(row.widthProperty().subtract(20));
        return row;
    }

    // --- where the link leads

    private void show(Optional<Card> now) {
        start.setVisible(now.isEmpty());
        start.setManaged(now.isEmpty());
        card.setVisible(now.isPresent());
        card.setManaged(now.isPresent());
        now.ifPresent(this::fill);
        focusIn();
    }

    private Label secrecy(Welcome.Secrecy secrecy) {
        var label = Labels.wrapped(
                strings.get(
                        switch (secrecy) {
                            case ENCRYPTED -> "welcome.join.encrypted";
                            case NOT_ENCRYPTED -> "welcome.join.plain";
                            case MAYBE -> "welcome.join.maybe";
                            case HERE -> "welcome.join.here";
                        }),
                "secrecy");
        boolean open = secrecy == Welcome.Secrecy.MAYBE || secrecy == Welcome.Secrecy.NOT_ENCRYPTED;
        label.getStyleClass().add(open ? "tone-amber" : "tone-green");
        label.setGraphic(Icons.of(
                switch (secrecy) {
                    case ENCRYPTED -> "mdi2l-lock-outline";
                    case NOT_ENCRYPTED, MAYBE -> "mdi2l-lock-open-outline";
                    case HERE -> "mdi2l-laptop";
                }));
        return label;
    }

    private void fill(Card now) {
        var secrecy = secrecy(now.secrecy());
        var label = new Label(strings.get("welcome.name"));
        label.getStyleClass().add("field-label");
        label.setLabelFor(name);
        name.setAccessibleText(strings.get("welcome.name"));
        name.textProperty().unbindBidirectional(model.name());
        name.textProperty().bindBidirectional(model.name());
        name.setOnAction(event -> model.join());
        var form = new VBox(label, name, Labels.wrapped(strings.get("welcome.name.hint"), "field-hint"));
        form.getStyleClass().add("field-block");
        join.setDefaultButton(true);
        join.disableProperty()
                .bind(model.busy().map(busy -> busy || !now.refusal().isEmpty()));
        join.textProperty().bind(model.busy().map(busy -> strings.get(busy ? "welcome.busy" : "welcome.join")));
        var back = Labels.button("", model::back, "large-button");
        back.textProperty().bind(model.busy().map(busy -> strings.get(busy ? "welcome.cancel" : "welcome.back")));
        var buttons = new HBox(join, back);
        buttons.getStyleClass().add("field-row");
        card.getChildren().setAll(Labels.wrapped(strings.get("welcome.join.title", now.server()), "card-heading"));
        if (now.refusal().isEmpty()) {
            card.getChildren().addAll(secrecy, form, Labels.told(model.trouble(), "card-trouble"), proxy());
        } else {
            card.getChildren().add(Labels.wrapped(now.refusal(), "card-trouble"));
        }
        card.getChildren().add(buttons);
    }
}
