package coscribe.bench.editor;

import coscribe.bench.process.Patience;
import coscribe.bench.trace.RecordingReader;
import coscribe.client.CoscribeClient;
import coscribe.client.DocumentLink;
import coscribe.client.link.RelayAddress;
import coscribe.client.runner.DocumentClient;
import coscribe.desktop.Desktop;
import coscribe.desktop.Main;
import coscribe.desktop.policy.PolicySource;
import coscribe.ot.protocol.DocumentId;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.animation.AnimationTimer;

/// The editor as people start it, in a process of its own, with hands and a watch. It begins where
/// a person begins, without a document, and opens one; prints rows of a Markdown table; ends with 1
/// and a sentence where something was not as it had to be.
///
/// Arguments: what to do, folder with the profile `editor` and others', port, document, another
/// document, and what that asks for. Everybody has joined before.
public final class EditorMain {
    private static final int WARM_OPENINGS = 7;
    private static final long MORE_HEAP = 5_000_000; // bytes, in all of the typing
    private static final long MORE_ALIVE = 20; // nodes, and listeners; fewer than somebody comes and goes

    private final CompletableFuture<Desktop> desktop = new CompletableFuture<>();
    private final String what;
    private final Path folder;
    private final RelayAddress relay;
    private final DocumentId document;
    private final DocumentId other;
    private final List<String> rest;

    private EditorMain(List<String> args) {
        what = args.get(0);
        folder = Path.of(args.get(1));
        relay = new RelayAddress("127.0.0.1", Integer.parseInt(args.get(2)), false);
        document = new DocumentId(args.get(3));
        other = new DocumentId(args.get(4));
        rest = args.subList(5, args.size());
    }

    public static void main(String[] args) {
        var main = new EditorMain(List.of(args));
        var profile = main.folder.resolve("editor").toString();
        Thread.ofPlatform().name("measuring").start(main::measure);
        System.exit(Main.run(
                List.of("--profile", profile), PolicySource.of(System.getProperty("os.name")), main.desktop::complete));
    }

    private void measure() {
        try {
            var editor = desktop.get(60, TimeUnit.SECONDS);
            var openings = new Openings(editor);
            Screen.run(() -> {}); // what the program shows before any document
            frames(2);
            switch (what) {
                case "open" -> open(openings);
                case "crowd" -> crowd(openings);
                case "idle" -> idle(openings);
                case "large" -> large(openings);
                case "hour" -> hour(openings);
                default -> throw new IllegalArgumentException("no such measurement: " + what);
            }
            Screen.run(editor::quit);
        } catch (Exception e) {
            e.printStackTrace();
            System.out.flush();
            Runtime.getRuntime().halt(1);
        }
    }

    private DocumentLink link(DocumentId id) {
        return DocumentLink.to(relay, id);
    }

    /// The long document as the first thing, then again and again while another window is open.
    private void open(Openings openings) throws InterruptedException {
        var first = openings.open(link(document));
        System.out.println(first.row("opened first, nothing compiled yet", 1));
        var small = openings.aside(link(other));
        Screen.run(first.window()::close);
        var again = new ArrayList<Openings.Opened>();
        for (int i = 0; i < WARM_OPENINGS; i++) {
            frames(2);
            again.add(openings.open(link(document)));
            Screen.run(again.getLast().window()::close);
        }
        again.sort(Comparator.comparing(Openings.Opened::drawn));
        System.out.println(
                again.get(WARM_OPENINGS / 2).row("opened again, from the local copy, median", WARM_OPENINGS));
        Screen.run(small::close);
    }

    /// I write at my pace among others who write around me.
    private void crowd(Openings openings) throws InterruptedException {
        int place = Integer.parseInt(rest.get(0));
        int seconds = Integer.parseInt(rest.get(1));
        int leastKeys = Integer.parseInt(rest.get(2));
        int inView = Integer.parseInt(rest.get(3));
        String who = rest.get(4);
        var seat = openings.seat(link(document));
        var typing = Screen.call(() -> new TypingInACrowd(seat, new Pulse(seat.scene()), inView));
        Screen.run(() -> {
            seat.caret(place, place);
            seat.surface().scrollTo(place, 0.5);
        });
        typing.awaitOthers();
        typing.type(who + ", the first " + seconds + " s", seconds * TypingInACrowd.KEYS_PER_SECOND);
        typing.type(who + ", the next " + leastKeys + " keys", leastKeys);
        Screen.run(typing::stop);
        System.out.printf(
                Locale.ROOT,
                "| %s, at least %d of the others in view, looked at each second | heap after a full collection | |"
                        + " %.0f MB | | |%n",
                who,
                typing.fewest(),
                heap() / 1e6);
    }

    private void idle(Openings openings) throws InterruptedException {
        var _ = openings.seat(link(document));
        int seconds = Integer.parseInt(rest.get(0));
        TimeUnit.SECONDS.sleep(10);
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        for (String when : List.of("from ten seconds after the opening on, while the JVM still compiles", "then")) {
            long cpu = system.getProcessCpuTime();
            long wall = System.nanoTime();
            TimeUnit.SECONDS.sleep(seconds);
            System.out.printf(
                    Locale.ROOT,
                    "| 20 idle people, %s | of one core, over %d s | | %.2f %% | | |%n",
                    when,
                    seconds,
                    100.0 * (system.getProcessCpuTime() - cpu) / (System.nanoTime() - wall));
        }
    }

    private void large(Openings openings) throws Exception {
        try (var guest = CoscribeClient.connect(relay, folder.resolve("guest"))) {
            var theirs = guest.open(other).opened().get(60, TimeUnit.SECONDS);
            new LargeChanges(openings.seat(link(other)), theirs).measure();
        }
    }

    /// Types recordings at speed while somebody comes and goes, and empties the document behind each.
    private void hour(Openings openings) throws Exception {
        var seat = openings.seat(link(other));
        var client = seat.window().client();
        long keys = 0;
        long base = 0;
        var first = OnTheHeap.now();
        for (int round = 0; round <= rest.size(); round++) {
            var recording = RecordingReader.read(Path.of(rest.get(round % rest.size())));
            Screen.run(() -> {
                seat.empty();
                seat.model().pastePlain(recording.start());
            });
            long begun = System.nanoTime();
            int visits;
            try (var guest = new ComingAndGoing(relay, folder.resolve("guest"), other)) {
                keys += TraceTyping.type(recording, seat).keys();
                visits = guest.last();
            }
            client.saved().get(120, TimeUnit.SECONDS);
            double seconds = (System.nanoTime() - begun) / 1e9;
            new AsRecorded(recording, seat).require(relay, folder.resolve("guest"), other);
            Screen.run(seat::empty);
            client.saved().get(60, TimeUnit.SECONDS);
            requireAlone(client);
            long heap = heap();
            var held = OnTheHeap.now();
            base = round == 0 ? heap : base;
            first = round == 0 ? held : first;
            System.out.printf(
                    Locale.ROOT,
                    "| typed %s while somebody came and went %d times: widget, client and relay hold its end; %s"
                            + " | %,d keys so far | in %.0f s | %.1f MB | %+.1f MB since the first | |%n",
                    recording.name(),
                    visits,
                    held.words(),
                    keys,
                    seconds,
                    heap / 1e6,
                    (heap - base) / 1e6);
            held.requireNoMoreThan(first, MORE_ALIVE);
            requireLess(heap - base, MORE_HEAP);
        }
    }

    /// @throws IllegalStateException  where what is on the heap for good grew too much
    static void requireLess(long grown, long most) {
        if (grown >= most) {
            throw new IllegalStateException(String.format(
                    Locale.ROOT, "the heap grew by %.1f MB, and must by less than %.1f", grown / 1e6, most / 1e6));
        }
    }

    /// Until nobody else is here, and all of that is drawn.
    private static void requireAlone(DocumentClient client) throws InterruptedException {
        boolean alone = Patience.until(
                Duration.ofSeconds(40), () -> Screen.call(() -> client.members().isEmpty()));
        if (!alone) {
            throw new IllegalStateException("who left is still told of");
        }
        frames(10);
    }

    private static long heap() {
        var memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            memory.gc();
            least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    /// Returns when so many frames were begun.
    static void frames(int count) {
        var drawn = new CountDownLatch(count);
        var timer = new AnimationTimer() {
            @Override
            public void handle(long now) {
                drawn.countDown();
            }
        };
        Screen.run(timer::start);
        Screen.await(drawn);
        Screen.run(timer::stop);
    }
}
