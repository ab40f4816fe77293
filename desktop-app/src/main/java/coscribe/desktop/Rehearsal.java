package coscribe.desktop;

import coscribe.client.CoscribeClient;
import coscribe.client.DocumentLink;
import coscribe.client.InviteLink;
import coscribe.client.runner.DocumentClient;
import coscribe.desktop.viewmodel.InlineStyle;
import coscribe.ot.export.ListKind;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.event.EventTarget;
import javafx.event.EventType;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// Does what people do first, in an editor that nobody looks at, and ends it: so a JVM that is asked
/// to notes what the editor's start needs (`-XX:AOTCacheOutput`, JEP 514 and 515). With
/// `-Dcoscribe.rehearse=true`, on a profile that is thrown away. The editor ends with 1 where it was
/// cut short, so that no build takes what was noted until then.
final class Rehearsal {
    private static final long PATIENCE_SECONDS = 60;
    private static final Duration LINK_LASTS = Duration.ofMinutes(10);
    private static final int PARAGRAPHS = 1_500;
    private static final int KEYS = 900;
    private static final String WORDS = "The beds are dug and the soil is ready; what is sown now is picked in June. ";

    private final Desktop desktop;
    private final Runnable cutShort;
    private final LinkedBlockingQueue<DocumentWindow> opened = new LinkedBlockingQueue<>();

    private Rehearsal(Desktop desktop, Runnable cutShort) {
        this.desktop = desktop;
        this.cutShort = cutShort;
        desktop.onWindow(opened::add);
    }

    /// On the thread that draws.
    ///
    /// @param cutShort  hears of it, on any thread, before the editor ends
    static void onRequest(Desktop desktop, Runnable cutShort) {
        if (Boolean.getBoolean("coscribe.rehearse")) {
            var rehearsal = new Rehearsal(desktop, cutShort);
            Thread.ofPlatform().name("coscribe-rehearsal").daemon().start(rehearsal::play);
        }
    }

    private void play() {
        try {
            frames(30); // of the way in
            var hosted = new CompletableFuture<Boolean>();
            on(() -> {
                var _ = desktop.navigator()
                        .host("Mara")
                        .handle((window, failure) ->
                                failure == null ? hosted.complete(true) : hosted.completeExceptionally(failure));
            });
            var _ = hosted.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            var first = next();
            String code = first.relay()
                    .invite(first.client().id(), Role.EDITOR, LINK_LASTS, 1)
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            var way = new InviteLink(List.of(first.relay().address()), code);
            var place = desktop.around().places().data().resolve("guest");
            try (var guest = CoscribeClient.join(way, "Jon", place)) {
                write(first, guest.open(first.client().id()).opened().get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
            readLong(first);
        } catch (Exception e) {
            System.err.println("The rehearsal was cut short: " + e);
            cutShort.run();
        } finally {
            Platform.runLater(desktop::quit);
        }
    }

    /// Two people write into one text.
    private void write(DocumentWindow window, DocumentClient guest) throws Exception {
        guest.run(it -> it.append((WORDS.repeat(4) + "\n").repeat(20))).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        on(window.surface()::requestFocus);
        for (int i = 0; i < KEYS; i++) {
            int key = i;
            on(() -> strike(window, key));
            if (i % 2 == 0) {
                var _ = guest.run(it -> {
                    int at =
                            key % 8 == 0 ? 0 : Math.min(200 + key, it.document().length() - 1);
                    it.insert(at, String.valueOf(WORDS.charAt(key % WORDS.length())));
                    it.moveCaret(Optional.of(new Caret(at, at + key % 3)));
                });
            }
            frames(1);
        }
        window.client().saved().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static void strike(DocumentWindow window, int key) {
        var model = window.model();
        switch (key % 60) {
            case 10 -> model.toggle(InlineStyle.BOLD);
            case 20 -> press(window, KeyCode.ENTER);
            case 25 -> model.heading(key / 60 % 4);
            case 30 -> model.list(ListKind.values()[key / 60 % 3]);
            case 40, 41, 42 -> press(window, KeyCode.BACK_SPACE);
            case 45 -> model.undo();
            case 46 -> model.redo();
            case 50 -> model.selectAndReveal(new Caret(key, key + 20));
            case 55 -> model.selectAndReveal(Caret.at(model.document().length() / 2));
            case 58 -> model.pastePlain(WORDS + "\n" + WORDS);
            default ->
                fire(window, KeyEvent.KEY_TYPED, String.valueOf(WORDS.charAt(key % WORDS.length())), KeyCode.UNDEFINED);
        }
    }

    private static void press(DocumentWindow window, KeyCode key) {
        fire(window, KeyEvent.KEY_PRESSED, KeyEvent.CHAR_UNDEFINED, key);
        fire(window, KeyEvent.KEY_RELEASED, KeyEvent.CHAR_UNDEFINED, key);
    }

    private static void fire(DocumentWindow window, EventType<KeyEvent> type, String character, KeyCode key) {
        var scene = window.stage().getScene();
        var target = Optional.<EventTarget>ofNullable(scene.getFocusOwner()).orElse(scene);
        Event.fireEvent(target, new KeyEvent(type, character, "", key, false, false, false, false));
    }

    /// Opens a long text as one that comes from its relay.
    private void readLong(DocumentWindow beside) throws Exception {
        var relay = beside.relay();
        DocumentId id = relay.createDocument("Long").get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        var text = relay.opening(id).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        text.opened().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        text.run(it -> it.append((WORDS.repeat(5) + "\n").repeat(PARAGRAPHS))).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        text.saved().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        text.shutDown().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        for (int i = 0; i < 3; i++) {
            on(() -> desktop.open(new Wish.Open(DocumentLink.to(relay.address(), id))));
            var window = next();
            frames(30);
            on(() -> window.model()
                    .selectAndReveal(Caret.at(window.model().document().length() - 1)));
            frames(10);
            on(window::close);
        }
    }

    private DocumentWindow next() throws InterruptedException {
        var window = opened.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (window == null) {
            throw new IllegalStateException("a window did not open");
        }
        frames(20);
        return window;
    }

    private static void on(Runnable task) {
        CompletableFuture.runAsync(task, Platform::runLater)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private static void frames(int count) throws InterruptedException {
        var drawn = new CountDownLatch(count);
        var timer = new AnimationTimer() {
            @Override
            public void handle(long now) {
                drawn.countDown();
            }
        };
        on(timer::start);
        if (!drawn.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nothing was drawn");
        }
        on(timer::stop);
    }
}
