package coscribe.bench.editor;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.bench.trace.Recorded;
import coscribe.bench.trace.Recording;
import coscribe.client.CoscribeClient;
import coscribe.client.InviteLink;
import coscribe.desktop.host.BundledRelay;
import coscribe.ot.protocol.Role;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real people's writing, typed into the real widget with a real relay behind it. The whole of each
/// recording is typed by `./bench editor trace`.
class RecordingsInTheWidgetTest {
    private static final int TRANSACTIONS = 3_000;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        Screen.start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"friendsforever_flat", "sveltecomponent", "json-crdt-patch"})
    void widget_client_and_relay_hold_what_was_recorded(String name) throws Exception {
        var recording = Recorded.require(name + ".json.gz").beginning(TRANSACTIONS);
        try (var relay = BundledRelay.start(
                        folder.resolve("relay"), InstantSource.system(), new SecureRandom(), "test");
                var workshop = Screen.workshop();
                var owner = CoscribeClient.join(relay.ownerInvite(), "Mara", folder.resolve("mara"), workshop)) {
            var id = owner.createDocument(recording.name()).get(30, TimeUnit.SECONDS);
            var document = owner.open(id);
            document.opened().get(30, TimeUnit.SECONDS);
            var seat = Screen.call(() -> new Seat(document));
            try {
                Screen.run(() -> seat.model().pastePlain(recording.start()));
                var _ = TraceTyping.type(recording, seat);
                document.saved().get(60, TimeUnit.SECONDS);
                String code =
                        owner.invite(id, Role.VIEWER, Duration.ofHours(1), 1).get(30, TimeUnit.SECONDS);
                var drawn = Screen.call(seat::drawn);
                var held = Screen.call(() -> seat.model().document());
                var link = new InviteLink(List.of(relay.address()), code);
                try (var late = CoscribeClient.join(link, "Jon", folder.resolve("jon"))) {
                    var there = late.open(id).opened().get(30, TimeUnit.SECONDS).document();

                    assertRecorded(recording, drawn.text().plain());
                    assertThat(drawn.contentHash()).isEqualTo(held.contentHash());
                    assertThat(there.contentHash()).isEqualTo(held.contentHash());
                }
            } finally {
                Screen.run(seat::close);
            }
        }
    }

    private static void assertRecorded(Recording recording, String text) {
        assertThat(text.substring(0, text.length() - 1)).isEqualTo(recording.end());
    }
}
