package coscribe.ot.wire;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.kit.Laws;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.ServerMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Laws 11 (bytes) and 12 of the core: bytes round-trip, and mutated bytes only ever get the one
/// rejection.
class WireLawsTest {
    @Test
    void what_an_editor_says_comes_back_from_its_bytes() {
        Laws.hold(gen -> {
            ClientMessage message = new Said(gen).clientMessage();
            byte[] bytes = Wire.encode(message);
            assertThat(Wire.decodeClient(bytes)).isEqualTo(message);
            assertThat(Wire.decodeClient(Wire.encodeText(message))).isEqualTo(message);
            assertThat(Wire.encode(Wire.decodeClient(bytes))).isEqualTo(bytes);
        });
    }

    @Test
    void what_a_relay_says_comes_back_from_its_bytes() {
        Laws.hold(gen -> {
            ServerMessage message = new Said(gen).serverMessage();
            byte[] bytes = Wire.encode(message);
            assertThat(Wire.decodeServer(bytes)).isEqualTo(message);
            assertThat(Wire.decodeServer(Wire.encodeText(message))).isEqualTo(message);
            assertThat(Wire.encode(Wire.decodeServer(bytes))).isEqualTo(bytes);
        });
    }

    @Test
    void documents_and_changes_come_back_from_their_bytes() {
        Laws.hold(gen -> {
            var said = new Said(gen);
            var document = said.document();
            assertThat(Wire.decodeDocument(Wire.encodeDocument(document))).isEqualTo(document);
            var change = said.change();
            assertThat(Wire.decodeChange(Wire.encodeChange(change))).isEqualTo(change);
        });
    }

    @Test
    void mutated_bytes_are_a_message_or_get_the_one_rejection() {
        var counts = new int[2];
        Laws.hold(gen -> {
            var said = new Said(gen);
            var random = new SplittableRandom(gen.below(Integer.MAX_VALUE));
            byte[] valid = random.nextBoolean()
                    ? Wire.encode(said.clientMessage())
                    : random.nextInt(3) == 0 ? Wire.encodeDocument(said.document()) : Wire.encode(said.serverMessage());
            byte[] bytes = mutated(valid, random);
            boolean read = false;
            read |= survives(
                    () -> assertThat(Wire.encode(Wire.decodeClient(bytes))).isNotEmpty());
            read |= survives(
                    () -> assertThat(Wire.encode(Wire.decodeServer(bytes))).isNotEmpty());
            read |= survives(() ->
                    assertThat(Wire.encodeDocument(Wire.decodeDocument(bytes))).isEqualTo(bytes));
            read |= survives(() ->
                    assertThat(Wire.encodeChange(Wire.decodeChange(bytes))).isNotEmpty());
            String text = new String(bytes, StandardCharsets.UTF_8);
            read |= survives(
                    () -> assertThat(Wire.encode(Wire.decodeClient(text))).isNotEmpty());
            read |= survives(
                    () -> assertThat(Wire.encode(Wire.decodeServer(text))).isNotEmpty());
            counts[read ? 1 : 0]++;
        });
        if (!Laws.isReplay()) {
            // Both must happen, or the mutations are too wild or too tame to prove anything.
            assertThat(counts[0]).isGreaterThan(Laws.cases() / 2);
            assertThat(counts[1]).isGreaterThan(Laws.cases() / 100);
        }
    }

    private static boolean survives(Runnable decoding) {
        try {
            decoding.run();
            return true;
        } catch (MalformedMessageException expected) {
            assertThat(expected.getMessage()).isNotBlank().hasSizeLessThan(200);
            return false;
        }
    }

    private static byte[] mutated(byte[] valid, SplittableRandom random) {
        byte[] bytes = valid.clone();
        for (int i = random.nextInt(3); i >= 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                case 3 -> bytes = spliced(bytes, at, at + random.nextInt(Math.min(8, bytes.length - at)), "");
                case 4 -> bytes = spliced(bytes, at, at, TOKENS[random.nextInt(TOKENS.length)]);
                default -> {
                    int other = random.nextInt(bytes.length);
                    bytes = spliced(
                            bytes,
                            at,
                            at,
                            new String(
                                    bytes,
                                    Math.min(at, other),
                                    Math.min(20, Math.abs(at - other)),
                                    StandardCharsets.ISO_8859_1));
                }
            }
        }
        return bytes;
    }

    private static final String[] TOKENS = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "null",
        "true",
        "false",
        "0",
        "-",
        "-0",
        "1e9",
        "1.5",
        "9".repeat(19),
        "\"t\":",
        "\\ud800",
        "\\u0000",
        "{\"a\":",
        "[[[[",
        "\u0000",
        "\u00ff"
    };

    private static byte[] spliced(byte[] bytes, int from, int to, String between) {
        byte[] middle = between.getBytes(StandardCharsets.ISO_8859_1);
        byte[] made = Arrays.copyOf(bytes, from + middle.length + bytes.length - to);
        System.arraycopy(middle, 0, made, from, middle.length);
        System.arraycopy(bytes, to, made, from + middle.length, bytes.length - to);
        return made;
    }
}
