package coscribe.desktop.viewmodel;

import coscribe.ot.export.Alignment;
import coscribe.ot.export.ListKind;
import coscribe.ot.kit.Gen;
import coscribe.ot.presence.Caret;
import java.util.Optional;
import java.util.function.Consumer;

/// Does what a writer may do, at random: every command of an editor, with keys and places drawn so
/// that typing aids, lists and characters of many units come up often.
public final class RandomHand {
    private static final String[] KEYS = {
        "a", "b", "x", " ", " ", "\t", "#", "-", "*", "`", "[", "]", ">", "1", ".", "é", "中"
    };
    private static final String[] WORDS = {
        "# ",
        "## ",
        "- ",
        "1. ",
        "[] ",
        "[x] ",
        "> ",
        "```",
        "**so**",
        "`y`",
        "word ",
        "e\u0301",
        "\ud83d\ude00",
        "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67",
        "\ud83c\uddeb\ud83c\uddee\ud83c\uddeb\ud83c\uddee",
        "\u0301",
        "\u200d"
    };
    private static final String[] PASTED = {"one", "one\ntwo\n", "a\r\nb\rc\u0000\ud800\ufffc", "\n\n", "x\ty"};
    private static final String[] TARGETS = {"https://example.org/a", "example.org", "mailto:jon@example.org"};

    private final Gen gen;
    private Fragment clipboard = Fragment.EMPTY;

    public RandomHand(Gen gen) {
        this.gen = gen;
    }

    /// The next thing to do; neither undo nor redo.
    public Consumer<EditorModel> command() {
        return switch (gen.below(30)) {
            case 0, 1, 2, 3 -> model -> model.type(gen.pick(KEYS));
            case 4, 5, 6 -> keys(gen.pick(WORDS));
            case 7, 8 -> EditorModel::enter;
            case 9 -> model -> model.tab(gen.chance(40));
            case 10 -> EditorModel::backspace;
            case 11 -> EditorModel::delete;
            case 12 -> gen.chance(50) ? EditorModel::backspaceWord : EditorModel::deleteWord;
            case 13, 14, 15 -> this::caretSomewhere;
            case 16, 17 -> this::selectSomething;
            case 18 -> model -> model.toggle(gen.pick(InlineStyle.values()));
            case 19 -> model -> model.heading(gen.below(5));
            case 20, 21 -> model -> model.list(gen.pick(ListKind.values()));
            case 22 -> gen.chance(50) ? EditorModel::quote : EditorModel::codeBlock;
            case 23 -> gen.chance(50) ? EditorModel::tick : EditorModel::divider;
            case 24 -> gen.chance(60) ? EditorModel::indent : EditorModel::outdent;
            case 25 ->
                gen.chance(50)
                        ? model -> model.align(gen.pick(Alignment.values()))
                        : model -> model.link(gen.chance(70) ? Optional.of(gen.pick(TARGETS)) : Optional.empty());
            case 26 -> gen.chance(30) ? EditorModel::clearFormatting : this::moves;
            case 27 -> model -> clipboard = gen.chance(50) ? model.copy() : model.cut();
            case 28 -> model -> model.paste(Fragment.parse(clipboard.json()).orElseThrow());
            default -> model -> model.pastePlain(gen.pick(PASTED));
        };
    }

    private static Consumer<EditorModel> keys(String word) {
        return model -> word.codePoints().forEach(key -> model.type(Character.toString(key)));
    }

    private int somewhere(EditorModel model) {
        return gen.below(model.document().length());
    }

    private void caretSomewhere(EditorModel model) {
        model.selectAndReveal(Caret.at(somewhere(model)));
    }

    private void selectSomething(EditorModel model) {
        int anchor = somewhere(model);
        model.selectAndReveal(
                new Caret(anchor, gen.chance(50) ? somewhere(model) : Math.max(0, anchor - gen.below(5))));
    }

    private void moves(EditorModel model) {
        if (gen.chance(60)) {
            model.moveParagraph(gen.chance(50));
        } else {
            model.moveSelection(somewhere(model));
        }
    }
}
