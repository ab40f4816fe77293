package coscribe.desktop.view.text;

import coscribe.desktop.viewmodel.Fragment;
import java.util.Optional;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.DataFormat;

/// A computer's clipboard, or what is dragged, for pieces of text: our own format first, plain text
/// for everybody else. On the thread that draws.
final class FragmentClipboard {
    private static final String NAME = "application/x-coscribe+json";
    private static final DataFormat OWN =
            Optional.ofNullable(DataFormat.lookupMimeType(NAME)).orElseGet(() -> new DataFormat(NAME));

    private final Clipboard clipboard;

    FragmentClipboard(Clipboard clipboard) {
        this.clipboard = clipboard;
    }

    void put(Fragment fragment) {
        if (!fragment.isEmpty()) {
            clipboard.setContent(content(fragment));
        }
    }

    static ClipboardContent content(Fragment fragment) {
        var content = new ClipboardContent();
        content.put(OWN, fragment.json());
        content.putString(fragment.plain());
        return content;
    }

    /// Empty: it holds nothing of ours, or something damaged.
    Optional<Fragment> own() {
        return clipboard.getContent(OWN) instanceof String json ? Fragment.parse(json) : Optional.empty();
    }

    /// Empty: it holds no text.
    Optional<String> plain() {
        return clipboard.hasString() ? Optional.ofNullable(clipboard.getString()) : Optional.empty();
    }
}
