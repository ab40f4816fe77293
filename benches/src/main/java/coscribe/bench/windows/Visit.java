package coscribe.bench.windows;

import coscribe.bench.process.Java;
import coscribe.bench.process.Patience;
import coscribe.bench.process.RelayChild;
import coscribe.bench.process.VirtualScreen;
import coscribe.client.CoscribeClient;
import coscribe.client.DocumentLink;
import coscribe.client.InviteLink;
import coscribe.client.link.RelayAddress;
import coscribe.client.runner.DocumentClient;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Role;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A relay, people with profiles, a document, and windows on it.
final class Visit implements AutoCloseable {
    private static final List<String> NAMES = List.of("Mara Klein", "Jon Tan");
    private static final int WIDTH = 1180;
    private static final int HEIGHT = 780;
    private static final Duration INVITE_LASTS = Duration.ofHours(24);
    private static final int INVITE_USES = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OPEN_WITHIN_SECONDS = 60;

    private final WindowsCommand.Plan plan;
    private final PrintStream out;
    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();

    Visit(WindowsCommand.Plan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    /// What everybody needs to come in.
    private record Place(RelayAddress relay, DocumentId document, String invite) {
        InviteLink link() {
            return new InviteLink(List.of(relay), invite);
        }
    }

    private Place prepare() {
        var relay = RelayChild.start("relay", plan.home(), plan.folder(), new RelayChild.Store.Embedded(), List.of());
        toClose.push(relay);
        out.println(relay.banner().strip());
        var link = relay.ownerLink().orElseThrow(() -> new IllegalStateException("the relay printed no owner link"));
        try (var owner = CoscribeClient.join(InviteLink.parse(link), NAMES.getFirst(), profile(0))) {
            var id = owner.createDocument("Plan for spring").join();
            owner.open(id).opened().join();
            var code = owner.invite(id, Role.EDITOR, INVITE_LASTS, INVITE_USES).join();
            var place = new Place(owner.address(), id, code);
            for (int i = 1; i < plan.windows(); i++) {
                CoscribeClient.join(place.link(), NAMES.get(i), profile(i)).close();
            }
            out.println();
            out.println("Others come in by " + place.link().written());
            return place;
        }
    }

    private Path profile(int person) {
        return plan.folder().resolve(NAMES.get(person).split(" ")[0].toLowerCase(Locale.ROOT));
    }

    private static List<String> arguments(Path profile, Place place) {
        return List.of(
                "--profile",
                profile.toString(),
                DocumentLink.to(place.relay(), place.document()).written());
    }

    /// Opens the windows, and returns when they are closed.
    int open() {
        var place = prepare();
        var windows = new ArrayList<WindowChild>();
        for (int i = 0; i < plan.windows(); i++) {
            var window = new WindowChild(
                    NAMES.get(i),
                    Java.editor(plan.home(), List.of(), arguments(profile(i), place)),
                    plan.display()
                            .<Map<String, String>>map(it -> Map.of("DISPLAY", it))
                            .orElseGet(Map::of),
                    plan.folder());
            toClose.push(window);
            windows.add(window);
        }
        out.println(
                windows.size() == 1
                        ? "The window is " + NAMES.getFirst() + "'s. Close it, and the relay ends."
                        : "The windows are " + String.join("'s and ", NAMES) + "'s. Close both, and the relay ends.");
        try {
            int worst = 0;
            for (var window : windows) {
                worst = Math.max(worst, window.await());
            }
            return worst == 0 ? 0 : 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    /// Lets the windows write on screens of their own while a third client listens; says whether
    /// everybody wrote, and all end with the same text.
    int written() {
        var place = prepare();
        var listener = CoscribeClient.join(place.link(), "Lin", plan.folder().resolve("lin"));
        toClose.push(listener);
        var heard = listener.open(place.document());
        heard.opened().join();
        var windows = new ArrayList<WindowChild>();
        for (int i = 0; i < plan.windows(); i++) {
            windows.add(virtual(i, place));
        }
        windows.forEach(window -> window.ask("ready"));
        out.println("No display: " + windows.size() + " virtual one(s), a window of "
                + String.join(", one of ", NAMES.subList(0, plan.windows())) + ".");
        long start = System.nanoTime();
        write(windows);
        double seconds = (System.nanoTime() - start) / 1e9;
        var comparison = compare(windows, heard, place);
        pictures(windows);
        out.println();
        out.println(comparison.told(seconds));
        return comparison.exitCode();
    }

    private WindowChild virtual(int person, Place place) {
        var screen = VirtualScreen.start(WIDTH, HEIGHT, plan.folder());
        toClose.push(screen);
        var window = new WindowChild(
                NAMES.get(person),
                Java.editor(
                        plan.home(),
                        List.of("-Dprism.order=sw"),
                        WindowMain.class.getName(),
                        arguments(profile(person), place)),
                Map.of("DISPLAY", screen.display()),
                plan.folder());
        toClose.push(window);
        return window;
    }

    private void write(List<WindowChild> windows) {
        var written = new ArrayList<CompletableFuture<String>>();
        for (int i = 0; i < windows.size(); i++) {
            written.add(windows.get(i)
                    .askLater(String.format(
                            Locale.ROOT,
                            "write %d %s %s %s",
                            i,
                            plan.rate(),
                            plan.seconds(),
                            plan.source().word())));
        }
        for (int i = 0; i < windows.size(); i++) {
            String[] answer = await(written.get(i)).split(" ");
            out.println(windows.get(i).name() + " struck " + answer[1] + " of " + answer[2] + " keys.");
        }
    }

    private String await(CompletableFuture<String> answer) {
        try {
            return answer.get((long) plan.seconds() + OPEN_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IllegalStateException told ? told : new IllegalStateException(e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("a window did not finish in time", e);
        }
    }

    /// What each has, once nobody has anything to come.
    private Comparison compare(List<WindowChild> windows, DocumentClient heard, Place place) {
        var last = new Comparison[1];
        boolean ignored = Patience.until(PATIENCE, () -> {
            var texts = new LinkedHashMap<String, String>();
            var wrote = new LinkedHashMap<String, Integer>();
            for (var window : windows) {
                String[] text = window.ask("text").split(" ");
                texts.put(window.name() + "'s window draws", text[1]);
                texts.put(window.name() + "'s client holds", text[2]);
                wrote.put(window.name(), Integer.parseInt(text[3]));
            }
            texts.put("the listener holds", heard.document().contentHash().hex());
            texts.put("a newcomer reads back from the relay", readBack(place));
            last[0] = new Comparison(texts, wrote);
            return last[0].isEqual();
        });
        return last[0];
    }

    private int newcomers;

    private String readBack(Place place) {
        Path profile = plan.folder().resolve("newcomer" + ++newcomers);
        try (var newcomer = CoscribeClient.join(place.link(), "Ada", profile)) {
            var document = newcomer.open(place.document());
            document.opened().join();
            return document.document().contentHash().hex();
        }
    }

    private void pictures(List<WindowChild> windows) {
        var files = new ArrayList<Path>();
        for (var window : windows) {
            Path file = plan.folder().resolve(window.name().split(" ")[0].toLowerCase(Locale.ROOT) + ".png");
            window.ask("picture " + file);
            files.add(file);
        }
        Path together = plan.folder().resolve("windows.png");
        Pictures.sideBySide(files, together);
        out.println("Pictures: " + together + (files.size() > 1 ? ", and each alone beside it." : "."));
    }

    @Override
    public void close() {
        while (!toClose.isEmpty()) {
            try {
                toClose.pop().close();
            } catch (Exception e) {
                out.println("something did not end well: " + e);
            }
        }
    }
}
