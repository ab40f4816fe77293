package coscribe.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coscribe.client.journal.JournalException;
import coscribe.client.runner.KeptCopy;
import coscribe.ot.kit.Gen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCopiesTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private final Gen gen = new Gen(1);

    @TempDir
    Path folder;

    @Test
    void copies_come_back_as_they_were_kept_oldest_first() {
        var copies = new FileCopies(folder.resolve("copies"));
        assertThat(copies.list()).isEmpty();
        var kept = new ArrayList<KeptCopy>();
        for (int i = 0; i < 12; i++) {
            var reason = gen.pick(KeptCopy.Reason.values());
            kept.add(copies.keep(gen.document().toDocument(), reason, "Notes " + i, NOON.plusSeconds(i)));
        }
        assertThat(new FileCopies(folder.resolve("copies")).list()).isEqualTo(kept);
    }

    @Test
    void a_copy_that_cannot_be_read_is_left_out_and_left_alone() throws Exception {
        var copies = new FileCopies(folder);
        var kept = copies.keep(gen.document().toDocument(), KeptCopy.Reason.ROLE, "Notes", NOON);
        Files.writeString(folder.resolve("copy-7"), "coscribe-copy 1\nreason=");
        assertThat(copies.list()).containsExactly(kept);
        var next = copies.keep(gen.document().toDocument(), KeptCopy.Reason.ROLE, "Notes", NOON);
        assertThat(next.file()).isEqualTo("copy-8");
        assertThat(folder.resolve("copy-7")).exists();
    }

    @Test
    void a_copy_that_cannot_be_kept_is_told() throws Exception {
        Files.writeString(folder.resolve("copies"), "a file where a folder should be");
        var copies = new FileCopies(folder.resolve("copies"));
        assertThatThrownBy(() -> copies.keep(gen.document().toDocument(), KeptCopy.Reason.ROLE, "Notes", NOON))
                .isInstanceOf(JournalException.class);
    }
}
