package coscribe.relay.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.RelayId;
import coscribe.ot.protocol.Role;
import coscribe.relay.auth.Principal.Ceiling;
import coscribe.relay.auth.Principal.Origin;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
    private static final PersonId MARA = new PersonId("0123456789abcdef0123456789abcdef");
    private static final DocumentId PLAN = new DocumentId("00000000000000000000000000000001");
    private static final RelayId RELAY = RelayId.random(new Random(1));

    private final SigningSecret secret = new SigningSecret(random(1));
    private final SigningSecret teamSecret = new SigningSecret(random(2));
    private Instant now = START;
    private final AccessTokens own = new AccessTokens(RELAY, secret, Duration.ofMinutes(15), () -> now);
    private final TokenReader reader = new TokenReader(own, Optional.empty());

    @Test
    void an_issued_token_names_the_person_the_version_and_its_end() {
        var issued = own.issue(MARA, 7);

        assertThat(issued.expires()).isEqualTo(START.plusSeconds(900));
        assertThat(reader.read(issued.text()))
                .isEqualTo(new TokenVerdict.Accepted(
                        new Principal(MARA, new Origin.Own(7), issued.expires(), Optional.empty())));
    }

    @Test
    void a_token_for_one_document_carries_its_ceiling() {
        var ceiling = new Ceiling(PLAN, Role.COMMENTER);

        var issued = own.issue(MARA, 0, Duration.ofHours(1), Optional.of(ceiling));

        assertThat(accepted(issued.text()).ceiling()).contains(ceiling);
    }

    @Test
    void a_token_is_good_until_half_a_minute_after_its_end() {
        var token = own.issue(MARA, 0).text();

        now = START.plusSeconds(900 + 29);
        assertThat(reader.read(token)).isInstanceOf(TokenVerdict.Accepted.class);
        now = START.plusSeconds(900 + 30);
        assertThat(reader.read(token)).isEqualTo(new TokenVerdict.Rejected(Rejection.EXPIRED));
    }

    @Test
    void a_token_of_a_relay_whose_clock_is_a_little_ahead_is_good() {
        var token = own.issue(MARA, 0).text();

        now = START.minusSeconds(30);
        assertThat(reader.read(token)).isInstanceOf(TokenVerdict.Accepted.class);
        now = START.minusSeconds(31);
        assertThat(reader.read(token)).isEqualTo(new TokenVerdict.Rejected(Rejection.NOT_YET));
    }

    @Test
    void only_a_token_that_ran_out_counts_as_expired() {
        assertThat(Rejection.EXPIRED.failure()).isEqualTo(FailureCode.EXPIRED);
        assertThat(Rejection.SIGNATURE.failure()).isEqualTo(FailureCode.UNAUTHENTICATED);
    }

    @Test
    void the_bearer_header_carries_a_token() {
        var token = own.issue(MARA, 0).text();

        assertThat(reader.readHeader(Optional.of("Bearer " + token))).isInstanceOf(TokenVerdict.Accepted.class);
        assertThat(reader.readHeader(Optional.of("bearer  " + token + " "))).isInstanceOf(TokenVerdict.Accepted.class);
        assertThat(reader.readHeader(Optional.of("Basic " + token)))
                .isEqualTo(new TokenVerdict.Rejected(Rejection.MALFORMED));
        assertThat(reader.readHeader(Optional.empty())).isEqualTo(new TokenVerdict.Rejected(Rejection.MISSING));
    }

    @Test
    void neither_tokens_nor_secrets_print_themselves() {
        var issued = own.issue(MARA, 0);

        assertThat(issued.toString()).doesNotContain(issued.text());
        assertThat(secret).hasToString("SigningSecret[hidden]");
    }

    @Test
    void a_life_over_an_hour_is_not_issued() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> own.issue(MARA, 0, Duration.ofMinutes(61), Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AccessTokens(RELAY, secret, Duration.ofDays(1), () -> now));
    }

    @Test
    void the_same_subject_of_another_service_is_always_the_same_person() {
        var team = new TokenReader(own, Optional.of(new ForeignTokens(teamSecret, Optional.empty(), () -> now)));
        var token = foreign().claim("sub", "\"alice\"").claim("name", "\"Alice A.\"");

        var first = accepted(team, token.sign());
        var again = accepted(
                team,
                token.copy()
                        .claim("exp", "" + START.plusSeconds(90).getEpochSecond())
                        .sign());
        var byUserId = accepted(team, foreign().claim("userId", "\"alice\"").sign());
        var elsewhere = accepted(team, token.copy().claim("iss", "\"shop\"").sign());

        assertThat(first.origin()).isEqualTo(new Origin.Foreign("Alice A."));
        assertThat(first.person()).isEqualTo(again.person()).isEqualTo(byUserId.person());
        assertThat(elsewhere.person()).isNotEqualTo(first.person());
    }

    @Test
    void a_token_of_another_service_may_open_one_document() {
        var team = new TokenReader(own, Optional.of(new ForeignTokens(teamSecret, Optional.of("docs"), () -> now)));
        var token = foreign()
                .claim("aud", "[\"docs\",\"wiki\"]")
                .claim("sub", "\"alice\"")
                .claim("doc", Forge.quoted(PLAN.hex()))
                .claim("role", "\"viewer\"");

        assertThat(accepted(team, token.sign()).ceiling()).contains(new Ceiling(PLAN, Role.VIEWER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "a-string-secret-at-least-256-bits-long",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "passwordpasswordpasswordpassword",
                "0123456789abcdef0123456789abcdef"
            })
    void a_secret_that_others_can_guess_is_refused(String weak) {
        var bytes = weak.getBytes(StandardCharsets.UTF_8);

        assertThat(SigningSecret.problem(bytes)).isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> new SigningSecret(bytes));
    }

    @Test
    void a_random_secret_of_32_bytes_is_taken() {
        assertThat(SigningSecret.problem(random(3))).isEmpty();
    }

    private Forge foreign() {
        return Forge.with(random(2))
                .header("alg", "\"HS256\"")
                .claim("exp", "" + START.plusSeconds(60).getEpochSecond());
    }

    private Principal accepted(String token) {
        return accepted(reader, token);
    }

    private static Principal accepted(TokenReader reader, String token) {
        return switch (reader.read(token)) {
            case TokenVerdict.Accepted(var principal) -> principal;
            case TokenVerdict.Rejected(var reason, var _) -> throw new AssertionError(reason);
        };
    }

    private static byte[] random(long seed) {
        var bytes = new byte[32];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
