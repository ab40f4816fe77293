package coscribe.desktop;

import coscribe.client.CoscribeClient;
import coscribe.client.DocumentLink;
import coscribe.client.InviteLink;
import coscribe.client.runner.DocumentClient;
import coscribe.desktop.viewmodel.InlineStyle;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.DeltaBuilder;
import coscribe.ot.delta.Value;
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
    private static final int LONG_ONES = 3;
    private static final int PARAGRAPHS = 3_000; // of some 200 units
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
                for (int i = 0; i < LONG_ONES; i++) {
                    readLong(first, guest);
                }
            }
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

    /// Opens a long text that somebody else wrote: the first time it comes from the relay, then there is
    /// a copy here.
    private void readLong(DocumentWindow beside, CoscribeClient guest) throws Exception {
        DocumentId id = beside.relay().createDocument("Long").get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        String code = beside.relay().invite(id, Role.EDITOR, LINK_LASTS, 1).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        var way = new InviteLink(List.of(beside.relay().address()), code);
        var _ = guest.follow(way, "Jon").get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        try (var text = guest.open(id)) {
            text.opened().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            text.run(it -> it.edit(longText())).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            text.saved().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        for (int i = 0; i < 2; i++) {
            on(() -> desktop.open(new Wish.Open(DocumentLink.to(beside.relay().address(), id))));
            var window = next();
            frames(30);
            on(() -> window.model()
                    .selectAndReveal(Caret.at(window.model().document().length() - 1)));
            frames(10);
            on(window::close);
            window.client().closed().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /// Formatted as people format: a program that only ever read plain text is slow with any other.
    private static Delta longText() {
        var out = Delta.builder();
        for (int i = 0; i < PARAGRAPHS; i++) {
            switch (i % 16) {
                case 0 -> paragraph(out, "Beds", Attributes.of("header", Value.of(1 + i / 16 % 3)));
                case 9, 10 -> paragraph(out, WORDS, Attributes.of("list", Value.of("bullet")));
                case 11, 12 -> paragraph(out, WORDS, Attributes.of("list", Value.of("ordered")));
                case 13 -> paragraph(out, WORDS, Attributes.of("list", Value.of("check")));
                case 14 -> paragraph(out, WORDS, Attributes.of("quote", Value.TRUE));
                default -> {
                    out.insert(WORDS);
                    out.insert("Dig deep. ", Attributes.of(i % 3 == 0 ? "italic" : "bold", Value.TRUE));
                    if (i % 8 == 5) {
                        out.insert("seeds", Attributes.of("link", Value.of("https://example.org/seeds")));
                    }
                    paragraph(out, WORDS + WORDS, Attributes.NONE);
                }
            }
        }
        return out.build(1);
    }

    private static void paragraph(DeltaBuilder out, String words, Attributes set) {
        out.insert(words).insert("\n", set);
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
