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
import java.util.SplittableRandom;
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
    private static final int SEEDS_BY_HAND = 3;
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
        startRelay();
        mara = CoscribeClient.join(relay.ownerInvite(), "Mara", folder.resolve("mara"), drawing);
    }

    /// At the port that it had before, with what it has stored.
    private void startRelay() {
        relay = BundledRelay.start(folder.resolve("relay"), InstantSource.system(), new SecureRandom(), "test");
    }

    @AfterEach
    void end() {
        mara.close();
        drawing.close();
        relay.close();
    }

    @Test
    void two_widgets_two_clients_and_a_real_relay_have_one_content_hash() throws Exception {
        tried(SEEDS, this::write);
    }

    /// As people do it: with keys, a mouse and an input method, and the relay goes away under them
    /// and comes back.
    @Test
    void they_have_one_also_where_hands_write_and_the_relay_is_cut_off() throws Exception {
        tried(SEEDS_BY_HAND, this::writeByHand);
    }

    private interface Session {
        Document written(long seed) throws Exception;
    }

    private static void tried(int seeds, Session session) {
        long first = Laws.caseSeed();
        for (long seed :
                LongStream.range(first, first + (Laws.isReplay() ? 1 : seeds)).toArray()) {
            try {
                var end = session.written(seed);
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
            return allHave(late, id, places, ROUNDS / 2);
        }
    }

    private Document writeByHand(long seed) throws Exception {
        var id = mara.createDocument("Plan " + seed).get(30, TimeUnit.SECONDS);
        try (var jon = CoscribeClient.join(invite(id, Role.EDITOR), "Jon", profile(), drawing);
                var late = CoscribeClient.join(invite(id, Role.VIEWER), "Late", profile());
                var hers = new Place(mara.opening(id).get(30, TimeUnit.SECONDS), new Gen(seed));
                var his = new Place(jon.opening(id).get(30, TimeUnit.SECONDS), new Gen(seed + 1))) {
            var places = List.of(hers, his);
            var hands = List.of(
                    new Hand(hers.surface, new SplittableRandom(seed)),
                    new Hand(his.surface, new SplittableRandom(seed + 1)));
            Fx.run(() -> hers.model.pastePlain(PASTED));
            for (int i = 0; i < 3 * ROUNDS; i++) {
                if (i == ROUNDS) {
                    relay.close();
                } else if (i == 2 * ROUNDS) {
                    startRelay();
                    Fx.run(() -> places.forEach(place -> place.document.tryNow()));
                }
                hands.forEach(hand -> Fx.run(hand::acts));
                if (i < ROUNDS || i >= 2 * ROUNDS) {
                    places.get(i % 2).document.saved().get(60, TimeUnit.SECONDS);
                }
            }
            hands.forEach(hand -> Fx.run(hand::rests));
            return allHave(late, id, places, ROUNDS / 4);
        }
    }

    private Document allHave(CoscribeClient late, DocumentId id, List<Place> places, int revisions) throws Exception {
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
            assertThat(Fx.call(place::drawn)).as("a widget's and the relay's").isEqualTo(theirs);
        }
        assertThat(read.session().revision().number()).isGreaterThan(revisions);
        return read.document();
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
            return surface.readBack(model.document()).contentHash();
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
