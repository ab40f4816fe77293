package coscribe.relay.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DocumentId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// What every {@link PresenceStore} must do.
public abstract class PresenceStoreContract {
    private static final AtomicLong CONTRACTS = new AtomicLong();
    private final RandomGenerator random = new SplittableRandom(77_000_000 + CONTRACTS.incrementAndGet());
    private final DocumentId document = DocumentId.random(random);
    private final ClientId mara = ClientId.random(random);
    private final ClientId jon = ClientId.random(random);

    protected abstract PresenceStore presence();

    /// Lets so much time pass, by the store's clock.
    protected abstract void elapse(Duration duration);

    /// How long a record lives: 30 s, or less where the store runs on a real clock.
    protected abstract Duration timeToLive();

    private Map<String, String> present(DocumentId where) {
        var texts = new HashMap<String, String>();
        await(presence().present(where))
                .forEach((client, bytes) -> texts.put(client.hex(), new String(bytes, StandardCharsets.UTF_8)));
        return texts;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @CanIgnoreReturnValue
    private static <T> T await(CompletionStage<T> stage) {
        return DocumentStoreFixture.await(stage);
    }

    @Test
    void nobody_is_in_a_document_at_first() {
        assertThat(present(document)).isEmpty();
    }

    @Test
    void who_was_renewed_is_present_with_the_newest_record() {
        await(presence().renew(document, Map.of(mara, utf8("m1"), jon, utf8("j1"))));
        await(presence().renew(document, Map.of(mara, utf8("m2"))));
        assertThat(present(document)).isEqualTo(Map.of(mara.hex(), "m2", jon.hex(), "j1"));
    }

    @Test
    void renewing_nobody_changes_nothing() {
        await(presence().renew(document, Map.of()));
        assertThat(present(document)).isEmpty();
    }

    @Test
    void who_left_is_gone_and_may_leave_twice() {
        await(presence().renew(document, Map.of(mara, utf8("m"), jon, utf8("j"))));
        await(presence().remove(document, mara));
        await(presence().remove(document, mara));
        assertThat(present(document)).isEqualTo(Map.of(jon.hex(), "j"));
    }

    @Test
    void documents_are_kept_apart() {
        await(presence().renew(document, Map.of(mara, utf8("m"))));
        assertThat(present(DocumentId.random(random))).isEmpty();
    }

    @Test
    void who_is_not_renewed_vanishes_and_who_is_renewed_stays() {
        await(presence().renew(document, Map.of(mara, utf8("m"), jon, utf8("j"))));
        elapse(timeToLive().multipliedBy(2).dividedBy(3));
        await(presence().renew(document, Map.of(jon, utf8("j"))));
        assertThat(present(document)).containsKey(jon.hex());
        elapse(timeToLive().multipliedBy(2).dividedBy(3));
        await(presence().renew(document, Map.of(jon, utf8("j"))));
        assertThat(present(document)).isEqualTo(Map.of(jon.hex(), "j"));
        elapse(timeToLive());
        assertThat(present(document)).isEmpty();
    }
}
