package coscribe.desktop;

import coscribe.ot.export.ExportFormat;
import java.nio.file.Path;
import java.util.Optional;
import javafx.stage.Window;

/// Asks a person where a file is to go. On the thread that draws.
@FunctionalInterface
public interface FileAsker {
    /// What was wished for.
    ///
    /// @param file    exists only where the person agreed to have it replaced
    /// @param format  chosen beside the name, which may say something else
    record Chosen(Path file, ExportFormat format) {}

    /// @param owner  in front of which window
    /// @param name   proposed, without an extension
    /// @return       empty: nowhere
    Optional<Chosen> whereTo(Window owner, String name);
}
