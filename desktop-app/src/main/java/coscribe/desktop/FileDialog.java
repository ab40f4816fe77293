package coscribe.desktop;

import coscribe.desktop.viewmodel.Strings;
import coscribe.ot.export.ExportFormat;
import java.util.LinkedHashMap;
import java.util.Optional;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Window;

/// The system's own dialog.
final class FileDialog implements FileAsker {
    private final Strings strings;

    FileDialog(Strings strings) {
        this.strings = strings;
    }

    @Override
    public Optional<Chosen> whereTo(Window owner, String name) {
        var formats = new LinkedHashMap<ExtensionFilter, ExportFormat>();
        for (ExportFormat format : ExportFormat.values()) {
            formats.put(new ExtensionFilter(strings.get(format.key()), "*." + format.extension()), format);
        }
        var chooser = new FileChooser();
        chooser.setTitle(strings.get("export.title"));
        chooser.getExtensionFilters().setAll(formats.keySet());
        chooser.setInitialFileName(name + "." + ExportFormat.MARKDOWN.extension());
        return Optional.ofNullable(chooser.showSaveDialog(owner))
                .map(file -> new Chosen(
                        file.toPath(),
                        formats.getOrDefault(chooser.getSelectedExtensionFilter(), ExportFormat.MARKDOWN)));
    }
}
