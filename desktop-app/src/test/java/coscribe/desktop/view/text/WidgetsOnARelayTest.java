package coscribe.desktop.view.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.client.CoscribeClient;
import coscribe.client.CoscribeClient.Workshop;
import coscribe.client.InviteLink;
import coscribe.client.runner.DocumentClient;
import coscribe.desktop.FxHome;
import coscribe.desktop.host.BundledRelay;
import coscribe.desktop.viewmodel.EditorModel;
import coscribe.desktop.viewmodel.RandomHand;
import coscribe.ot.document.ContentHash;
import coscribe.ot.document.Document;
import coscribe.ot.kit.Gen;
import coscribe.ot.kit.Laws;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Role;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.Clipboard;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two people in front of real widgets, sockets, a real relay and its store between them: whatever
/// formatting, typing, undo and the other one's changes do, what each widget shows, what each
/// client holds and what the relay gives a newcomer has one content hash.
class WidgetsOnARelayTest {
    private static final int SEEDS = 5;
    private static final int ROUNDS = 60;
    private static final int PASTE_EVERY = 12;
    private static final String PASTED = "The beds are dug, and the soil is ready.\n".repeat(8);

    @TempDir
    Path folder;

    private final Workshop drawing = Workshop.at(new FxHome());
    private BundledRelay relay;
    private CoscribeClient mara;
    private int people;

    @BeforeEach
    void begin() throws Exception {
        Fx.start();
        relay = BundledRelay.start(folder.resolve("relay"), InstantSource.system(), new SecureRandom(), "test");
        mara = CoscribeClient.join(relay.ownerInvite(), "Mara", folder.resolve("mara"), drawing);
    }

    @AfterEach
    void end() {
        mara.close();
        drawing.close();
        relay.close();
    }

    @Test
    void two_widgets_two_clients_and_a_real_relay_have_one_content_hash() throws Exception {
        long first = Laws.caseSeed();
        for (long seed :
                LongStream.range(first, first + (Laws.isReplay() ? 1 : SEEDS)).toArray()) {
            try {
                var end = write(seed);
                System.out.printf(
                        "seed %d: %s, %,d units%n", seed, end.contentHash().hex(), end.length());
            } catch (Exception | AssertionError broken) {
                throw new AssertionError("broken by seed " + seed + " (again: -Dcoscribe.seed=" + seed + ")", broken);
            }
        }
    }

    private Document write(long seed) throws Exception {
        var id = mara.createDocument("Plan " + seed).get(30, TimeUnit.SECONDS);
        try (var jon = CoscribeClient.join(invite(id, Role.EDITOR), "Jon", profile(), drawing);
                var late = CoscribeClient.join(invite(id, Role.VIEWER), "Late", profile());
                var hers = new Place(mara.opening(id).get(30, TimeUnit.SECONDS), new Gen(seed));
                var his = new Place(jon.opening(id).get(30, TimeUnit.SECONDS), new Gen(seed + 1))) {
            var places = List.of(hers, his);
            for (int i = 0; i < ROUNDS; i++) {
                if (i % PASTE_EVERY == 0) {
                    Fx.run(() -> hers.model.pastePlain(PASTED)); // what is deleted does not disagree
                }
                places.forEach(Place::doesSomething);
                // The other one's edits are under way meanwhile.
                places.get(i % 2).document.saved().get(60, TimeUnit.SECONDS);
            }
            for (Place place : places) {
                place.document.saved().get(60, TimeUnit.SECONDS);
                assertThat(place.document.copies()).as("copies").isEmpty();
            }
            var read = late.open(id).opened().get(30, TimeUnit.SECONDS);
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                var theirs = read.document().contentHash();
                for (Place place : places) {
                    assertThat(Fx.call(() -> place.document.document().contentHash()))
                            .as("a client's and the relay's")
                            .isEqualTo(theirs);
                }
            });
            var theirs = read.document().contentHash();
            for (Place place : places) {
                assertThat(Fx.call(place::drawn))
                        .as("a widget's and the relay's")
                        .isEqualTo(theirs);
            }
            assertThat(read.session().revision().number()).isGreaterThan(ROUNDS / 2);
            return read.document();
        }
    }

    private InviteLink invite(DocumentId id, Role role) throws Exception {
        String code = mara.invite(id, role, Duration.ofHours(1), 1).get(30, TimeUnit.SECONDS);
        return new InviteLink(List.of(relay.address()), code);
    }

    private Path profile() {
        return folder.resolve("person" + ++people);
    }

    /// Somebody's window.
    private static final class Place implements AutoCloseable {
        private final DocumentClient document;
        private final Gen gen;
        private final RandomHand hand;
        private final EditorModel model;
        private final RichTextSurface surface;
        private final Stage stage;

        Place(DocumentClient document, Gen gen) throws Exception {
            this.document = document;
            this.gen = gen;
            this.hand = new RandomHand(gen);
            document.opened().get(30, TimeUnit.SECONDS);
            model = Fx.call(() -> new EditorModel(document, InstantSource.system()));
            surface = Fx.call(() -> new RichTextSurface(new ModelCommands(model, Clipboard.getSystemClipboard())));
            stage = Fx.call(() -> {
                var window = new Stage();
                window.setScene(new Scene((Parent) surface.node(), 500, 400));
                window.show();
                model.attach(surface);
                return window;
            });
        }

        void doesSomething() {
            Fx.run(() -> {
                if (gen.chance(80)) {
                    hand.command().accept(model);
                } else if (gen.chance(70)) {
                    model.undo();
                } else {
                    model.redo();
                }
            });
        }

        ContentHash drawn() {
            return new Document(surface.readBack(), model.document().threads()).contentHash();
        }

        @Override
        public void close() {
            Fx.run(() -> {
                model.close();
                surface.close();
                stage.close();
            });
            document.close();
        }
    }
}
