import coscribe.client.CoscribeClient;
import coscribe.client.InviteLink;
import coscribe.client.runner.DocumentClient;
import coscribe.ot.protocol.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/// Run from source with the packaged jars on the class path: `TenPeople.java OWNER_LINK TEAM_LINK FOLDER`.
/// The owner makes a document, nine others join by the team's link and are let into it. All type, a key each
/// 200 ms, until there is a file `stop` in the folder. Then every line has to be in everybody's text, once.
final class TenPeople {
    private static final int OTHERS = 9;
    private static final Duration KEY = Duration.ofMillis(200);
    private static final String WORDS = "saved is true";

    private final List<DocumentClient> documents = new ArrayList<>();
    private final List<Long> savedMillis = Collections.synchronizedList(new ArrayList<>());
    private final List<String> typed = Collections.synchronizedList(new ArrayList<>());
    private final Map<Integer, Integer> savers = new ConcurrentHashMap<>(); // of each line
    private final Path folder;

    private TenPeople(Path folder) {
        this.folder = folder;
    }

    public static void main(String... args) throws Exception {
        new TenPeople(Path.of(args[2])).write(args[0], args[1]);
        System.exit(0); // ten clients' threads have nothing left to do
    }

    private void write(String ownersLink, String teamsLink) throws Exception {
        long begun = System.nanoTime();
        var owner = CoscribeClient.join(InviteLink.parse(ownersLink), "Mara", folder.resolve("0"));
        var document = owner.createDocument("Plan for spring").join();
        String code = owner.invite(document, Role.EDITOR, Duration.ofHours(1), OTHERS).join();
        documents.add(owner.open(document));
        var origin = ownersLink.substring(0, ownersLink.lastIndexOf('/') + 1);
        for (int i = 1; i <= OTHERS; i++) {
            var other = CoscribeClient.join(InviteLink.parse(teamsLink), "Person " + i, folder.resolve("" + i));
            documents.add(other.open(other.follow(InviteLink.parse(origin + code), "Person " + i)
                    .join()
                    .orElseThrow()));
        }
        for (var each : documents) {
            each.opened().join();
        }
        System.out.println("result: ten people signed in and opened the document in " + millis(begun) + " ms");
        var typists = IntStream.range(0, documents.size())
                .mapToObj(i -> CompletableFuture.runAsync(() -> type(i), task -> Thread.ofVirtual().start(task)))
                .toList();
        CompletableFuture.allOf(typists.toArray(CompletableFuture[]::new)).join();
        judge();
    }

    /// Begins a line at the end of the text, then types into it: inside of their own line nobody else writes.
    private void type(int who) {
        var document = documents.get(who);
        for (int number = 0; !Files.exists(folder.resolve("stop")); number++) {
            String begins = "<" + who + "." + number + ":";
            document.run(it -> it.append(begins + ">\n")).join();
            for (int at = 0; at < WORDS.length(); at++) {
                pause();
                int before = at;
                document.run(it -> it.insert(
                                it.text().indexOf(begins) + begins.length() + before,
                                WORDS.substring(before, before + 1)))
                        .join();
                long struck = System.nanoTime();
                document.saved().thenRun(() -> savedMillis.add(millis(struck)));
            }
            typed.add(begins + WORDS + ">");
            int line = number + 1;
            document.saved().thenRun(() -> {
                if (savers.merge(line, 1, Integer::sum) == documents.size()) {
                    System.out.println("everybody saved line " + line);
                }
            });
        }
    }

    private void judge() throws InterruptedException {
        for (var each : documents) {
            each.saved().join();
        }
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (documents.stream().map(DocumentClient::text).distinct().count() > 1 && System.nanoTime() < until) {
            Thread.sleep(50);
        }
        String text = documents.getFirst().text();
        for (var each : documents) {
            require(each.text().equals(text), "not everybody has the same text");
            require(each.copies().isEmpty(), "somebody's text was kept as a copy");
        }
        for (String line : typed) {
            int at = text.indexOf(line);
            require(at >= 0 && text.indexOf(line, at + 1) < 0, line + " is not there once");
        }
        var sorted = savedMillis.stream().sorted().toList();
        System.out.println("result: " + typed.size() + " lines, " + sorted.size() + " keys of ten people, each line in everybody's"
                + " text once; a key saved after " + sorted.get(sorted.size() / 2) + " ms (p50), "
                + sorted.get(sorted.size() * 99 / 100) + " ms (p99), " + sorted.getLast() + " ms (most)");
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalStateException(sentence);
        }
    }

    private static long millis(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1_000_000;
    }

    private static void pause() {
        try {
            Thread.sleep(KEY);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
