package coscribe.desktop.policy;

import coscribe.client.link.RelayAddress;
import coscribe.desktop.policy.PolicySource.Found;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/// What can be decided. Those that say so have no effect in this version: a file may have them for
/// another one.
enum Key {
    RELAYS_ALLOWED("relays.allowed", "(any)", value -> Servers.of(texts(value))),
    RELAYS_DEFAULT("relays.default", "(none)", value -> server(text(value))),
    HOST_RELAY("hostRelay", "true", Key::flag),
    PROXY_MODE("proxy.mode", "system", value -> among(value, "system", "manual", "pac", "none")),
    PROXY_URL("proxy.url", "(none)", value -> proxy(text(value))),
    EXTRA_CA("tls.extraCaFile", "(none)", value -> file(text(value))),
    UPDATES("updates.mode", "off", value -> among(value, "off", "notify", "auto")),
    UPDATES_URL("updates.url", "(none)", value -> announced(text(value))),
    UPDATES_KEY("updates.key", "(none)", value -> signer(text(value))),
    DEEP_LINKS("deepLinks.enabled", "true", Key::flag),
    LAN_ALLOWED("lan.allowed", Key::flag),
    OIDC_ONLY("auth.oidcOnly", Key::flag),
    MAX_LINK_ROLE("share.maxLinkRole", Key::text),
    MAX_LINK_TTL("share.maxLinkTtl", Key::text),
    OFFLINE("offline.enabled", Key::flag),
    OFFLINE_DAYS("offline.maxDays", Key::number),
    EXPORT_FORMATS("export.formats", Key::texts),
    SPELLING("spellcheck.languages", Key::texts),
    LOG_LEVEL("log.level", Key::text),
    THEME("ui.theme", Key::text);

    private static final int NEAR = 3; // letters that a misspelt name may differ by
    private static final int P256 = 256; // bits
    private static final int LAST_PORT = 65_535;
    private static final String NO_KEY = "wants a public key, as 'installers/notice key' prints it";

    private final String word;
    private final Optional<String> builtIn;
    private final Function<Value, ?> meaning;

    /// Has no effect in this version.
    Key(String word, Function<Value, ?> meaning) {
        this.word = word;
        this.builtIn = Optional.empty();
        this.meaning = meaning;
    }

    /// @param builtIn  what holds where nobody decided, for a report
    /// @param meaning  of a value; throws {@link IllegalArgumentException} with the end of a sentence
    Key(String word, String builtIn, Function<Value, ?> meaning) {
        this.word = word;
        this.builtIn = Optional.of(builtIn);
        this.meaning = meaning;
    }

    String word() {
        return word;
    }

    /// Empty: it has no effect in this version.
    Optional<String> builtIn() {
        return builtIn;
    }

    static Optional<Key> named(String word) {
        return Arrays.stream(values()).filter(key -> key.word.equals(word)).findFirst();
    }

    /// What somebody meant who wrote a name that is none.
    static Optional<String> near(String word) {
        return Arrays.stream(values())
                .map(Key::word)
                .min(Comparator.comparingInt(known -> distance(known, word)))
                .filter(known -> distance(known, word) <= NEAR);
    }

    /// Levenshtein's.
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = corner + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                corner = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    /// Throws {@link IllegalArgumentException} with a sentence for people where a known name has a
    /// value that it cannot have. Names that are not known may be another version's.
    static void check(Found found) {
        for (var part : List.of(found.mandatory(), found.recommended())) {
            part.forEach((name, value) -> named(name).ifPresent(key -> key.check(value)));
        }
    }

    void check(Value value) {
        try {
            var _ = meaning.apply(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + word + "' " + e.getMessage(), e);
        }
    }

    /// The value that a person wrote into a file of names and texts.
    Value read(String written) {
        Value value;
        if (Set.of("true", "false").contains(written)) {
            value = new Value.Flag(Boolean.parseBoolean(written));
        } else if (this == RELAYS_ALLOWED) {
            value = new Value.Texts(Arrays.stream(written.split(",", -1))
                    .map(String::strip)
                    .filter(each -> !each.isEmpty())
                    .toList());
        } else {
            value = new Value.Text(written);
        }
        check(value);
        return value;
    }

    // --- what values mean

    static String text(Value value) {
        if (value instanceof Value.Text(var text) && !text.isBlank()) {
            return text.strip();
        }
        throw new IllegalArgumentException("wants a text");
    }

    static boolean flag(Value value) {
        if (value instanceof Value.Flag(boolean on)) {
            return on;
        }
        throw new IllegalArgumentException("wants true or false");
    }

    private static long number(Value value) {
        if (value instanceof Value.Number(long number)) {
            return number;
        }
        throw new IllegalArgumentException("wants a number");
    }

    static List<String> texts(Value value) {
        if (value instanceof Value.Texts(var texts)) {
            return texts;
        }
        throw new IllegalArgumentException("wants a list of texts");
    }

    private static String among(Value value, String... words) {
        if (List.of(words).contains(text(value))) {
            return text(value);
        }
        throw new IllegalArgumentException("wants one of " + String.join(", ", words));
    }

    /// `HOST[:PORT]`: TLS is spoken there. An address that begins with `ws://` or `http://` has
    /// none.
    static RelayAddress server(String text) {
        try {
            return RelayAddress.of(new URI(text.contains("://") ? text : "wss://" + text));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IllegalArgumentException("wants a server, as docs.example.org or docs.example.org:7450", e);
        }
    }

    /// `http://HOST:PORT`. No password: everybody at this computer can read what is decided.
    static URI proxy(String text) {
        try {
            var uri = new URI(text.contains("://") ? text : "http://" + text);
            if (uri.getUserInfo() != null) {
                throw new IllegalArgumentException("must not hold a name or a password: who uses it is asked for them");
            }
            if ("http".equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() > 0) {
                return uri;
            }
            throw new IllegalArgumentException("wants a proxy, as http://proxy.example.org:3128");
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("wants a proxy, as http://proxy.example.org:3128", e);
        }
    }

    /// `https://HOST/PATH`, or http: what is read there is signed.
    static URI announced(String text) {
        try {
            var uri = new URI(text);
            boolean isWeb = List.of("https", "http").contains(String.valueOf(uri.getScheme()));
            if (isWeb && uri.getHost() != null && uri.getUserInfo() == null && uri.getPort() <= LAST_PORT) {
                return uri;
            }
            throw new IllegalArgumentException("wants an address, as https://releases.example.org/coscribe");
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("wants an address, as https://releases.example.org/coscribe", e);
        }
    }

    /// A public key on the curve P-256, as Base64 of its SubjectPublicKeyInfo: a PEM file's lines without its first
    /// and last.
    static ECPublicKey signer(String text) {
        try {
            var spec = new X509EncodedKeySpec(
                    Base64.getDecoder().decode(text.replaceAll("\\s", "").getBytes(StandardCharsets.US_ASCII)));
            if (KeyFactory.getInstance("EC").generatePublic(spec) instanceof ECPublicKey key
                    && key.getParams().getCurve().getField().getFieldSize() == P256) {
                return key;
            }
            throw new IllegalArgumentException(NO_KEY);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(NO_KEY, e);
        }
    }

    static Path file(String text) {
        try {
            var path = Path.of(text);
            if (path.isAbsolute()) {
                return path;
            }
            throw new IllegalArgumentException("wants the whole path of a file");
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("wants the path of a file", e);
        }
    }

    static OptionalInt port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port >= 1 && port <= LAST_PORT ? OptionalInt.of(port) : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
