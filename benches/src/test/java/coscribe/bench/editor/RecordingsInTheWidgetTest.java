package coscribe.bench.editor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coscribe.bench.trace.Recorded;
import coscribe.bench.trace.Recording;
import coscribe.client.CoscribeClient;
import coscribe.client.DocumentLink;
import coscribe.client.InviteLink;
import coscribe.desktop.host.BundledRelay;
import coscribe.desktop.view.frame.Theme;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Role;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.application.ColorScheme;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real people's writing, typed into the real widget with a real relay behind it. The whole of each
/// recording is typed by `./bench editor hour`.
class RecordingsInTheWidgetTest {
    private static final int TRANSACTIONS = 3_000;

    private final CountDownLatch ended = new CountDownLatch(1);

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

        assertThatCode(() -> type(recording)).doesNotThrowAnyException();
    }

    @Test
    void a_text_that_is_not_the_recorded_one_is_told_in_a_sentence() {
        var typed = new Recording.Txn(0, 1, 0, 3, List.of(new Recording.Patch(3, 0, "d")));
        var recording = new Recording("made up", "abc", "abce", 1, List.of(typed));

        assertThatThrownBy(() -> type(recording))
                .hasMessage("made up was typed to its end, but the widget shows another text than was recorded:"
                        + " 5 units in place of 5, different from unit 3 on.");
    }

    private void type(Recording recording) throws Exception {
        try (var relay = BundledRelay.start(
                        folder.resolve("relay"), InstantSource.system(), new SecureRandom(), "test");
                var owner = CoscribeClient.join(relay.ownerInvite(), "Ada", folder.resolve("ada"))) {
            var id = owner.createDocument(recording.name()).get(30, TimeUnit.SECONDS);
            joinAs("Mara", Role.EDITOR, owner, id);
            joinAs("Jon", Role.VIEWER, owner, id);
            var desktop = Screen.desktop(
                    folder.resolve("mara"), "Mara", Screen.call(() -> Theme.of(ColorScheme.LIGHT)), ended::countDown);
            var window = Screen.window(desktop, DocumentLink.to(relay.address(), id));
            var seat = Screen.call(() -> new Seat(window));
            try {
                Screen.run(() -> seat.model().pastePlain(recording.start()));
                var _ = TraceTyping.type(recording, seat);
                window.client().saved().get(60, TimeUnit.SECONDS);

                new AsRecorded(recording, seat).require(relay.address(), folder.resolve("jon"), id);
            } finally {
                Screen.run(seat::close); // the last window, which ends the editor
                assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private void joinAs(String name, Role role, CoscribeClient owner, DocumentId id) throws Exception {
        String code = owner.invite(id, role, Duration.ofHours(1), 1).get(30, TimeUnit.SECONDS);
        var link = new InviteLink(List.of(owner.address()), code);
        CoscribeClient.join(link, name, folder.resolve(name.toLowerCase(Locale.ROOT)))
                .close();
    }
}
