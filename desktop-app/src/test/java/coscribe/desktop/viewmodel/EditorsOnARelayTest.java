package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.client.CoscribeClient;
import coscribe.client.InviteLink;
import coscribe.client.runner.DocumentClient;
import coscribe.desktop.host.BundledRelay;
import coscribe.ot.kit.Gen;
import coscribe.ot.kit.Laws;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.Role;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two editors over sockets, a real relay and its store between them: it takes everything that
/// writers can do, and all see the same.
class EditorsOnARelayTest {
    private static final int ROUNDS = 150;

    @TempDir
    Path folder;

    @Test
    void a_relay_takes_whatever_two_writers_do_at_once_and_a_newcomer_reads_what_they_see() throws Exception {
        long seed = Laws.caseSeed();
        try (var relay = BundledRelay.start(
                        folder.resolve("relay"), InstantSource.system(), new SecureRandom(), "test");
                var mara = CoscribeClient.join(relay.ownerInvite(), "Mara", folder.resolve("mara"))) {
            var id = mara.createDocument("Plan").get(30, TimeUnit.SECONDS);
            try (var jon = joined(relay, mara, id, Role.EDITOR, "Jon");
                    var late = joined(relay, mara, id, Role.VIEWER, "Late")) {
                var writers =
                        List.of(new Writer(mara.open(id), new Gen(seed)), new Writer(jon.open(id), new Gen(seed + 1)));
                for (int i = 0; i < ROUNDS; i++) {
                    writers.forEach(Writer::doesSomething);
                    // The other one's edits are under way meanwhile.
                    writers.get(i % 2).document.saved().get(60, TimeUnit.SECONDS);
                }
                for (Writer writer : writers) {
                    writer.document.saved().get(60, TimeUnit.SECONDS);
                    assertThat(writer.document.copies()).as("seed %d", seed).isEmpty();
                }
                var reader = late.open(id);
                reader.opened().get(30, TimeUnit.SECONDS);
                await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                    for (Writer writer : writers) {
                        assertThat(writer.document.document().contentHash())
                                .as("seed %d", seed)
                                .isEqualTo(reader.document().contentHash());
                    }
                });
                for (Writer writer : writers) {
                    var drawn = writer.document.call(_ -> writer.surface.text()).get(30, TimeUnit.SECONDS);
                    assertThat(drawn).isEqualTo(reader.document().text());
                }
                assertThat(reader.session().revision().number()).isGreaterThan(ROUNDS / 2);
            }
        }
    }

    @Test
    void who_comes_later_learns_what_somebody_is_called_who_wrote_and_left() throws Exception {
        try (var relay = BundledRelay.start(
                        folder.resolve("relay"), InstantSource.system(), new SecureRandom(), "test");
                var mara = CoscribeClient.join(relay.ownerInvite(), "Mara", folder.resolve("mara"))) {
            var id = mara.createDocument("Plan").get(30, TimeUnit.SECONDS);
            try (var jon = joined(relay, mara, id, Role.EDITOR, "Jon");
                    var his = jon.open(id)) {
                his.opened().get(30, TimeUnit.SECONDS);
                his.run(it -> it.insert(0, "Jon was here.")).get(30, TimeUnit.SECONDS);
                his.saved().get(30, TimeUnit.SECONDS);
            }
            var hers = mara.open(id);
            hers.opened().get(30, TimeUnit.SECONDS);
            var people = hers.call(it -> new People(it, InstantSource.system(), new OwnColours(Map.of())))
                    .get(30, TimeUnit.SECONDS);
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                var names = hers.call(_ -> people.met().get().values().stream()
                                .map(Person::name)
                                .toList())
                        .get(30, TimeUnit.SECONDS);
                assertThat(names).contains("Jon");
            });
            assertThat(hers.call(_ -> people.everyone().get()).get(30, TimeUnit.SECONDS))
                    .isEmpty();
            hers.run(_ -> people.close()).get(30, TimeUnit.SECONDS);
        }
    }

    private CoscribeClient joined(BundledRelay relay, CoscribeClient owner, DocumentId id, Role role, String name)
            throws Exception {
        String code = owner.invite(id, role, Duration.ofHours(1), 1).get(30, TimeUnit.SECONDS);
        return CoscribeClient.join(new InviteLink(List.of(relay.address()), code), name, folder.resolve(name));
    }

    private static final class Writer {
        private final DocumentClient document;
        private final EditorModel model;
        private final ModelSurface surface = new ModelSurface();
        private final RandomHand hand;
        private final Gen gen;

        Writer(DocumentClient document, Gen gen) throws Exception {
            this.document = document;
            this.gen = gen;
            this.hand = new RandomHand(gen);
            document.opened().get(30, TimeUnit.SECONDS);
            this.model = document.call(it -> new EditorModel(it, InstantSource.system()))
                    .get(30, TimeUnit.SECONDS);
            document.run(_ -> model.attach(surface)).get(30, TimeUnit.SECONDS);
        }

        /// When its thread comes to it.
        void doesSomething() {
            var _ = document.run(_ -> {
                if (gen.chance(80)) {
                    hand.command().accept(model);
                } else if (gen.chance(70)) {
                    model.undo();
                } else {
                    model.redo();
                }
            });
        }
    }
}
