package coscribe.relay.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Writes tokens by hand, so that they can say what no library would. Claims are JSON as they
/// stand.
final class Forge {
    private final byte[] key;
    private final Map<String, String> header = new LinkedHashMap<>();
    private final Map<String, String> claims = new LinkedHashMap<>();

    private Forge(byte[] key) {
        this.key = key;
    }

    static Forge with(byte[] key) {
        return new Forge(key);
    }

    Forge header(String name, String json) {
        header.put(name, json);
        return this;
    }

    Forge claim(String name, String json) {
        claims.put(name, json);
        return this;
    }

    Forge withoutHeader(String name) {
        header.remove(name);
        return this;
    }

    Forge without(String name) {
        claims.remove(name);
        return this;
    }

    Forge copy(byte[] otherKey) {
        var copy = new Forge(otherKey);
        copy.header.putAll(header);
        copy.claims.putAll(claims);
        return copy;
    }

    Forge copy() {
        return copy(key);
    }

    String unsigned() {
        return part(json(header)) + "." + part(json(claims));
    }

    String sign() {
        return sign("HmacSHA256");
    }

    String sign(String mac) {
        return unsigned() + "." + signature(mac, key, unsigned());
    }

    static String signature(String mac, byte[] key, String text) {
        try {
            var signer = Mac.getInstance(mac);
            signer.init(new SecretKeySpec(key, mac));
            return encode(signer.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String part(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private static String json(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> quoted(field.getKey()) + ":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
