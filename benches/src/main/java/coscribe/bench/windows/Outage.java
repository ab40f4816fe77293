package coscribe.bench.windows;

import static coscribe.bench.windows.Acting.saved;
import static coscribe.bench.windows.Acting.types;
import static coscribe.bench.windows.Acting.words;
import static coscribe.bench.windows.Troupe.frames;
import static coscribe.bench.windows.Troupe.is;
import static coscribe.bench.windows.Troupe.on;
import static coscribe.bench.windows.Troupe.until;

import coscribe.client.runner.DocumentClient;
import coscribe.desktop.DocumentWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Scene;

/// A time without a network for somebody who writes on: exactly three edits. One is under way when
/// the relay stops, two come after, and Jon has written as well. He is back first, so that something
/// of his comes in when the writer is.
final class Outage {
    private final Troupe troupe;
    private final List<String> kept;
    private final String others;
    private final List<DocumentClient> guests = new ArrayList<>();

    /// @param kept    what the writer types meanwhile, at the end: three pieces
    /// @param others  what Jon types meanwhile, there as well
    Outage(Troupe troupe, List<String> kept, String others) {
        this.troupe = troupe;
        this.kept = List.copyOf(kept);
        this.others = others;
    }

    /// Returns when the writer's window says how many edits wait.
    void begin(DocumentWindow writer, Troupe.Stage stage) {
        saved(writer);
        var jon = troupe.guest("Jon Tan", stage);
        guests.add(jon);
        frames(1_600);
        troupe.relay().holdStill();
        writes(writer, kept.getFirst());
        troupe.relay().kill();
        kept.stream().skip(1).forEach(words -> writes(writer, words));
        jon.run(it -> types(it, it.text().length(), others)).join();
        until("offline", () -> is(() -> words(writer).equals("Offline - 3 edits kept")));
        frames(300);
    }

    /// As one edit.
    private static void writes(DocumentWindow window, String words) {
        on(() -> window.model().type(words));
        frames(1_600);
    }

    /// Returns when all is saved and what Jon wrote is there.
    ///
    /// @param sending  sees the window while the edits go out
    void end(DocumentWindow writer, Consumer<Scene> sending) {
        var seen = new ArrayList<String>();
        on(() -> writer.status().shown().addListener((property, was, is) -> {
            if (is.words().equals("Saving... 3 edits to go")) {
                seen.add(is.words());
                sending.accept(writer.stage().getScene());
            }
        }));
        on(() -> writer.client().workOffline(true)); // the line says the same
        troupe.relay().startAgain();
        troupe.relay().awaitReady();
        guests.forEach(jon -> {
            jon.run(DocumentClient::tryNow).join();
            jon.saved().join();
        });
        on(() -> writer.client().workOffline(false));
        until("saved", () -> is(() -> words(writer).startsWith("Saved")));
        until("what Jon wrote", () -> is(() -> writer.client().text().contains(others)));
        if (is(seen::isEmpty)) {
            throw new IllegalStateException("it was not told how many edits were still to go");
        }
    }
}
