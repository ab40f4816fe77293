package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.journal.JournalException;
import coscribe.desktop.viewmodel.Banners.Banner;
import coscribe.desktop.viewmodel.Banners.Topic;
import coscribe.desktop.viewmodel.StatusLine.Rank;
import coscribe.ot.protocol.FailureCode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiagnosticsTest {
    private static final Diagnostics.Machine MACHINE =
            new Diagnostics.Machine("1.2.3", "25.0.1", "26.0.2", "Linux 6.1 amd64", "/data", "/logs");

    @Test
    void tell_versions_connection_and_codes() {
        var live = new Diagnostics.Open(
                "docs.example.org", Standing.LIVE.unsaved(3, Instant.EPOCH).status(), Rank.SAVING, List.of(), 1_234);
        var speed = new Speed(() -> 0);
        speed.started(1_912);
        var failing = new Diagnostics.Open(
                "other.example.org",
                Standing.LIVE
                        .waiting(4, Instant.EPOCH)
                        .failing(JournalException.Kind.FULL)
                        .status(),
                Rank.OFFLINE,
                List.of(
                        new Banner(Topic.DISK_FULL, "words", List.of(), Optional.empty()),
                        new Banner(Topic.UNREACHABLE, "words", List.of(), Optional.empty())),
                1);
        assertThat(Diagnostics.of(MACHINE, speed, "hostRelay  false  mandatory\n", List.of(live, failing))
                        .lines())
                .containsExactly(
                        "Coscribe 1.2.3",
                        "Java 25.0.1, JavaFX 26.0.2",
                        "Linux 6.1 amd64",
                        "Profile /data",
                        "Logs /logs",
                        "Documents 2",
                        "1. docs.example.org, saving, contact live, role editor, 3 edits unsaved, journal ondisk,"
                                + " round trip 12 ms, 1234 characters, no messages",
                        "2. other.example.org, offline, contact waiting after 4 unreachable, role editor, 0 edits"
                                + " unsaved, journal failing, round trip 12 ms, 1 characters, CS-14 CS-01",
                        "Speed, start to caret 1912 ms (wanted under 2000)",
                        "hostRelay  false  mandatory");
    }

    @Test
    void tell_nothing_that_was_written_and_no_sentence_of_a_server() {
        var stopped = new Diagnostics.Open(
                "docs.example.org",
                Standing.LIVE.stopped(FailureCode.NO_ACCESS).status(),
                Rank.READ_ONLY,
                List.of(new Banner(
                        Topic.ACCESS_REMOVED,
                        "You no longer have access to 'Secret plan'.",
                        List.of(),
                        Optional.empty())),
                10);
        assertThat(Diagnostics.of(MACHINE, new Speed(() -> 0), "", List.of(stopped)))
                .contains("contact stopped NO_ACCESS", "CS-10")
                .doesNotContain("Secret", "No.");
    }
}
