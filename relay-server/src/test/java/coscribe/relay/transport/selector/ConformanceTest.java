package coscribe.relay.transport.selector;

import static coscribe.kit.RawClient.concat;
import static coscribe.kit.RawClient.frame;
import static coscribe.kit.RawClient.header;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coscribe.kit.RawClient;
import coscribe.relay.transport.Connection;
import coscribe.relay.transport.Frame;
import coscribe.relay.transport.Gatekeeper;
import coscribe.relay.transport.Offer;
import coscribe.relay.transport.PlainHttp;
import coscribe.relay.transport.SteadyClock;
import coscribe.relay.transport.TransportListener;
import coscribe.relay.transport.TransportMetrics;
import coscribe.relay.transport.TransportOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/// RFC 6455 by cases, in the order of the well-known suite: what is said to an echo, and what comes back.
/// Where the standard leaves a choice, ours is written here: fragments are refused with 1009, bytes with
/// 1003, and no extension is negotiated.
@Timeout(120)
class ConformanceTest {
    private static ScheduledExecutorService timer;
    private static SelectorTransport transport;
    private static int port;

    /// What is said, and what is heard until the end: `text`, `pong`, `close`, each with its content.
    private record Case(String name, byte[] said, List<String> heard) {}

    private final List<Case> cases = new ArrayList<>();

    @BeforeAll
    static void start() {
        timer = Executors.newSingleThreadScheduledExecutor();
        var options = TransportOptions.defaults(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        transport = new SelectorTransport(
                options,
                Gatekeeper.open(),
                PlainHttp.none(),
                new Echo(),
                TransportMetrics.none(),
                new SteadyClock(),
                timer);
        port = transport.start().getPort();
    }

    @AfterAll
    static void stop() {
        transport.close();
        timer.shutdownNow();
    }

    @TestFactory
    Stream<DynamicTest> every_case_gets_its_answer() {
        lengths();
        pingsAndPongs();
        reservedBits();
        opcodes();
        fragments();
        masks();
        texts();
        closes();
        return cases.stream()
                .flatMap(one -> Stream.of(
                        DynamicTest.dynamicTest(
                                one.name(),
                                () -> assertThat(heardAfter(one.said(), one.said().length))
                                        .isEqualTo(one.heard())),
                        DynamicTest.dynamicTest(
                                one.name() + ", in pieces",
                                () -> assertThat(heardAfter(one.said(), Math.max(1, one.said().length / 40)))
                                        .isEqualTo(one.heard()))));
    }

    private void lengths() {
        for (int length : new int[] {0, 1, 124, 125, 126, 127, 128, 65_534, 65_535, 65_536}) {
            var text = "*".repeat(length);
            add("a text of " + length, text(text), "text " + text, "close 1000");
        }
        // RFC 6455 section 5.2 asks for the shortest form of a length, but what comes in a longer one is
        // no danger; we take it
        add(
                "a length in a longer form than needed",
                concat(new byte[] {(byte) 0x81, (byte) 0xFE, 0, 2, 0, 0, 0, 0}, "ab".getBytes(UTF_8)),
                "text ab",
                "close 1000");
        for (long length : new long[] {65_537, 1 << 20, Integer.MAX_VALUE, 1L << 31, Long.MAX_VALUE, -1}) {
            add("a text that declares " + length, declaring(length), "close 1009");
        }
    }

    private void pingsAndPongs() {
        for (int length : new int[] {0, 1, 8, 125}) {
            var payload = "p".repeat(length);
            add("a ping of " + length, frame(0x89, payload.getBytes(UTF_8)), "pong " + payload, "close 1000");
            add("an unasked pong of " + length, frame(0x8A, payload.getBytes(UTF_8)), "close 1000");
        }
        add("a ping of bytes", frame(0x89, new byte[] {0, (byte) 0xff, 1}), "pong \u0000\u00ff\u0001", "close 1000");
        add("a ping of 126", concat(header(0x89, 0x80, 126), new byte[130]), "close 1002");
        add("a pong of 126", concat(header(0x8A, 0x80, 126), new byte[130]), "close 1002");
        var ten = new ArrayList<byte[]>();
        var pongs = new ArrayList<String>();
        for (int i = 0; i < 10; i++) {
            ten.add(frame(0x89, ("" + i).getBytes(UTF_8)));
            pongs.add("pong " + i);
        }
        pongs.add("close 1000");
        add("ten pings", concat(ten.toArray(byte[][]::new)), pongs.toArray(String[]::new));
        add(
                "a ping between texts",
                concat(text("a"), frame(0x89, new byte[0]), text("b")),
                "text a",
                "pong ",
                "text b",
                "close 1000");
    }

    private void reservedBits() {
        for (int bits = 0x10; bits <= 0x70; bits += 0x10) {
            for (int opcode : new int[] {0x1, 0x8, 0x9, 0xA}) {
                add(
                        "reserved bits %02x with opcode %x".formatted(bits, opcode),
                        concat(text("first"), frame(0x80 | bits | opcode, new byte[2])),
                        "text first",
                        "close 1002");
            }
        }
    }

    private void opcodes() {
        for (int opcode : new int[] {3, 4, 5, 6, 7, 0xB, 0xC, 0xD, 0xE, 0xF}) {
            add("opcode %x, empty".formatted(opcode), frame(0x80 | opcode, new byte[0]), "close 1002");
            add(
                    "opcode %x after a text".formatted(opcode),
                    concat(text("first"), frame(0x80 | opcode, new byte[3])),
                    "text first",
                    "close 1002");
        }
        for (int length : new int[] {0, 1, 125, 126}) {
            add("bytes, " + length, frame(0x82, new byte[length]), "close 1003");
        }
    }

    private void fragments() {
        add("the first piece of a text", frame(0x01, new byte[1]), "close 1009");
        add("the first piece of bytes", frame(0x02, new byte[1]), "close 1003");
        add("a piece of nothing", frame(0x00, new byte[1]), "close 1009");
        add("the last piece of nothing", frame(0x80, new byte[1]), "close 1009");
        add(
                "pieces with a ping between",
                concat(frame(0x01, new byte[1]), frame(0x89, new byte[1]), frame(0x80, new byte[1])),
                "close 1009");
        add(
                "a text, then pieces",
                concat(text("whole"), frame(0x01, new byte[1]), frame(0x80, new byte[1])),
                "text whole",
                "close 1009");
        for (int opcode : new int[] {0x8, 0x9, 0xA}) {
            add("a piece of a control frame, opcode %x".formatted(opcode), frame(opcode, new byte[0]), "close 1002");
        }
    }

    private void masks() {
        for (int opcode : new int[] {0x1, 0x8, 0x9, 0xA}) {
            add("no mask with opcode %x".formatted(opcode), new byte[] {(byte) (0x80 | opcode), 0}, "close 1002");
        }
    }

    /// Every valid and invalid kind of sequence of Unicode 16 table 3-7, judged a second time by the JDK.
    private void texts() {
        for (var hex : List.of(
                "ceba e1bdb9 cf83 cebc ceb5",
                "00",
                "7f",
                "c280",
                "dfbf",
                "e0a080",
                "ed9fbf",
                "ee8080",
                "efbfbd",
                "efbfbe",
                "efbfbf",
                "f0908080",
                "f48fbfbf",
                "f09fa4a6",
                "efbbbf 61",
                "f0908d88 61 f0908d88",
                // too long for what they say
                "c080",
                "c0af",
                "c1bf",
                "e08080",
                "e080af",
                "e09fbf",
                "f0808080",
                "f08080af",
                "f08fbfbf",
                "f880808080",
                "fc8080808080",
                // surrogates and beyond the end
                "eda080",
                "edadbf",
                "edae80",
                "edafbf",
                "edb080",
                "edbe80",
                "edbfbf",
                "eda080edb080",
                "f4908080",
                "f7bfbfbf",
                "f888808080",
                "fbbfbfbfbf",
                "fdbfbfbfbfbf",
                // cut short, and continued by nothing
                "c3",
                "c3 61",
                "e2",
                "e282",
                "e282 61",
                "f0",
                "f09f",
                "f09fa4",
                "f09fa4 61",
                "80",
                "bf",
                "80bf",
                "61 80 61",
                "fe",
                "ff",
                "fefeffff",
                "cebae1bdb9cf83cebcceb5 eda080 656469746564",
                "cebae1bdb9cf83cebcceb5 f4908080 656469746564")) {
            var bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
            var name = "the bytes " + hex;
            if (isUtf8(bytes)) {
                add(name, frame(0x81, bytes), "text " + new String(bytes, UTF_8), "close 1000");
            } else {
                add(name, frame(0x81, bytes), "close 1007");
            }
        }
    }

    private void closes() {
        for (int code : new int[] {
            1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999
        }) {
            add("close " + code, close(code, "because"), "close " + code);
        }
        for (int code : new int[] {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535}) {
            add("close " + code + ", which nobody may send", close(code, ""), "close 1002");
        }
        add("close without a code", frame(0x88, new byte[0]), "close 1000");
        add("close with half a code", frame(0x88, new byte[] {3}), "close 1002");
        add("close with the longest sentence", close(1000, "s".repeat(123)), "close 1000");
        add("close with a longer sentence", concat(header(0x88, 0x80, 126), new byte[130]), "close 1002");
        add(
                "close with a sentence that is not UTF-8",
                frame(0x88, new byte[] {3, (byte) 0xE8, (byte) 0xC3}),
                "close 1002");
        add("a text after the close", concat(close(1000, ""), text("late")), "close 1000");
        add("a ping after the close", concat(close(1000, ""), frame(0x89, new byte[0])), "close 1000");
        add("two closes", concat(close(1000, ""), close(1001, "")), "close 1000");
        add("a text before the close", concat(text("in time"), close(4001, "")), "text in time", "close 4001");
        add("garbage after the close", concat(close(1000, ""), new byte[] {1, 2, 3, 4, 5}), "close 1000");
    }

    private void add(String name, byte[] said, String... heard) {
        cases.add(new Case(name, said, List.of(heard)));
    }

    /// Says it in pieces, closes, and writes down what comes until the end.
    private static List<String> heardAfter(byte[] said, int piece) throws IOException {
        var heard = new ArrayList<String>();
        try (var client = RawClient.open(port)) {
            for (int at = 0; at < said.length; at += piece) {
                client.say(java.util.Arrays.copyOfRange(said, at, Math.min(said.length, at + piece)));
            }
            client.close(1000, "");
            while (true) {
                var frame = client.read();
                switch (frame.opcode()) {
                    case 1 -> heard.add("text " + frame.text());
                    case 10 -> heard.add("pong " + new String(frame.payload(), ISO_8859_1));
                    case 8 -> {
                        heard.add("close " + frame.closeCode());
                        return heard;
                    }
                    default -> throw new IOException("opcode " + frame.opcode());
                }
            }
        }
    }

    private static byte[] text(String text) {
        return frame(0x81, text.getBytes(UTF_8));
    }

    private static byte[] close(int code, String sentence) {
        var words = sentence.getBytes(UTF_8);
        return frame(
                0x88,
                ByteBuffer.allocate(2 + words.length)
                        .putShort((short) code)
                        .put(words)
                        .array());
    }

    private static byte[] declaring(long length) {
        return ByteBuffer.allocate(14)
                .put((byte) 0x81)
                .put((byte) 0xFF)
                .putLong(length)
                .array();
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).length() <= bytes.length;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    private static final class Echo implements TransportListener {
        @Override
        public void opened(Connection connection) {}

        @Override
        public void received(Connection connection, String text) {
            assertThat(connection.send(Frame.text(text))).isEqualTo(Offer.ACCEPTED);
        }

        @Override
        public void writable(Connection connection) {}

        @Override
        public void pong(Connection connection, Duration roundTrip) {}

        @Override
        public void closed(Connection connection, int code) {}
    }
}
