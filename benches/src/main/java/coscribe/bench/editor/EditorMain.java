package coscribe.bench.editor;

import coscribe.bench.trace.RecordingReader;
import coscribe.client.CoscribeClient;
import coscribe.client.InviteLink;
import coscribe.client.link.RelayAddress;
import coscribe.client.runner.DocumentClient;
import coscribe.ot.protocol.DocumentId;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.animation.AnimationTimer;

/// The editor's side of a measurement, in a process of its own with the flags that the app has.
/// Prints rows of a Markdown table.
///
/// Arguments: what to do, folder, port, code, document, and what that asks for.
public final class EditorMain {
    private static final int LINES_IN_VIEW = 12;

    private EditorMain() {}

    public static void main(String[] args) throws Exception {
        Screen.start();
        var address = new RelayAddress("127.0.0.1", Integer.parseInt(args[2]), false);
        try (var workshop = Screen.workshop();
                var client = CoscribeClient.join(
                        new InviteLink(List.of(address), args[3]), "Mara", Path.of(args[1]), workshop)) {
            var id = new DocumentId(args[4]);
            boolean large = !args[0].equals("hour");
            if (large) {
                var first = Opened.of(client, id, "opened first, nothing compiled yet");
                first.close();
            }
            try (var opened = Opened.of(client, id, "opened again, from the local copy")) {
                measure(args, opened.seat, opened.document);
            }
        }
        System.exit(0);
    }

    /// A document in a window.
    private record Opened(DocumentClient document, Seat seat) implements AutoCloseable {
        static Opened of(CoscribeClient client, DocumentId id, String when) throws Exception {
            long begun = System.nanoTime();
            var document = client.open(id);
            document.opened().get(60, TimeUnit.SECONDS);
            long there = System.nanoTime();
            var seat = Screen.call(() -> new Seat(document));
            long made = System.nanoTime();
            frames(2);
            long drawn = System.nanoTime();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %,d units: there after %.0f ms, in the widget %.0f ms later, drawn %.0f ms later | 1 | %.0f | | |%n",
                    when,
                    document.document().length(),
                    (there - begun) / 1e6,
                    (made - there) / 1e6,
                    (drawn - made) / 1e6,
                    (drawn - begun) / 1e6);
            return new Opened(document, seat);
        }

        @Override
        public void close() {
            Screen.run(seat::close);
            document.close();
        }
    }

    private static void measure(String[] args, Seat seat, DocumentClient document) throws Exception {
        switch (args[0]) {
            case "crowd" -> crowd(seat, Integer.parseInt(args[5]));
            case "idle" -> idle(Integer.parseInt(args[5]));
            case "hour" -> hour(seat, document, Arrays.asList(args).subList(5, args.length));
            default -> throw new IllegalArgumentException("no such measurement: " + args[0]);
        }
    }

    /// I write at my pace among others who write.
    private static void crowd(Seat seat, int seconds) throws InterruptedException {
        var pulse = Screen.call(() -> new Pulse(seat.scene()));
        Screen.run(() -> seat.caret(600, 600));
        type(seat, pulse, seconds / 2); // warm
        Screen.run(pulse::forget);
        type(seat, pulse, seconds);
        Screen.run(() -> {
            pulse.rows("20 people write").forEach(System.out::println);
            pulse.stop();
        });
        System.out.printf(Locale.ROOT, "| heap after a full collection | | | %.0f MB | | |%n", heap() / 1e6);
    }

    private static void type(Seat seat, Pulse pulse, int seconds) throws InterruptedException {
        String line = "it is a fine day in the garden ";
        for (int i = 0; i < seconds * 8; i++) {
            int key = i;
            pulse.key(() -> seat.type(String.valueOf(line.charAt(key % line.length()))));
            TimeUnit.MILLISECONDS.sleep(100 + key * 37 % 50);
        }
    }

    private static void idle(int seconds) throws InterruptedException {
        TimeUnit.SECONDS.sleep(10); // the compiler comes to rest
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long wall = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        System.out.printf(
                Locale.ROOT,
                "| idle, 20 idle people | of one core, over %d s | | %.2f %% | | |%n",
                seconds,
                100.0 * (system.getProcessCpuTime() - cpu) / (System.nanoTime() - wall));
    }

    private static void hour(Seat seat, DocumentClient document, List<String> files) throws Exception {
        long keys = 0;
        long base = 0;
        for (int round = 0; round <= files.size(); round++) {
            var recording = RecordingReader.read(Path.of(files.get(round % files.size())));
            Screen.run(() -> {
                seat.model().selectAll();
                seat.model().backspace();
                seat.model().pastePlain(recording.start());
            });
            long begun = System.nanoTime();
            keys += TraceTyping.type(recording, seat).keys();
            document.saved().get(120, TimeUnit.SECONDS);
            double seconds = (System.nanoTime() - begun) / 1e9;
            Screen.run(() -> {
                seat.model().selectAll();
                seat.model().backspace();
            });
            document.saved().get(60, TimeUnit.SECONDS);
            frames(3);
            long heap = heap();
            base = round == 0 ? heap : base;
            System.out.printf(
                    Locale.ROOT,
                    "| typed %s, then emptied | %,d keys so far | in %.0f s | %.1f MB | %+.1f MB since the first | |%n",
                    recording.name(),
                    keys,
                    seconds,
                    heap / 1e6,
                    (heap - base) / 1e6);
        }
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

    private static void frames(int count) {
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
