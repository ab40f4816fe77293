package coscribe.desktop.view.frame;

import coscribe.desktop.viewmodel.Strings;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javafx.scene.input.KeyCombination;

/// Everything that menus, toolbar and keys can ask for. Its words are in the bundle under
/// `command.` and the name; `Shortcut` is Ctrl, on macOS Command.
///
/// Never bound: Ctrl+Alt with a character (AltGr), Ctrl+Space (input methods), Ctrl+Shift+U
/// (Unicode entry on Linux), Alt with a letter (menus).
public enum Command {
    NEW_DOCUMENT("newDocument", "", "Shortcut+N"),
    OPEN_HOME("openHome", "mdi2h-home-outline", "Shortcut+O", "Shortcut+Shift+N"),
    SHARE("share", "mdi2a-account-plus-outline", "Shortcut+Shift+I"),
    COPY_LINK("copyLink", "mdi2l-link-variant", "Shortcut+Shift+L"),
    KEPT_COPIES("keptCopies", ""),
    EXPORT("export", "mdi2e-export-variant", "Shortcut+Shift+E"),
    SAVE_NOW("saveNow", "", "Shortcut+S"),
    RENAME("rename", "", "F2"),
    WORK_OFFLINE("workOffline", ""),
    CLOSE("close", "", "Shortcut+W"),
    QUIT("quit", "", "Shortcut+Q"),

    UNDO("undo", "mdi2u-undo", "Shortcut+Z"),
    REDO("redo", "mdi2r-redo", "Shortcut+Shift+Z", "Ctrl+Y"),
    CUT("cut", "", "Shortcut+X"),
    COPY("copy", "", "Shortcut+C"),
    PASTE("paste", "", "Shortcut+V"),
    PASTE_PLAIN("pastePlain", "", "Shortcut+Shift+V"),
    SELECT_ALL("selectAll", "", "Shortcut+A"),
    FIND("find", "", "Shortcut+F"),
    REPLACE("replace", "", "Ctrl+H"),
    FIND_NEXT("findNext", "", "F3", "Shortcut+G"),
    FIND_PREVIOUS("findPrevious", "", "Shift+F3", "Shortcut+Shift+G"),

    SHOW_PEOPLE("showPeople", "mdi2a-account-multiple-outline", "Alt+4"),
    HIDE_PANEL("hidePanel", "", "F9"),
    AUTHOR_COLOURS("authorColours", ""),
    SHOW_CARETS("showCarets", ""),
    ZOOM_IN("zoomIn", "", "Shortcut+Equals", "Shortcut+Plus", "Shortcut+Shift+Equals", "Shortcut+Add"),
    ZOOM_OUT("zoomOut", "", "Shortcut+Minus", "Shortcut+Subtract"),
    ZOOM_ACTUAL("zoomActual", "", "Shortcut+Shift+0"),
    HIGH_CONTRAST("highContrast", ""),
    FULL_SCREEN("fullScreen", "", "F11"),

    LINK("link", "mdi2l-link-variant", "Shortcut+K"),
    CODE_BLOCK("codeBlock", "mdi2c-code-braces", "Shortcut+Shift+K"),
    DIVIDER("divider", "mdi2m-minus"),

    BODY("body", "", "Shortcut+0"),
    HEADING_1("heading1", "", "Shortcut+1"),
    HEADING_2("heading2", "", "Shortcut+2"),
    HEADING_3("heading3", "", "Shortcut+3"),
    HEADING_4("heading4", "", "Shortcut+4"),
    BOLD("bold", "mdi2f-format-bold", "Shortcut+B"),
    ITALIC("italic", "mdi2f-format-italic", "Shortcut+I"),
    UNDERLINE("underline", "mdi2f-format-underline", "Shortcut+U"),
    STRIKETHROUGH("strikethrough", "mdi2f-format-strikethrough", "Shortcut+Shift+X"),
    INLINE_CODE("inlineCode", "mdi2c-code-tags", "Shortcut+E"),
    NUMBERED_LIST("numberedList", "mdi2f-format-list-numbered", "Shortcut+Shift+7"),
    BULLETED_LIST("bulletedList", "mdi2f-format-list-bulleted", "Shortcut+Shift+8"),
    CHECK_LIST("checkList", "mdi2f-format-list-checks", "Shortcut+Shift+9"),
    TICK("tick", "", "Shortcut+Enter"),
    QUOTE("quote", "mdi2f-format-quote-close", "Shortcut+Shift+Period"),
    INDENT("indent", "mdi2f-format-indent-increase", "Alt+Shift+Right"),
    OUTDENT("outdent", "mdi2f-format-indent-decrease", "Alt+Shift+Left"),
    MOVE_UP("moveUp", "", "Alt+Shift+Up"),
    MOVE_DOWN("moveDown", "", "Alt+Shift+Down"),
    ALIGN_LEFT("alignLeft", "mdi2f-format-align-left"),
    ALIGN_CENTER("alignCenter", "mdi2f-format-align-center"),
    ALIGN_RIGHT("alignRight", "mdi2f-format-align-right"),
    ALIGN_JUSTIFY("alignJustify", "mdi2f-format-align-justify"),
    CLEAR_FORMATTING("clearFormatting", "mdi2f-format-clear", "Shortcut+Back Slash"),

    NEXT_PERSON("nextPerson", "", "Shortcut+J"),
    GO_BACK("goBack", "", "Alt+Left"),
    FOLLOW_NEXT("followNext", "", "Shortcut+Shift+J"),
    STOP_FOLLOWING("stopFollowing", "", "Esc"),

    HELP("help", "", "F1"),
    COPY_DIAGNOSTICS("copyDiagnostics", ""),
    OPEN_LOGS("openLogs", ""),
    CHECK_UPDATES("checkUpdates", ""),
    PALETTE("palette", "", "Shortcut+Shift+P"),
    SHORTCUTS("shortcuts", "", "Shortcut+F1"),
    ABOUT("about", "");

    private static final Set<Command> OF_TEXT;

    static {
        var all = EnumSet.range(UNDO, SELECT_ALL);
        all.addAll(EnumSet.range(LINK, CLEAR_FORMATTING));
        OF_TEXT = Collections.unmodifiableSet(all);
    }

    private final String key;
    private final String icon;
    private final List<KeyCombination> keys;

    /// What macOS has other keys for, or has given away.
    private static final Map<Command, List<KeyCombination>> MAC = Map.of(
            REDO, parsed("Shortcut+Shift+Z"),
            SHOW_PEOPLE, parsed("Alt+Shortcut+4"),
            REPLACE, parsed("Alt+Shortcut+F"),
            FULL_SCREEN, parsed("Ctrl+Shortcut+F"),
            GO_BACK, parsed("Ctrl+Shortcut+Left"));

    private static final boolean ON_MAC =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");

    Command(String key, String icon, String... keys) {
        this.key = key;
        this.icon = icon;
        this.keys = parsed(keys);
    }

    private static List<KeyCombination> parsed(String... keys) {
        return Stream.of(keys).map(KeyCombination::valueOf).toList();
    }

    /// Whether it is about what is selected in the text: its keys mean something else, or nothing, in
    /// a field beside the text.
    boolean isOfText() {
        return OF_TEXT.contains(this);
    }

    /// The first is shown, all of them work.
    List<KeyCombination> keys() {
        return keys(ON_MAC);
    }

    /// As above, on this computer or another.
    List<KeyCombination> keys(boolean onMac) {
        return onMac ? MAC.getOrDefault(this, keys) : keys;
    }

    /// The name of a sign in the icon font.
    Optional<String> icon() {
        return Optional.of(icon).filter(name -> !name.isEmpty());
    }

    String label(Strings strings) {
        return Mnemonics.without(menuLabel(strings));
    }

    /// With the sign before the letter that chooses it in its menu.
    String menuLabel(Strings strings) {
        return strings.get("command." + key);
    }

    /// The keys that menus show, as people read them; empty: there are none.
    String shownKeys() {
        return keys().isEmpty() ? "" : keys().getFirst().getDisplayText();
    }

    /// The name and, in brackets, the keys.
    String tip(Strings strings) {
        return keys().isEmpty() ? label(strings) : strings.get("command.tip", label(strings), shownKeys());
    }
}
