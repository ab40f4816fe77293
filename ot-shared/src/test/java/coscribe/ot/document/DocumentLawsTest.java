package coscribe.ot.document;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.delta.Side;
import coscribe.ot.kit.Laws;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The laws of docs/LAWS.md for whole documents: text and comment threads together.
class DocumentLawsTest {
    /// 2: at the relay and at the client the events come in the log's order, the arriving
    /// change's last.
    @Test
    void relay_and_client_end_with_the_same_document_and_the_same_hash() {
        Laws.hold(gen -> {
            var drawn = gen.change(gen.document());
            var base = drawn.base().toDocument();
            var a = gen.commit(drawn);
            var c = gen.commit(gen.beside(drawn));
            var relay = base.apply(a).apply(c.transform(a, Side.RIGHT));
            var clientText =
                    base.text().apply(c.delta()).apply(a.transform(c, Side.LEFT).delta());
            assertThat(clientText).isEqualTo(relay.text());
            var confirmed = base.apply(a).apply(Change.of(c.delta()).transform(a, Side.RIGHT));
            assertThat(new Document(clientText, confirmed.threads().after(c.events())))
                    .isEqualTo(relay);
            assertThat(new Document(clientText, confirmed.threads().after(c.events())).contentHash())
                    .isEqualTo(relay.contentHash());
        });
    }

    /// 3
    @Test
    void a_composed_commit_does_to_text_and_threads_what_its_parts_did() {
        Laws.hold(gen -> {
            var drawn = gen.change(gen.document());
            var base = drawn.base().toDocument();
            var run = new ArrayList<Change>();
            run.add(gen.commit(drawn));
            var document = base.apply(run.getFirst());
            for (int i = gen.between(0, 5); i > 0; i--) {
                drawn = gen.then(drawn);
                run.add(gen.commit(drawn));
                document = document.apply(run.getLast());
            }
            assertThat(base.apply(Change.composeAll(run))).isEqualTo(document);
            assertThat(run.stream().reduce(Change::compose).orElseThrow()).isEqualTo(Change.composeAll(run));
        });
    }

    /// 4 and 5
    @Test
    void commits_compose_associatively_and_the_identity_is_neutral() {
        Laws.hold(gen -> {
            var drawnA = gen.change(gen.document());
            var drawnB = gen.then(drawnA);
            var a = gen.commit(drawnA);
            var b = gen.commit(drawnB);
            var c = gen.commit(gen.then(drawnB));
            assertThat(a.compose(b).compose(c)).isEqualTo(a.compose(b.compose(c)));
            assertThat(Change.identity(a.delta().baseLength()).compose(a)).isEqualTo(a);
            assertThat(a.compose(Change.identity(a.delta().targetLength()))).isEqualTo(a);
        });
    }

    /// 7
    @Test
    void a_commit_transforms_over_composed_history_as_one_by_one() {
        Laws.hold(gen -> {
            var drawn = gen.change(gen.document());
            var a = gen.commit(drawn);
            var b = gen.commit(gen.then(drawn));
            var c = gen.commit(gen.beside(drawn));
            assertThat(c.transform(Change.composeAll(List.of(a, b)), Side.RIGHT))
                    .isEqualTo(c.transform(a, Side.RIGHT).transform(b, Side.RIGHT));
        });
    }

    @Test
    void documents_are_equal_exactly_when_their_canonical_forms_are() {
        Laws.hold(gen -> {
            var drawn = gen.change(gen.document());
            var one = drawn.base().toDocument();
            var two = one.apply(gen.commit(drawn));
            assertThat(CanonicalForm.of(two))
                    .isEqualTo(CanonicalForm.of(new Document(drawn.after().toText(), two.threads())));
            assertThat(Arrays.equals(CanonicalForm.of(one), CanonicalForm.of(two)))
                    .isEqualTo(one.equals(two));
            assertThat(one.contentHash().equals(two.contentHash())).isEqualTo(one.equals(two));
        });
    }
}
