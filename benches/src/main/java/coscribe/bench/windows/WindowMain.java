package coscribe.bench.windows;

import coscribe.bench.session.Source;
import coscribe.desktop.Desktop;
import coscribe.desktop.DocumentWindow;
import coscribe.desktop.Main;
import coscribe.desktop.policy.PolicySource;
import coscribe.ot.delta.Value;
import coscribe.ot.document.Schema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;

/// The editor in a process of its own, with hands that type. It is told what to do on its standard
/// input, a line at a time, and answers each with a line; it ends when its input does.
/// ```
///   ready                              ▶ ready                   a document is on the screen
///   write WRITER RATE SECONDS SOURCE   ▶ written STROKES OF      to the end or as long, and saved
///   text                               ▶ text WIDGET CLIENT OWN   hashes of what is drawn and known, own characters
///   picture FILE                       ▶ pictured
/// ```
public final class WindowMain {
    private static final long PATIENCE_SECONDS = 120;

    private final CompletableFuture<DocumentWindow> window = new CompletableFuture<>();
    private final CompletableFuture<Desktop> desktop = new CompletableFuture<>();

    private WindowMain() {}

    public static void main(String[] args) {
        var main = new WindowMain();
        Thread.ofPlatform().daemon().name("orders").start(main::listen);
        System.exit(Main.run(List.of(args), PolicySource.of(System.getProperty("os.name")), main::watch));
    }

    private void watch(Desktop opened) {
        opened.onWindow(window::complete);
        desktop.complete(opened);
    }

    private void listen() {
        try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(answer(line.split(" ", 5)));
                System.out.flush();
            }
        } catch (IOException e) {
            // As good as the end.
        }
        desktop.thenAccept(it -> Platform.runLater(it::quit)).join();
    }

    private String answer(String[] order) {
        try {
            var there = window.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return switch (order[0]) {
                case "ready" -> "ready";
                case "write" -> write(there, order);
                case "text" -> onScreen(() -> text(there));
                case "picture" ->
                    onScreen(() -> {
                        Pictures.ofWindow(there.stage(), Path.of(order[1]));
                        return "pictured";
                    });
                default -> "failed: what is '" + order[0] + "'?";
            };
        } catch (Exception e) {
            return "failed: " + e;
        }
    }

    private String write(DocumentWindow there, String[] order) throws Exception {
        int writer = Integer.parseInt(order[1]);
        double rate = Double.parseDouble(order[2]);
        double seconds = Double.parseDouble(order[3]);
        var source = Source.of(order[4]);
        var part = source.file().isPresent() ? Parts.recorded(source.read(), writer) : Parts.builtIn(writer);
        int strokes = onScreen(() -> {
                    there.model().setTypingAids(source.file().isEmpty());
                    return new Hands(there, part, rate, writer).write(seconds);
                })
                .join();
        there.client().saved().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return "written " + strokes + " " + part.size();
    }

    private static String text(DocumentWindow there) {
        var known = there.client().document();
        var drawn = there.surface().readBack(known);
        return "text " + drawn.contentHash().hex() + " " + known.contentHash().hex() + " " + own(there);
    }

    /// How many characters of the text this writer typed.
    private static int own(DocumentWindow there) {
        var mine = Optional.of(Value.of(there.client().person().hex()));
        var units = new int[1];
        var text = there.client().document().text();
        text.forEachRun(0, text.length(), (source, from, to, set) -> {
            if (set.get(Schema.AUTHOR).equals(mine)) {
                units[0] += to - from;
            }
        });
        return units[0];
    }

    private static <T> T onScreen(Callable<T> task) throws Exception {
        var answer = new CompletableFuture<T>();
        Platform.runLater(() -> {
            try {
                answer.complete(task.call());
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
