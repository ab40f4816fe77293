package coscribe.relay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.kit.ChildJvm;
import coscribe.ot.protocol.ChainHash;
import coscribe.relay.store.CommitResult.Appended;
import coscribe.relay.store.Head;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a process that commits, again and again, and looks for what it was told is kept.
@Tag("slow")
class EmbeddedCrashTest {
    private static final int DOCUMENTS = 4;
    private static final int KILLS = 20;

    @TempDir
    private Path directory;

    /// Commits to all documents at once, until it is killed. Prints `ready`, and `ack DOCUMENT
    /// REVISION CHAIN` for each commit that it is told is durable. Takes a snapshot now and then, so
    /// that it also dies while old log is moved.
    static final class Committer {
        private Committer() {}

        public static void main(String[] args) throws InterruptedException {
            int life = Integer.parseInt(args[1]);
            var library = new Library(EmbeddedFixture.open(Path.of(args[0])).documents());
            System.out.println("ready");
            for (int number = 0; number < DOCUMENTS; number++) {
                goOn(library, number, life, 1, library.enter(number, life));
            }
            Thread.currentThread().join();
        }

        private static void goOn(Library library, int number, int life, long seq, Head head) {
            var first = Library.entry(number, life, seq, head, 200);
            var between = new Head(head.epoch(), head.revision().next(), first.chain());
            var second = Library.entry(number, life, seq + 1, between, 200);
            var _ = library.store
                    .commit(Library.document(number), "relay", head, List.of(first, second))
                    .thenAccept(result -> {
                        var after = ((Appended) result).head();
                        System.out.println("ack " + number + " " + after.revision() + " "
                                + after.chain().hex());
                        if (after.revision().number() % 50 == 0) {
                            var _ = library.store.keepSnapshot(
                                    Library.document(number), after.revision(), after.chain(), new byte[2_000]);
                        }
                        goOn(library, number, life, seq + 2, after);
                    });
        }
    }

    @Test
    void whatever_was_acknowledged_before_a_kill_is_there_after_it() throws IOException {
        var random = new SplittableRandom(20_261_124);
        var acknowledged = new HashMap<Integer, Map<Long, ChainHash>>();
        var data = directory.resolve("data");
        for (int life = 1; life <= KILLS; life++) {
            for (String line : linesOfALife(data, life, random.nextInt(5, 120))) {
                var words = line.split(" ");
                if (words[0].equals("ack")) {
                    acknowledged
                            .computeIfAbsent(Integer.parseInt(words[1]), _ -> new HashMap<>())
                            .put(Long.parseLong(words[2]), Library.chainOf(line));
                } else {
                    assertThat(line).isEqualTo("ready");
                }
            }
            var copy = directory.resolve("copy" + life);
            copy(data, copy);
            isKept(copy, acknowledged);
        }
        assertThat(acknowledged).hasSize(DOCUMENTS);
        assertThat(acknowledged.values().stream().mapToInt(Map::size).sum()).isGreaterThan(KILLS);
    }

    private static List<String> linesOfALife(Path data, int life, int acknowledgements) {
        try (var child = ChildJvm.start(List.of(), Committer.class, data.toString(), Integer.toString(life))) {
            var lines = new ArrayList<String>();
            for (int i = 0; i <= acknowledgements; i++) {
                lines.addAll(child.linesUntil(_ -> true));
            }
            child.kill();
            lines.addAll(child.linesUntil(_ -> false));
            if (!lines.isEmpty() && !lines.getLast().matches("ready|ack [0-9]+ [0-9]+ [0-9a-f]{64}")) {
                lines.removeLast(); // it died while it printed
            }
            return lines;
        }
    }

    private static void isKept(Path data, Map<Integer, Map<Long, ChainHash>> acknowledged) {
        try (var store = EmbeddedFixture.open(data)) {
            var library = new Library(store.documents());
            acknowledged.forEach((number, chains) -> {
                var log = library.log(number);
                chains.forEach((revision, chain) -> {
                    assertThat(log).hasSizeGreaterThanOrEqualTo(revision.intValue());
                    assertThat(log.get(revision.intValue() - 1).chain()).isEqualTo(chain);
                });
                assertThat(library.look(number, 0).head().revision().number()).isEqualTo(log.size());
            });
        }
    }

    static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
