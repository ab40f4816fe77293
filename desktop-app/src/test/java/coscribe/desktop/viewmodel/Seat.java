package coscribe.desktop.viewmodel;

import coscribe.client.VirtualTime;
import coscribe.client.runner.Desk;
import coscribe.client.runner.TinyRelay;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Change;
import coscribe.ot.document.Schema;
import coscribe.ot.document.Text;
import coscribe.ot.export.BlockStyle;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.PersonId;
import java.time.Duration;
import java.util.function.Consumer;

/// A writer in front of a document, in virtual time and without a screen. Texts read as
/// `one|two`: the bar is the caret; `[one]` is a selection with the caret at its end.
public final class Seat {
    public static final PersonId JON = new PersonId("f1".repeat(16));

    public final VirtualTime time;
    public final TinyRelay relay;
    public final Desk desk;
    public final EditorModel model;
    public final ModelSurface surface = new ModelSurface();

    public Seat() {
        this(new VirtualTime());
    }

    private Seat(VirtualTime time) {
        this(time, new TinyRelay(time), "a1");
    }

    public Seat(VirtualTime time, TinyRelay relay, String person) {
        this.time = time;
        this.relay = relay;
        this.desk = new Desk(time, relay, person).opens();
        var made = desk.document.call(it -> new EditorModel(it, time));
        time.settle();
        this.model = made.join();
        does(it -> it.attach(surface));
    }

    public void does(Consumer<EditorModel> command) {
        desk.does(_ -> command.accept(model));
    }

    /// Types as a person does: a key at a time.
    public void types(String keys) {
        keys.codePoints()
                .forEach(key -> does(it -> {
                    if (key == '\n') {
                        it.enter();
                    } else {
                        it.type(Character.toString(key));
                    }
                }));
    }

    public void pauses() {
        time.pass(Duration.ofSeconds(2));
    }

    /// Somebody else inserts.
    public void jonInserts(int position, String text) {
        var stamp = Attributes.of(Schema.AUTHOR, Value.of(JON.hex()));
        relay.commit(
                JON,
                Change.of(Delta.builder().retain(position).insert(text, stamp).build(relay.text.length())));
        time.settle();
    }

    public void jonDeletes(int from, int to) {
        relay.commit(
                JON, Change.of(Delta.builder().retain(from).delete(to - from).build(relay.text.length())));
        time.settle();
    }

    public void jonFormats(int from, int to, Attributes set) {
        relay.commit(
                JON,
                Change.of(Delta.builder().retain(from).retain(to - from, set).build(relay.text.length())));
        time.settle();
    }

    public Text text() {
        return model.document().text();
    }

    /// The text with the caret in it, without the closing newline.
    public String seen() {
        var caret = model.selection();
        var plain = new StringBuilder(text().plain());
        plain.setLength(plain.length() - 1);
        if (caret.anchor() == caret.head()) {
            return plain.insert(caret.head(), '|').toString();
        }
        int from = Math.min(caret.anchor(), caret.head());
        int to = Math.max(caret.anchor(), caret.head());
        return plain.insert(to, ']').insert(from, '[').toString();
    }

    public void selects(int anchor, int head) {
        does(it -> it.select(new Caret(anchor, head)));
    }

    /// The look of paragraph `number`, from 0.
    public BlockStyle paragraph(int number) {
        int at = Paragraphs.end(text(), 0);
        for (int i = 0; i < number; i++) {
            at = Paragraphs.end(text(), at + 1);
        }
        return BlockStyle.of(text().attributesAt(at));
    }
}
