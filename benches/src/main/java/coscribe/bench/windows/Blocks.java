package coscribe.bench.windows;

import static coscribe.bench.windows.Acting.close;
import static coscribe.bench.windows.Acting.saved;
import static coscribe.bench.windows.Troupe.frames;
import static coscribe.bench.windows.Troupe.on;
import static coscribe.bench.windows.Troupe.until;

import coscribe.client.runner.DocumentClient;
import coscribe.desktop.DocumentWindow;
import coscribe.desktop.viewmodel.EditorModel;
import coscribe.desktop.viewmodel.InlineStyle;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Schema;
import coscribe.ot.export.Alignment;
import coscribe.ot.export.ListKind;
import coscribe.ot.presence.Caret;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.application.ColorScheme;

/// Everything that a page can hold, as pictures: headings, styles, quote and code; lists with all
/// their levels, alignment, an image.
record Blocks(Troupe troupe, Scenes scenes) {
    private static final int LEVELS = 5; // of lists

    void kinds() {
        inBothThemes("Everything a page can hold", Blocks::everyKind, "");
    }

    void lists() {
        inBothThemes(
                "Lists",
                model -> {
                    model.setTypingAids(false);
                    for (var kind : ListKind.values()) {
                        levels(model, kind);
                    }
                    alignments(model);
                },
                "lists-");
    }

    private void inBothThemes(String title, Consumer<EditorModel> writing, String what) {
        var stage = troupe.document(title);
        var mara = troupe.window("Mara Klein", stage);
        on(() -> writing.accept(mara.model()));
        saved(mara);
        if (!what.isEmpty()) {
            image(troupe.guest("Jon Tan", stage), mara);
        }
        on(() -> {
            mara.stage().setHeight(1_180);
            mara.model().selectAndReveal(Caret.at(0));
        });
        frames(600);
        scenes.snap(mara, what + "light");
        troupe.dress(ColorScheme.DARK);
        frames(600);
        scenes.snap(mara, what + "dark");
        close(mara);
    }

    private static void everyKind(EditorModel model) {
        model.setTypingAids(false);
        for (int level = 1; level <= 4; level++) {
            model.heading(level);
            model.type("Heading " + level);
            model.enter();
        }
        model.heading(0);
        model.type("Body text can be ");
        for (var style : InlineStyle.values()) {
            model.toggle(style);
            model.type(style.name().toLowerCase(Locale.ROOT));
            model.toggle(style);
            model.type(style == InlineStyle.CODE ? ", or a " : ", ");
        }
        int at = model.selection().head();
        model.type("link");
        model.select(new Caret(at, at + 4));
        model.link(Optional.of("https://example.org/spring"));
        model.select(Caret.at(at + 4));
        model.type(" to elsewhere.");
        model.enter();
        for (var kind : ListKind.values()) {
            list(model, kind);
        }
        model.quote();
        model.type("Whoever has a garden and a library has everything.");
        model.enter();
        model.heading(0);
        code(model);
        model.divider();
        model.type("Behind a divider.");
    }

    private static void list(EditorModel model, ListKind kind) {
        model.list(kind);
        model.type("The first item of a list: " + name(kind));
        model.enter();
        model.tab(false);
        model.type("one level deeper");
        model.enter();
        model.tab(true);
        model.type("and back again");
        if (kind == ListKind.CHECK) {
            model.tick();
        }
        model.enter();
        model.heading(0);
    }

    private static String name(ListKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static void code(EditorModel model) {
        model.codeBlock();
        model.type("for (var bed : garden.beds()) {");
        model.enter();
        model.type("    bed.sow(beans);");
        model.enter();
        model.backspaceWord();
        model.type("}");
        model.enter();
        model.heading(0);
    }

    private static void levels(EditorModel model, ListKind kind) {
        model.list(kind);
        for (int level = 1; level <= LEVELS; level++) {
            model.type("Level " + level + ": " + name(kind));
            model.enter();
            model.tab(false);
        }
        for (int level = 0; level <= LEVELS; level++) {
            model.enter(); // out of it, a level at a time
        }
    }

    private static void alignments(EditorModel model) {
        for (var alignment : List.of(Alignment.CENTER, Alignment.RIGHT, Alignment.JUSTIFY)) {
            model.align(alignment);
            model.type(
                    alignment == Alignment.JUSTIFY
                            ? "Justified: " + Scenes.SENTENCE + "March, and because nobody can wait any longer."
                            : alignment == Alignment.CENTER ? "In the middle" : "At the right");
            model.enter();
        }
        model.align(Alignment.START);
    }

    /// Puts an image at the end of the text, which this editor shows and cannot yet insert.
    private static void image(DocumentClient guest, DocumentWindow window) {
        int end = guest.document().length() - 1;
        var look = Attributes.of("image", Value.of("a".repeat(64)))
                .with("width", Value.of(420))
                .with("height", Value.of(180))
                .with("alt", Value.of("The long border in May"));
        guest.run(it -> it.edit(Delta.builder()
                        .retain(end)
                        .insert(String.valueOf(Schema.EMBED), look)
                        .build(end + 1)))
                .join();
        until("the image", () -> Troupe.is(() -> window.client().document().length() == end + 2));
    }
}
