package coscribe.desktop.view.text;

import coscribe.desktop.viewmodel.Fragment;
import coscribe.desktop.viewmodel.Strings;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.presence.Caret;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.Scene;
import javafx.stage.Stage;

/// A surface in a window and, instead of the editor's model, the smallest one that holds a text and
/// a caret. On the thread that draws.
final class Desk implements TextCommands {
    final SimpleBooleanProperty editable = new SimpleBooleanProperty(true);
    final List<String> asked = new ArrayList<>();
    Document document;
    Caret caret;
    final Stage stage = new Stage();
    final RichTextSurface surface;

    Desk(Document document, Caret caret) {
        this(document, caret, 600);
    }

    /// @param height  of the window, in pixels; at most 950 (the screen has 1000)
    Desk(Document document, Caret caret, double height) {
        this(document, caret, height, Strings.pseudo());
    }

    Desk(Document document, Caret caret, double height, Strings strings) {
        surface = new RichTextSurface(
                this, new Links(target -> asked.add("open " + target), () -> asked.add("edit the link")), strings);
        this.document = document;
        this.caret = caret;
        stage.setScene(new Scene((javafx.scene.Parent) surface.node(), 800, height));
        stage.setX(0);
        stage.setY(0);
        stage.show();
        surface.load(document, caret);
    }

    static Desk of(String text) {
        return new Desk(
                Document.EMPTY.apply(Change.of(Delta.builder().insert(text).build(1))), Caret.at(0));
    }

    /// A window with a text, laid out, for as long as a test lasts.
    static void with(String text, Consumer<Desk> test) {
        with(() -> of(text), test);
    }

    static void with(Supplier<Desk> opening, Consumer<Desk> test) {
        Fx.run(() -> {
            var desk = opening.get();
            try {
                desk.layOut();
                test.accept(desk);
            } finally {
                desk.close();
            }
        });
    }

    void layOut() {
        stage.getScene().getRoot().applyCss();
        stage.getScene().getRoot().layout();
    }

    void load(Document other, Caret selection) {
        document = other;
        caret = selection;
        surface.load(other, selection);
    }

    void own(Delta delta) {
        document = document.apply(Change.of(delta));
        caret = caret.throughOwn(delta);
        surface.ownChange(delta, document, caret, true);
    }

    void foreign(Delta delta) {
        document = document.apply(Change.of(delta));
        caret = caret.throughForeign(delta);
        surface.foreignChange(delta, document, caret);
    }

    void close() {
        stage.close();
        surface.close();
    }

    private void replaceSelection(String text, Attributes set) {
        int from = Math.min(caret.anchor(), caret.head());
        int to = Math.max(caret.anchor(), caret.head());
        var delta =
                Delta.builder().retain(from).insert(text, set).delete(to - from).build(document.length());
        document = document.apply(Change.of(delta));
        caret = Caret.at(from + text.length());
        surface.ownChange(delta, document, caret, true);
    }

    @Override
    public ObservableBooleanValue editable() {
        return editable;
    }

    @Override
    public void select(Caret selection) {
        caret = selection;
    }

    @Override
    public void type(String text) {
        asked.add("type " + text);
        replaceSelection(text, Attributes.NONE);
    }

    @Override
    public void enter() {
        asked.add("enter");
        replaceSelection("\n", Attributes.NONE);
    }

    @Override
    public void tab(boolean back) {
        asked.add(back ? "tab back" : "tab");
    }

    @Override
    public void backspace() {
        asked.add("backspace");
    }

    @Override
    public void delete() {
        asked.add("delete");
    }

    @Override
    public void backspaceWord() {
        asked.add("backspace word");
    }

    @Override
    public void deleteWord() {
        asked.add("delete word");
    }

    @Override
    public void tickAt(int position) {
        asked.add("tick " + position);
    }

    @Override
    public void undo() {
        asked.add("undo");
    }

    @Override
    public void redo() {
        asked.add("redo");
    }

    @Override
    public void selectAll() {
        asked.add("select all");
    }

    @Override
    public void copy() {
        asked.add("copy");
    }

    @Override
    public void cut() {
        asked.add("cut");
    }

    @Override
    public void paste() {
        asked.add("paste");
    }

    @Override
    public void pastePlain() {
        asked.add("paste plain");
    }

    @Override
    public Fragment selected() {
        int from = Math.min(caret.anchor(), caret.head());
        return Fragment.of(document.text(), from, Math.max(caret.anchor(), caret.head()));
    }

    @Override
    public void moveSelection(int position) {
        asked.add("move to " + position);
    }

    @Override
    public void drop(int position, Fragment fragment) {
        asked.add("drop " + fragment.plain() + " at " + position);
    }

    @Override
    public void dropPlain(int position, String text) {
        asked.add("drop plain " + text + " at " + position);
    }
}
