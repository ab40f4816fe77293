package coscribe.ot.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class IdsTest {
    private static final List<Function<String, Object>> IDS =
            List.of(ClientId::new, DeviceId::new, DocumentId::new, Epoch::new, PersonId::new, RelayId::new);
    private static final List<Function<RandomGenerator, Object>> RANDOM = List.of(
            ClientId::random, DeviceId::random, DocumentId::random, Epoch::random, PersonId::random, RelayId::random);

    @Test
    void an_id_is_32_lower_case_hex_digits_and_prints_as_them() {
        String hex = "0123456789abcdef0123456789abcdef";
        for (var id : IDS) {
            assertThat(id.apply(hex)).hasToString(hex).isEqualTo(id.apply(hex));
            for (String wrong :
                    List.of("", hex.substring(1), hex + "0", "g" + hex.substring(1), "A" + hex.substring(1))) {
                assertThatThrownBy(() -> id.apply(wrong))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("32 lower-case hex digits");
            }
        }
    }

    @Test
    void a_wrong_id_is_not_repeated_in_the_message() {
        assertThatThrownBy(() -> new ClientId("secret")).message().doesNotContain("secret");
    }

    @Test
    void random_ids_differ_and_the_same_chance_gives_the_same_id() {
        for (var random : RANDOM) {
            var chance = new SplittableRandom(7);
            var seen = new HashSet<>();
            for (int i = 0; i < 1_000; i++) {
                seen.add(random.apply(chance));
            }
            assertThat(seen).hasSize(1_000);
            assertThat(random.apply(new SplittableRandom(7))).isEqualTo(random.apply(new SplittableRandom(7)));
        }
    }

    @Test
    void a_chain_hash_covers_the_one_before_it_and_the_bytes_of_the_commit() {
        // printf '%064d%s' 0 'commit one' | sha256sum
        var one = ChainHash.START.after("commit one".getBytes(StandardCharsets.UTF_8));
        assertThat(one).isEqualTo(new ChainHash("1bf449b2486af18ff1aed0c3d233c72469c0ef9abff5930e281f79481ed67584"));
        assertThat(one.after(new byte[0])).isNotEqualTo(one);
        assertThat(one.after(new byte[] {1})).isNotEqualTo(ChainHash.START.after(new byte[] {1}));
        assertThatThrownBy(() -> new ChainHash("0")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void revisions_are_dense_and_fit_a_json_number() {
        assertThat(Revision.ZERO.next()).isEqualTo(new Revision(1));
        assertThat(new Revision(5).isAfter(new Revision(4))).isTrue();
        assertThat(new Revision(5).isAfter(new Revision(5))).isFalse();
        assertThat(new Revision(5)).isLessThan(new Revision(6)).hasToString("5");
        assertThat(new Revision(Revision.MAX).number()).isEqualTo((long) (double) Revision.MAX);
        assertThatThrownBy(() -> new Revision(Revision.MAX).next()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Revision(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void words_of_the_wire_are_read_as_they_are_written() {
        for (Role role : Role.values()) {
            assertThat(Role.ofWord(role.word())).contains(role);
        }
        for (Intent intent : Intent.values()) {
            assertThat(Intent.ofWord(intent.word())).contains(intent);
        }
        for (Refusal refusal : Refusal.values()) {
            assertThat(Refusal.ofWord(refusal.word())).contains(refusal);
        }
        for (FailureCode code : FailureCode.values()) {
            assertThat(FailureCode.ofWord(code.word())).contains(code);
        }
        assertThat(Refusal.CATCH_UP.word()).isEqualTo("catch_up");
        assertThat(Role.ofWord("OWNER")).isEmpty();
    }

    @Test
    void each_role_may_what_those_before_it_may() {
        assertThat(Role.OWNER.atLeast(Role.EDITOR)).isTrue();
        assertThat(Role.EDITOR.atLeast(Role.EDITOR)).isTrue();
        assertThat(Role.COMMENTER.atLeast(Role.EDITOR)).isFalse();
        assertThat(Role.VIEWER.atLeast(Role.COMMENTER)).isFalse();
    }

    @Test
    void only_an_edit_must_carry_its_own_stamp() {
        assertThat(Intent.EDIT.mayCarryOthersText()).isFalse();
        assertThat(List.of(Intent.UNDO, Intent.REDO, Intent.MOVE, Intent.RESTORE))
                .allMatch(Intent::mayCarryOthersText);
    }

    @Test
    void close_codes_are_distinct_and_fit_a_close_frame() {
        assertThat(CloseReason.values()).extracting(CloseReason::code).doesNotHaveDuplicates();
        for (CloseReason reason : CloseReason.values()) {
            assertThat(reason.code()).matches(code -> (code >= 1000 && code < 1016) || (code >= 4000 && code < 5000));
            assertThat(reason.text().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(123);
        }
    }

    @Test
    void secrets_do_not_print() {
        assertThat(List.of(
                        new Credential.AccessToken("s3cret"),
                        new Credential.InviteCode("s3cret", "s3cret"),
                        new Credential.Refresh("s3cret"),
                        new ServerMessage.Tokens("s3cret", "s3cret")))
                .allMatch(secret -> !secret.toString().contains("s3cret"));
    }
}
