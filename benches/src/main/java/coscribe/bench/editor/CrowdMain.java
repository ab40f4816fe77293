package coscribe.bench.editor;

import coscribe.client.CoscribeClient;
import coscribe.client.CoscribeClient.Workshop;
import coscribe.client.InviteLink;
import coscribe.client.link.RelayAddress;
import coscribe.client.runner.DocumentClient;
import coscribe.client.runner.DocumentListener;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Bias;
import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Intent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Other people in a document, in a process of their own: they come in, put their carets, and write
/// where they are until the process is told to end by the end of its standard input.
///
/// Arguments: folder, port, code, document, people, how many of them write around the editor's caret,
/// characters a second of each, the editor's name. Prints `here` when all are in.
public final class CrowdMain {
    private static final int IN_VIEW = 80; // units before and behind the editor's caret
    private static final int FAR = 120; // units, some six of the short lines of a list
    private static final int PARAGRAPH = 220; // keys, the last of them Enter

    private CrowdMain() {}

    public static void main(String[] args) throws IOException {
        var folder = Path.of(args[0]);
        var address = new RelayAddress("127.0.0.1", Integer.parseInt(args[1]), false);
        var id = new DocumentId(args[3]);
        int people = Integer.parseInt(args[4]);
        int around = Integer.parseInt(args[5]);
        double perSecond = Double.parseDouble(args[6]);
        String editor = args[7];
        var timer = Executors.newScheduledThreadPool(1);
        var clients = new ArrayList<CoscribeClient>();
        try (var workshop = Workshop.ofOwnThreads()) {
            for (int i = 0; i < people; i++) {
                var link = new InviteLink(List.of(address), args[2]);
                var client = CoscribeClient.join(link, "Writer " + (i + 1), folder.resolve("p" + i), workshop);
                clients.add(client);
                var document = client.open(id);
                document.opened().join();
                new Writer(document, i < around, editor, i).begin(timer, perSecond);
            }
            System.out.println("here");
            while (System.in.read() >= 0) {}
            timer.shutdownNow();
            clients.forEach(CoscribeClient::close);
        }
    }

    /// One of them.
    private static final class Writer {
        private static final String LINE = "and so we go on writing in the garden plan ";
        private final DocumentClient document;
        private final SplittableRandom random;
        private final boolean around;
        private final String editor;
        private int at = -1; // where the next character goes
        private int typed;

        Writer(DocumentClient document, boolean around, String editor, int number) {
            this.document = document;
            this.around = around;
            this.editor = editor;
            this.random = new SplittableRandom(number);
        }

        void begin(ScheduledExecutorService timer, double perSecond) {
            var _ = document.run(it -> {
                it.listen(new DocumentListener() {
                    @Override
                    public void changed(DocumentClient document, Change change, boolean own) {
                        at = at < 0 || own ? at : change.delta().mapPosition(at, Bias.AFTER);
                    }
                });
                it.moveCaret(Optional.of(Caret.at(place(it))));
            });
            if (perSecond > 0) {
                long micros = (long) (1_000_000 / perSecond);
                var _ = timer.scheduleAtFixedRate(
                        () -> {
                            var _ = document.run(this::key);
                        },
                        random.nextLong(micros),
                        micros,
                        TimeUnit.MICROSECONDS);
            }
        }

        /// As an editor does it: the caret goes with the character.
        private void key(DocumentClient it) {
            int length = it.document().length();
            boolean elsewhere = at < 0 || at >= length || typed % PARAGRAPH == 0 || isFar(it);
            int place = elsewhere ? place(it) : at;
            String character = ++typed % PARAGRAPH == 0 ? "\n" : String.valueOf(LINE.charAt(typed % LINE.length()));
            at = place + 1;
            it.edit(
                    Change.of(Delta.replacement(length, place, 0, character, Attributes.NONE)),
                    Intent.EDIT,
                    !elsewhere,
                    Optional.of(Caret.at(at)));
        }

        /// Who is to be in view goes back there when the editor's caret goes elsewhere.
        private boolean isFar(DocumentClient it) {
            var near = editorsCaret(it);
            return near.isPresent() && Math.abs(at - near.getAsInt()) > FAR;
        }

        /// Empty: it is nowhere, or nothing to this writer.
        private OptionalInt editorsCaret(DocumentClient it) {
            return it.members().stream()
                    .filter(member -> around && member.person().name().equals(editor))
                    .flatMap(member -> member.caret().stream())
                    .mapToInt(told -> told.caret().head())
                    .findFirst();
        }

        /// Some place around the editor's caret, or anywhere.
        private int place(DocumentClient it) {
            int last = it.document().length() - 1;
            var near = editorsCaret(it);
            int wanted = near.isPresent()
                    ? near.getAsInt() - IN_VIEW + random.nextInt(2 * IN_VIEW)
                    : random.nextInt(last + 1);
            return Math.clamp(wanted, 0, last);
        }
    }
}
