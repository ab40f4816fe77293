package coscribe.bench.session;

import coscribe.bench.trace.Grid;
import coscribe.bench.trace.Recording;
import coscribe.client.CoscribeClient;
import coscribe.client.CoscribeClient.Workshop;
import coscribe.client.InviteLink;
import coscribe.client.link.RelayAddress;
import coscribe.client.runner.DocumentClient;
import coscribe.client.runner.DocumentListener;
import coscribe.client.runner.Home;
import coscribe.client.runner.KeptCopy;
import coscribe.client.runner.Status;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Intent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// One headless writer, a process of its own: types its part of a recording through the client that
/// the product has, journal and all, until everybody's part is in its text. Killed and started
/// again, it goes on behind what its own document holds; and fails, before the relay can bring it
/// back, where that is less than its journal had taken.
public final class Writer {
    /// Plays no part: only reads.
    public static final int LISTENER = -1;

    private static final long LOOK_AGAIN_MILLIS = 50;
    private static final int UNDO_STEP = 20;

    private final Errand errand;
    private final Recording recording;
    private final Grid grid;
    private final Board board;
    private final Semaphore news = new Semaphore(0);
    private int most; // of its keystrokes that were in its text at once; at home
    private volatile Optional<String> trouble = Optional.empty();

    /// What a writer is to do.
    ///
    /// @param folder    its own, for profile, board and text
    /// @param invite    how it comes in for the first time
    /// @param writer    which part it types, or {@link #LISTENER}
    /// @param perSecond keystrokes; 0: as fast as it can
    public record Errand(
            Path folder, RelayAddress relay, String invite, DocumentId document, int writer, double perSecond) {
        public Path board() {
            return folder.resolve("board");
        }

        public Path text() {
            return folder.resolve("text");
        }

        Path profile() {
            return folder.resolve("profile");
        }
    }

    public Writer(Errand errand, Recording recording) {
        this.errand = errand;
        this.recording = recording;
        this.grid = Grid.of(recording, _ -> Attributes.NONE);
        this.board = new Board(errand.board());
    }

    /// Writes until all is written, then until `end` answers.
    public void run(Runnable end) throws IOException, InterruptedException {
        board.stage(Board.Stage.STARTING);
        board.live(false);
        try (var workshop = Workshop.ofOwnThreads();
                var client = client(workshop)) {
            var document = open(client, workshop.surroundings().home());
            if (trouble.isEmpty()) {
                document.listen(new Listener());
                document.opened().join();
                board.stage(Board.Stage.WRITING);
                type(document);
            }
            if (trouble.isEmpty()) {
                String text = document.call(it -> Seats.text(it.document(), recording.agents()))
                        .join();
                Files.writeString(errand.text(), text, StandardCharsets.UTF_8);
            }
            trouble.ifPresent(System.err::println);
            board.stage(trouble.isEmpty() ? Board.Stage.ENDED : Board.Stage.FAILED);
            end.run();
        }
    }

    /// Opens the document and looks at what the journal gave back of it. Nothing else happens at
    /// the home meanwhile, so that nothing that the relay brings hides what was lost.
    private DocumentClient open(CoscribeClient client, Home home) {
        var looked = new CountDownLatch(1);
        home.execute(() -> awaitQuietly(looked));
        try {
            var document = client.open(errand.document());
            if (document.session().isSending()) {
                board.cameBackSending();
            }
            int restored = errand.writer() == LISTENER ? 0 : typed(document.document());
            if (restored < board.written()) {
                trouble = Optional.of(String.format(
                        Locale.ROOT,
                        "The journal lost keystrokes: it had taken %,d of them when its writer was killed, and gave"
                                + " back %,d.",
                        board.written(),
                        restored));
            }
            return document;
        } finally {
            looked.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// How many of its own keystrokes are in a text.
    private int typed(Document text) {
        int writers = recording.agents();
        return text.length() < writers ? 0 : Seats.typed(text, errand.writer(), writers);
    }

    private CoscribeClient client(Workshop workshop) throws IOException {
        Path joined = errand.folder().resolve("joined");
        if (Files.exists(joined)) {
            return CoscribeClient.connect(errand.relay(), errand.profile(), workshop);
        }
        var client = CoscribeClient.join(
                InviteLink.parse(errand.invite()),
                errand.writer() < 0 ? "Lin" : errand.writer() == 0 ? "Mara" : "Jon",
                errand.profile(),
                workshop);
        Files.createFile(joined);
        return client;
    }

    private void type(DocumentClient document) throws InterruptedException {
        long pause = errand.perSecond() > 0 ? (long) (1e9 / errand.perSecond()) : 0;
        long due = System.nanoTime();
        boolean more = true;
        while (more && trouble.isEmpty()) {
            news.drainPermits();
            Turn turn = document.call(this::takeTurn).join();
            switch (turn) {
                case TYPED -> {
                    due = Math.max(due + pause, System.nanoTime() - pause);
                    TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                }
                case WAITS -> {
                    boolean ignored = news.tryAcquire(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
                    due = System.nanoTime();
                }
                case ENDED -> more = false;
            }
        }
    }

    private enum Turn {
        TYPED,
        WAITS,
        ENDED
    }

    /// At the document's home.
    private Turn takeTurn(DocumentClient document) {
        int writers = recording.agents();
        var text = document.document();
        if (text.length() < writers) {
            return Turn.WAITS; // the seats are not there yet
        }
        if (errand.writer() == LISTENER) {
            tell(document);
            return Seats.typed(text, 0, writers) == grid.count(0)
                            && Seats.typed(text, 1, writers) == grid.count(1)
                            && document.session().isQuiet()
                    ? Turn.ENDED
                    : Turn.WAITS;
        }
        int typed = typed(text);
        if (typed < most) {
            trouble = Optional.of(String.format(
                    Locale.ROOT, "This writer's text had %,d of its keystrokes, and has %,d now.", most, typed));
            return Turn.WAITS;
        }
        most = typed;
        int others = Seats.typed(text, 1 - errand.writer(), writers);
        tell(document);
        if (typed == grid.count(errand.writer())) {
            return others == grid.count(1 - errand.writer())
                            && document.session().isQuiet()
                    ? Turn.ENDED
                    : Turn.WAITS;
        }
        if (grid.txn(errand.writer(), typed + 1).seen() > others) {
            return Turn.WAITS;
        }
        Delta change = grid.at(errand.writer(), typed + 1, others);
        document.edit(
                Change.of(Seats.numbered(change, typed + 1, errand.writer(), writers)),
                Intent.EDIT,
                typed % UNDO_STEP != 0,
                Optional.empty());
        most = typed + 1;
        noteWritten(document, typed + 1);
        tell(document);
        return Turn.TYPED;
    }

    private void noteWritten(DocumentClient document, int keystroke) {
        var _ = document.written().whenComplete((_, failure) -> {
            if (failure == null) {
                board.written(keystroke);
            } else {
                trouble = Optional.of("The journal did not take keystroke " + keystroke + ": " + failure.getMessage());
            }
        });
    }

    private void tell(DocumentClient document) {
        int writers = recording.agents();
        var text = document.document();
        if (text.length() >= writers) {
            int first = Math.max(0, errand.writer());
            board.tell(
                    Seats.typed(text, first, writers),
                    Seats.typed(text, 1 - first, writers),
                    document.session().isSending(),
                    document.session().revision().number());
        }
    }

    private final class Listener implements DocumentListener {
        @Override
        public void changed(DocumentClient document, Change change, boolean own) {
            tell(document);
            news.release();
        }

        @Override
        public void statusChanged(DocumentClient document, Status status) {
            board.live(status.contact() instanceof Status.Contact.Live);
            if (status.contact() instanceof Status.Contact.Stopped(var code, var sentence)) {
                trouble = Optional.of("the relay does not let this writer in: " + code + ", " + sentence);
            }
            tell(document);
            news.release();
        }

        @Override
        public void copyKept(DocumentClient document, KeptCopy copy) {
            trouble = Optional.of("text was kept as a copy: " + copy.reason());
        }
    }
}
