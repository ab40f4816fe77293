package coscribe.desktop;

import coscribe.desktop.view.frame.Command;
import coscribe.desktop.view.frame.Commands;
import coscribe.desktop.view.text.TextCommands;
import coscribe.desktop.viewmodel.EditorModel;
import coscribe.desktop.viewmodel.Formatting;
import coscribe.desktop.viewmodel.InlineStyle;
import coscribe.ot.export.Alignment;
import coscribe.ot.export.BlockStyle;
import coscribe.ot.export.ListKind;
import java.util.Optional;
import java.util.function.Predicate;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;

/// What menus, toolbar and keys do to a text. On the thread that draws.
final class Writing {
    private final EditorModel model;
    private final TextCommands text;

    Writing(EditorModel model, TextCommands text) {
        this.model = model;
        this.text = text;
    }

    /// Puts everything that changes text or clipboard into a window's commands.
    void into(Commands commands) {
        var may = model.editableProperty();
        commands.put(Command.UNDO, model::undo, model.canUndoProperty());
        commands.put(Command.REDO, model::redo, model.canRedoProperty());
        commands.put(Command.CUT, text::cut, may);
        commands.put(Command.COPY, text::copy);
        commands.put(Command.PASTE, text::paste, may);
        commands.put(Command.PASTE_PLAIN, text::pastePlain, may);
        commands.put(Command.SELECT_ALL, model::selectAll);

        style(commands, Command.BOLD, InlineStyle.BOLD);
        style(commands, Command.ITALIC, InlineStyle.ITALIC);
        style(commands, Command.UNDERLINE, InlineStyle.UNDERLINE);
        style(commands, Command.STRIKETHROUGH, InlineStyle.STRIKE);
        style(commands, Command.INLINE_CODE, InlineStyle.CODE);

        block(commands, Command.BODY, () -> model.heading(0), BlockStyle::isBody);
        block(commands, Command.HEADING_1, () -> model.heading(1), block -> block.heading() == 1);
        block(commands, Command.HEADING_2, () -> model.heading(2), block -> block.heading() == 2);
        block(commands, Command.HEADING_3, () -> model.heading(3), block -> block.heading() == 3);
        block(commands, Command.HEADING_4, () -> model.heading(4), block -> block.heading() == 4);
        list(commands, Command.BULLETED_LIST, ListKind.BULLET);
        list(commands, Command.NUMBERED_LIST, ListKind.ORDERED);
        list(commands, Command.CHECK_LIST, ListKind.CHECK);
        block(commands, Command.QUOTE, model::quote, BlockStyle::quote);
        block(commands, Command.CODE_BLOCK, model::codeBlock, BlockStyle::code);
        align(commands, Command.ALIGN_LEFT, Alignment.START);
        align(commands, Command.ALIGN_CENTER, Alignment.CENTER);
        align(commands, Command.ALIGN_RIGHT, Alignment.RIGHT);
        align(commands, Command.ALIGN_JUSTIFY, Alignment.JUSTIFY);

        commands.put(Command.TICK, model::tick, may);
        commands.put(Command.INDENT, model::indent, may);
        commands.put(Command.OUTDENT, model::outdent, may);
        commands.put(Command.MOVE_UP, () -> model.moveParagraph(true), may);
        commands.put(Command.MOVE_DOWN, () -> model.moveParagraph(false), may);
        commands.put(Command.DIVIDER, model::divider, may);
        commands.put(Command.CLEAR_FORMATTING, model::clearFormatting, may);
    }

    private void style(Commands commands, Command command, InlineStyle style) {
        toggle(
                commands,
                command,
                () -> model.toggle(style),
                formatting -> formatting.styles().contains(style));
    }

    private void list(Commands commands, Command command, ListKind kind) {
        block(commands, command, () -> model.list(kind), block -> block.list().equals(Optional.of(kind)));
    }

    private void align(Commands commands, Command command, Alignment alignment) {
        block(commands, command, () -> model.align(alignment), block -> block.alignment() == alignment);
    }

    private void block(Commands commands, Command command, Runnable run, Predicate<BlockStyle> on) {
        toggle(commands, command, run, formatting -> on.test(formatting.block()));
    }

    private void toggle(Commands commands, Command command, Runnable run, Predicate<Formatting> on) {
        BooleanBinding pressed = Bindings.createBooleanBinding(
                () -> on.test(model.formattingProperty().get()), model.formattingProperty());
        commands.putToggle(command, run, model.editableProperty(), pressed);
    }
}
