package coscribe.relay.auth;

import static coscribe.relay.auth.Forge.encode;
import static coscribe.relay.auth.Forge.part;
import static coscribe.relay.auth.Forge.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.RelayId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A corpus of forged tokens, of which none is accepted, whether or not
/// the relay also takes tokens of another service.
class ForgedTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final byte[] SECRET = secret(1);
    private static final byte[] FOREIGN_SECRET = secret(2);
    private static final RelayId RELAY = new RelayId("00112233445566778899aabbccddeeff");
    private static final RelayId OTHER_RELAY = new RelayId("ffeeddccbbaa99887766554433221100");
    private static final String PERSON = "0123456789abcdef0123456789abcdef";

    private final AccessTokens own =
            new AccessTokens(RELAY, new SigningSecret(SECRET), Duration.ofMinutes(15), () -> NOW);
    private final ForeignTokens foreign =
            new ForeignTokens(new SigningSecret(FOREIGN_SECRET), Optional.of("coscribe-team"), () -> NOW);
    private final List<TokenReader> readers =
            List.of(new TokenReader(own, Optional.empty()), new TokenReader(own, Optional.of(foreign)));

    private final Map<String, String> corpus = new LinkedHashMap<>();
    private final Map<String, String> named = new HashMap<>();

    @Test
    void the_tokens_that_the_forgeries_start_from_are_accepted() {
        assertThat(readers)
                .allSatisfy(reader -> assertThat(reader.read(good().sign())).isInstanceOf(TokenVerdict.Accepted.class));
        assertThat(readers.get(1).read(goodForeign().sign())).isInstanceOf(TokenVerdict.Accepted.class);
    }

    @Test
    void no_forged_token_is_accepted() {
        algorithms();
        types();
        signatures();
        keyHeaders();
        claims();
        times();
        shapes();
        foreignOnes();
        strayBits();

        assertThat(corpus).hasSizeGreaterThan(300);
        corpus.forEach((name, token) -> assertThat(readers)
                .as(name)
                .allSatisfy(reader -> assertThat(reader.read(token)).isInstanceOf(TokenVerdict.Rejected.class)));
    }

    private static Forge good() {
        return Forge.with(SECRET)
                .header("alg", "\"HS256\"")
                .header("typ", "\"coscribe+jwt\"")
                .claim("iss", "\"coscribe\"")
                .claim("aud", quoted(RELAY.hex()))
                .claim("sub", quoted(PERSON))
                .claim("iat", "" + NOW.getEpochSecond())
                .claim("exp", "" + NOW.plusSeconds(900).getEpochSecond())
                .claim("ver", "1");
    }

    private static Forge goodForeign() {
        return Forge.with(FOREIGN_SECRET)
                .header("alg", "\"HS256\"")
                .header("typ", "\"JWT\"")
                .claim("aud", "\"coscribe-team\"")
                .claim("sub", "\"alice\"")
                .claim("exp", "" + NOW.plusSeconds(900).getEpochSecond());
    }

    private void add(String name, String token) {
        assertThat(named.putIfAbsent(token, name))
                .as("the same token as " + name)
                .isNull();
        assertThat(corpus.put(name, token)).as("named twice: " + name).isNull();
    }

    private void algorithms() {
        var names = List.of(
                "\"none\"",
                "\"None\"",
                "\"NONE\"",
                "\"nOnE\"",
                "\"\"",
                "null",
                "\"HS384\"",
                "\"HS512\"",
                "\"RS256\"",
                "\"ES256\"",
                "\"PS256\"",
                "\"EdDSA\"",
                "\"hs256\"",
                "\"HS256 \"",
                "\"HS256\\u0000\"",
                "[\"HS256\"]",
                "256",
                "true",
                "{\"alg\":\"HS256\"}");
        for (var alg : names) {
            var token = good().header("alg", alg);
            add("alg " + alg + ", no signature", token.unsigned() + ".");
            add("alg " + alg + ", signed by HS256", token.sign());
            add("alg " + alg + ", signed by HS384", token.sign("HmacSHA384"));
            add("alg " + alg + ", signed by HS512", token.sign("HmacSHA512"));
        }
        add("no alg, no signature", good().withoutHeader("alg").unsigned() + ".");
        add("no alg, signed", good().withoutHeader("alg").sign());
    }

    private void types() {
        add("no typ", good().withoutHeader("typ").sign());
        for (var typ : List.of(
                "\"JWT\"",
                "\"COSCRIBE+JWT\"",
                "\" coscribe+jwt\"",
                "\"coscribe+jwt \"",
                "\"at+jwt\"",
                "null",
                "5",
                "[]",
                "\"application/coscribe+jwt\"",
                "\"coscribe\"")) {
            add("typ " + typ, good().header("typ", typ).sign());
        }
    }

    private void signatures() {
        var token = good().sign();
        int from = token.lastIndexOf('.') + 1;
        for (int at = from; at < token.length(); at++) {
            char other = token.charAt(at) == 'A' ? 'B' : 'A';
            add("signature changed at " + (at - from), token.substring(0, at) + other + token.substring(at + 1));
        }
        for (int keep = 0; keep < 43; keep += 7) {
            add("signature cut to " + keep, token.substring(0, from + keep));
        }
        var unsigned = good().unsigned() + ".";
        add("signature of 32 zeros", unsigned + encode(new byte[32]));
        add("signature of 64 zeros", unsigned + encode(new byte[64]));
        add("signature twice", token + token.substring(from));
        add(
                "signature of another token",
                unsigned + good().claim("ver", "2").sign().substring(from));
        int number = 0;
        for (var key : List.of(
                new byte[1], // as any longer run of zeros: HMAC pads with zeros
                secret(3),
                utf8("secret"),
                utf8("coscribe"),
                utf8(RELAY.hex()),
                utf8("your-256-bit-secret"),
                utf8(java.util.HexFormat.of().formatHex(SECRET)),
                utf8(encode(SECRET)))) {
            add("signed with another key " + number++, good().copy(key).sign());
        }
    }

    private void keyHeaders() {
        var attacker = secret(4);
        var jwk = "{\"kty\":\"oct\",\"k\":" + quoted(encode(attacker)) + "}";
        for (var kid : List.of(
                "../../../../dev/null",
                "/proc/self/environ",
                "' OR 1=1 --",
                "x' UNION SELECT 'key",
                "http://127.0.0.1/k",
                "file:///etc/passwd",
                "$(id)",
                "a\\u0000b",
                "k".repeat(5_000),
                "{{7*7}}")) {
            add("kid " + kid, good().copy(attacker).header("kid", quoted(kid)).sign());
            add(
                    "kid " + kid + " with an empty key",
                    good().copy(new byte[1]).header("kid", quoted(kid)).sign());
        }
        add("jwk", good().copy(attacker).header("jwk", jwk).sign());
        for (var name : List.of("jku", "x5u")) {
            add(
                    name,
                    good().copy(attacker)
                            .header(name, "\"https://127.0.0.1/keys\"")
                            .sign());
        }
        add("x5c", good().copy(attacker).header("x5c", "[\"MIIB\"]").sign());
        add("crit", good().header("crit", "[\"exp\"]").sign());
        add(
                "crit b64",
                good().header("crit", "[\"b64\"]").header("b64", "false").sign());
        add("b64", good().header("b64", "false").sign());
        add("zip", good().header("zip", "\"DEF\"").sign());
        add("enc", good().header("enc", "\"A128GCM\"").sign());
    }

    private void claims() {
        for (var name : List.of("iss", "aud", "sub", "iat", "exp", "ver")) {
            add("no " + name, good().without(name).sign());
            for (var json :
                    List.of("null", "\"\"", "\" \"", "true", "[]", "{}", "[null]", "-1", "1.5", "\"1\"", "[1]")) {
                add(name + " is " + json, good().claim(name, json).sign());
            }
        }
        for (var iss : List.of("Coscribe", "coscribe ", "coscribe2", RELAY.hex(), "https://coscribe")) {
            add("iss " + iss, good().claim("iss", quoted(iss)).sign());
        }
        for (var aud : List.of(
                quoted(OTHER_RELAY.hex()),
                quoted(RELAY.hex().toUpperCase(java.util.Locale.ROOT)),
                quoted(RELAY.hex() + " "),
                "[" + quoted(RELAY.hex()) + "," + quoted(OTHER_RELAY.hex()) + "]",
                "{\"aud\":" + quoted(RELAY.hex()) + "}",
                "\"*\"")) {
            add("aud " + aud, good().claim("aud", aud).sign());
        }
        for (var sub : List.of(
                PERSON.substring(1),
                PERSON + "0",
                PERSON.replace('a', 'A'),
                "admin",
                "../" + PERSON.substring(3),
                PERSON.substring(1) + "\\u0000",
                PERSON.substring(1) + " ",
                PERSON.substring(1) + "\\uff10")) {
            add("sub " + sub, good().claim("sub", quoted(sub)).sign());
        }
        for (var ver : List.of("1e3", "99999999999999999999", "{\"ver\":1}", "0x1")) {
            add("ver " + ver, good().claim("ver", ver).sign());
        }
        var doc = quoted("00000000000000000000000000000001");
        add("doc without role", good().claim("doc", doc).sign());
        add("role without doc", good().claim("role", "\"owner\"").sign());
        add("role admin", good().claim("doc", doc).claim("role", "\"admin\"").sign());
        add("role OWNER", good().claim("doc", doc).claim("role", "\"OWNER\"").sign());
        add(
                "role in a list",
                good().claim("doc", doc).claim("role", "[\"owner\"]").sign());
        add("doc *", good().claim("doc", "\"*\"").claim("role", "\"owner\"").sign());
    }

    private void times() {
        long now = NOW.getEpochSecond();
        add(
                "expired a day ago",
                good().claim("iat", "" + (now - 87_000))
                        .claim("exp", "" + (now - 86_400))
                        .sign());
        add(
                "expired past the leeway",
                good().claim("iat", "" + (now - 900))
                        .claim("exp", "" + (now - 30))
                        .sign());
        add("expires 1970", good().claim("exp", "0").sign());
        add(
                "life of an hour and a second",
                good().claim("exp", "" + (now + 3_601)).sign());
        add("life of a year", good().claim("exp", "" + (now + 31_536_000)).sign());
        add("exp beyond the calendar", good().claim("exp", "253402300800").sign());
        add("exp huge", good().claim("exp", "999999999999999999").sign());
        add(
                "exp larger than a long",
                good().claim("exp", "9999999999999999999999").sign());
        add("exp 1e300", good().claim("exp", "1e300").sign());
        add("exp as a date", good().claim("exp", "\"2026-12-01T00:00:00Z\"").sign());
        add(
                "issued tomorrow",
                good().claim("iat", "" + (now + 86_400))
                        .claim("exp", "" + (now + 87_000))
                        .sign());
        add("nbf tomorrow", good().claim("nbf", "" + (now + 86_400)).sign());
        add("nbf as text", good().claim("nbf", "\"soon\"").sign());
    }

    private void shapes() {
        var token = good().sign();
        var parts = List.of(token.split("\\."));
        add("nothing", "");
        add("blank", " ");
        for (var text : List.of(
                ".", "..", "...", "a", "a.b", "a.b.c", "null", "{}", "Bearer " + token, token + ".", "." + token)) {
            add("shape " + text.length() + text.charAt(0) + text.charAt(text.length() - 1), text);
        }
        add("five parts", token + "." + parts.get(1) + "." + parts.get(2));
        add("padded", token + "=");
        add("padded payload", parts.get(0) + "." + parts.get(1) + "=." + parts.get(2));
        add("space before", " " + token);
        add("space behind", token + " ");
        add("line end", token + "\n");
        add("line end inside", parts.get(0) + "\n." + parts.get(1) + "." + parts.get(2));
        add("NUL behind", token + "\0");
        add("other base64", token.replace('-', '+').replace('_', '/').replaceFirst("\\.", "+."));
        add("full-width dot", token.replace('.', '\uff0e'));
        for (var payload :
                List.of("", "[]", "null", "1", "{", "{\"sub\":", "\"text\"", "{} {}", "{\"a\":1,}", "\ufeff{}")) {
            var head = parts.get(0) + "." + part(payload);
            add("payload " + payload, head + "." + Forge.signature("HmacSHA256", SECRET, head));
        }
        for (var header : List.of("", "[]", "null", "{", "\"HS256\"", "{\"alg\":\"HS256\",\"typ\":\"coscribe+jwt\"")) {
            var head = part(header) + "." + parts.get(1);
            add("header " + header, head + "." + Forge.signature("HmacSHA256", SECRET, head));
        }
        add("deep", good().claim("x", "[".repeat(1_500) + "]".repeat(1_500)).sign());
        add("long", good().claim("x", quoted("x".repeat(10_000))).sign());
        add("a megabyte", "a".repeat(1 << 20));
    }

    private void foreignOnes() {
        add("foreign, signed with our secret", goodForeign().copy(SECRET).sign());
        add("foreign, as ours", goodForeign().header("typ", "\"coscribe+jwt\"").sign());
        add("ours, signed with the foreign secret", good().copy(FOREIGN_SECRET).sign());
        add("foreign, other audience", goodForeign().claim("aud", "\"shop\"").sign());
        add(
                "foreign, audience is our relay",
                goodForeign().claim("aud", quoted(RELAY.hex())).sign());
        add("foreign, no audience", goodForeign().without("aud").sign());
        add("foreign, no subject", goodForeign().without("sub").sign());
        add("foreign, subject empty", goodForeign().claim("sub", "\"\"").sign());
        add("foreign, subject a number", goodForeign().claim("sub", "7").sign());
        add("foreign, no exp", goodForeign().without("exp").sign());
        add(
                "foreign, expired",
                goodForeign()
                        .claim("exp", "" + NOW.minusSeconds(31).getEpochSecond())
                        .sign());
        add("foreign, none", goodForeign().header("alg", "\"none\"").unsigned() + ".");
        add("foreign, HS512", goodForeign().header("alg", "\"HS512\"").sign("HmacSHA512"));
        add(
                "foreign, typ secevent",
                goodForeign().header("typ", "\"secevent+jwt\"").sign());
        add(
                "foreign, role without doc",
                goodForeign().claim("role", "\"owner\"").sign());
    }

    private void strayBits() {
        long seed = 20261124;
        var random = new Random(seed);
        var token = good().sign();
        int signature = token.lastIndexOf('.');
        var letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int i = 0; i < 100; i++) {
            int at = random.nextInt(signature);
            char other = letters.charAt(random.nextInt(letters.length()));
            var changed = token.substring(0, at) + other + token.substring(at + 1);
            if (!changed.equals(token) && !named.containsKey(changed)) {
                add("seed " + seed + " change " + i, changed);
            }
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] secret(long seed) {
        var bytes = new byte[32];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
