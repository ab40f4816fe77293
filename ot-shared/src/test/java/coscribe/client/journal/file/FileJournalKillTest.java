package coscribe.client.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.session.JournalRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real process that writes a real file is killed at random: everything
/// whose append had returned is there. `-Dcoscribe.kills=1000` kills more often.
@Tag("slow")
class FileJournalKillTest {
    private static final int KILLS = Integer.getInteger("coscribe.kills", 8);

    @TempDir
    Path folder;

    /// Appends marks 1, 2, 3 … behind those that are there, says each once it is written, and
    /// writes the whole anew now and then.
    static final class Writer {
        public static void main(String... args) {
            var timer = Executors.newSingleThreadScheduledExecutor();
            var journal = FileJournal.open(new RealDisk(), Path.of(args[0]), timer, new SplittableRandom());
            var all = new ArrayList<>(journal.opening().records());
            while (true) {
                var entry = new JournalRecord.Sent(all.size() + 1);
                journal.append(entry);
                all.add(entry);
                System.out.println(all.size());
                if (all.size() % 500 == 0) {
                    journal.rewrite(all);
                }
            }
        }
    }

    @Test
    void a_killed_process_leaves_everything_that_it_had_written() throws Exception {
        var random = new SplittableRandom(5);
        long before = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            long said = writeUntilKilled(before + 1 + random.nextInt(1_500));
            var timer = Executors.newSingleThreadScheduledExecutor();
            try (var journal = FileJournal.open(new RealDisk(), folder, timer, random)) {
                var found = journal.opening().records();
                assertThat(found).hasSizeGreaterThanOrEqualTo((int) said);
                for (int i = 0; i < found.size(); i++) {
                    assertThat(found.get(i)).isEqualTo(new JournalRecord.Sent(i + 1));
                }
                before = found.size();
            } finally {
                timer.shutdownNow();
            }
        }
        assertThat(before).isGreaterThan(KILLS);
    }

    /// Kills it as soon as it has said `until`; answers the last that it said.
    private long writeUntilKilled(long until) throws IOException, InterruptedException {
        var process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Writer.class.getName(),
                        folder.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long said = 0;
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            boolean killed = false;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.matches("[0-9]+")) {
                    said = Long.parseLong(line);
                }
                if (!killed && said >= until) {
                    var _ = process.toHandle().destroyForcibly();
                    killed = true;
                }
            }
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said).isGreaterThanOrEqualTo(until);
        return said;
    }
}
