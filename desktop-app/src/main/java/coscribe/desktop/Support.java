package coscribe.desktop;

import coscribe.desktop.viewmodel.Diagnostics;
import coscribe.desktop.viewmodel.Diagnostics.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/// What the Help menu has for somebody who asks another person for help. On the thread that draws.
final class Support {
    private final Desktop desktop;

    Support(Desktop desktop) {
        this.desktop = desktop;
    }

    /// What somebody who helps wants to know, and nothing that was written.
    void copyDiagnostics() {
        var places = desktop.around().places();
        var content = new ClipboardContent();
        content.putString(Diagnostics.of(
                Machine.here(
                        desktop.around().version(),
                        places.data().toString(),
                        places.logs().toString()),
                desktop.speed(),
                desktop.around().policy().report(),
                desktop.windows().stream().map(DocumentWindow::diagnosed).toList()));
        var _ = Clipboard.getSystemClipboard().setContent(content);
    }

    /// Shows where the program writes what it did; looks at the disk elsewhere.
    ///
    /// @param missing  runs where it has written nothing yet
    void openLogs(Runnable missing) {
        Path logs = desktop.around().places().logs();
        var _ = CompletableFuture.supplyAsync(() -> Files.isDirectory(logs), desktop.files())
                .thenAcceptAsync(
                        there -> {
                            if (there) {
                                desktop.around().browser().accept(logs.toUri().toString());
                            } else {
                                missing.run();
                            }
                        },
                        desktop.around().home());
    }
}
