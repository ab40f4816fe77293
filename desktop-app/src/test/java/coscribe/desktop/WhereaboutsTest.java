package coscribe.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.desktop.viewmodel.Bookmark;
import coscribe.desktop.viewmodel.Bookmark.Place;
import coscribe.ot.protocol.DocumentId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhereaboutsTest {
    private static final Instant BEGUN = Instant.parse("2026-11-24T14:02:00Z");

    @TempDir
    Path folder;

    private Whereabouts starts() {
        return new Whereabouts(folder, Runnable::run);
    }

    private static DocumentId document(int number) {
        return new DocumentId("%032x".formatted(number));
    }

    private static Bookmark place(int start) {
        return new Bookmark(new Place(start, 3, -5), new Place(0, 0, 7), 40);
    }

    @Test
    void where_somebody_was_is_known_at_the_next_start() {
        starts().note(document(1), place(12), BEGUN);
        starts().note(document(2), place(99), BEGUN);
        assertThat(starts().in(document(1))).contains(place(12));
        assertThat(starts().in(document(2))).contains(place(99));
        assertThat(starts().in(document(3))).isEmpty();
    }

    @Test
    void of_very_many_documents_those_are_forgotten_that_were_open_longest_ago() throws IOException {
        var here = starts();
        here.note(document(0), place(0), BEGUN);
        for (int i = 1; i < Whereabouts.KEPT; i++) {
            here.note(document(i), place(i), BEGUN.plusSeconds(i));
        }
        here.note(document(0), place(7), BEGUN.plusSeconds(1_000));
        here.note(document(1_000), place(8), BEGUN.plusSeconds(2_000));
        assertThat(starts().in(document(1))).isEmpty();
        assertThat(starts().in(document(0))).contains(place(7));
        assertThat(starts().in(document(2))).contains(place(2));
        assertThat(Files.readAllLines(folder.resolve("whereabouts.properties")))
                .filteredOn(line -> !line.startsWith("#"))
                .hasSize(Whereabouts.KEPT);
    }

    @Test
    void a_file_that_makes_no_sense_is_as_none() throws IOException {
        Files.writeString(
                folder.resolve("whereabouts.properties"),
                document(1).hex() + "=somewhere\n" + document(2).hex() + "=\n");
        assertThat(starts().in(document(1))).isEmpty();
        assertThat(starts().in(document(2))).isEmpty();
        starts().note(document(1), place(5), BEGUN);
        assertThat(starts().in(document(1))).contains(place(5));
    }
}
