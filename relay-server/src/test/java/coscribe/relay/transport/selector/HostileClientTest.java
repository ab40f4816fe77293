package coscribe.relay.transport.selector;

import static coscribe.kit.RawClient.concat;
import static coscribe.kit.RawClient.frame;
import static coscribe.kit.RawClient.upgradeHead;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import coscribe.kit.Attack;
import coscribe.kit.RawClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What one client does to the library's server, case by case, and that it does not do it to us.
/// Every server is a process of its own with 64 MB of heap.
@Tag("slow")
@Timeout(300)
class HostileClientTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private interface Blow {
        void on(int port) throws IOException;
    }

    /// A server process that ends with this object.
    private record Server(Process process, int port) implements AutoCloseable {
        static Server start(String kind) throws IOException {
            return start(kind, "unlimited");
        }

        /// @param openFiles  how many files and sockets the process may have open
        static Server start(String kind, String openFiles) throws IOException {
            var path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            var limited = openFiles.equals("unlimited") ? "exec \"$@\"" : "ulimit -n " + openFiles + "; exec \"$@\"";
            var process = new ProcessBuilder(
                            "sh",
                            "-c",
                            limited,
                            "sh",
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            path,
                            HostileServers.class.getName(),
                            kind)
                    .redirectError(Redirect.DISCARD)
                    .start();
            var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("PORT ")) {
                    drain(out);
                    return new Server(process, Integer.parseInt(line.substring(5)));
                }
            }
            throw new IOException("the server process ended before it listened");
        }

        private static void drain(BufferedReader log) {
            var _ = Thread.ofVirtual().start(() -> {
                try {
                    while (log.readLine() != null) {}
                } catch (IOException ended) {
                    return;
                }
            });
        }

        /// Whether a newcomer is let in and answered.
        boolean serves() {
            try (var client = RawClient.connect(port)) {
                client.socket().setSoTimeout(5_000);
                return client.upgrade().text("newcomer").readText().equals("newcomer");
            } catch (IOException refused) {
                return false;
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private static void stopsTheLibrary(String kind, Blow attack) throws IOException {
        try (var library = Server.start(kind)) {
            assertThat(library.serves()).isTrue();
            attack.on(library.port());
            await().atMost(PATIENCE).until(() -> !library.serves());
        }
    }

    private static void doesNotStopUs(String kind, Blow attack) throws IOException {
        try (var ours = Server.start(kind);
                var bystander = RawClient.open(ours.port())) {
            attack.on(ours.port());
            assertThat(bystander.text("bystander").readText()).isEqualTo("bystander");
            assertThat(ours.serves()).isTrue();
        }
    }

    private static void bothAreAttacked(String libraryKind, Attack attack) throws IOException {
        var kept = new ArrayList<RawClient>();
        try {
            stopsTheLibrary(libraryKind, port -> attack.on(port, kept));
            doesNotStopUs("ours", port -> attack.on(port, kept));
        } finally {
            closeAll(kept);
        }
    }

    @Test
    void a_frame_header_that_declares_2_GiB() throws IOException {
        bothAreAttacked("library", Attack.HUGE_FRAME);
    }

    @Test
    void a_stack_overflow_in_the_listener() throws IOException {
        Blow attack = port -> Attack.sayAndReadToTheEnd(port, frame(0x81, "overflow".getBytes(UTF_8)));
        stopsTheLibrary("library", attack);
        doesNotStopUs("ours", attack);
    }

    @Test
    void a_compressed_message_of_100_KB_that_unpacks_to_100_MiB() throws IOException {
        bothAreAttacked("library-deflate", Attack.DEFLATE_BOMB);
    }

    @Test
    void fragments_without_end() throws IOException {
        bothAreAttacked("library", Attack.ENDLESS_FRAGMENTS);
    }

    @Test
    void a_client_that_asks_for_much_and_never_reads() throws IOException {
        var kept = new ArrayList<RawClient>();
        Blow attack = port -> kept.add(RawClient.connectNarrow(port).upgrade().text("flood"));
        try {
            stopsTheLibrary("library-patient", attack);
            doesNotStopUs("ours", attack);
        } finally {
            for (var client : kept) {
                client.close();
            }
        }
    }

    @Test
    void one_connection_over_the_limit() throws IOException {
        Blow attack = port -> {
            try (var first = RawClient.open(port);
                    var second = RawClient.open(port)) {
                assertThat(first.text("one").readText()).isEqualTo("one");
                assertThat(second.text("two").readText()).isEqualTo("two");
                tryToEnter(port);
            }
        };
        stopsTheLibrary("library-two-per-address", attack);
        try (var ours = Server.start("ours-two-per-address")) {
            attack.on(ours.port());
            assertThat(ours.serves()).isTrue();
        }
    }

    private static void tryToEnter(int port) throws IOException {
        try (var third = RawClient.connect(port)) {
            third.say(upgradeHead());
            assertThat(third.hearsNothingFor(200)).isTrue();
        }
    }

    /// The library holds what comes of a head, copies it for each read, and never asks how much it is.
    @Test
    void request_heads_without_end() throws IOException {
        bothAreAttacked("library", Attack.ENDLESS_HEADS);
        doesNotStopUs("ours", port -> {
            try (var client = RawClient.connect(port)) {
                client.say("GET /v1 HTTP/1.1\r\nX: " + "x".repeat(8 << 10));
                assertThat(client.readHead()).startsWith("HTTP/1.1 431 ");
            }
        });
    }

    /// The library only looks after connections that were opened: each half one keeps its socket for as
    /// long as its client likes. When the process may open no more, its server ends.
    @Test
    void half_handshakes_and_then_silence() throws IOException {
        var kept = new ArrayList<RawClient>();
        try (var library = Server.start("library", "256")) {
            assertThat(library.serves()).isTrue();
            Attack.HALF_HANDSHAKES.on(library.port(), kept);
            // longer than its lost-connection timeout of 1 s, and than our 5 s
            await().during(Duration.ofSeconds(7)).atMost(Duration.ofSeconds(40)).until(() -> !library.serves());
        } finally {
            closeAll(kept);
        }
        try (var ours = Server.start("ours", "256");
                var bystander = RawClient.open(ours.port())) {
            assertThat(bystander.text("i am known").readText()).isEqualTo("i am known");
            Attack.HALF_HANDSHAKES.on(ours.port(), kept);
            assertThat(bystander.text("bystander").readText()).isEqualTo("bystander");
            await().atMost(PATIENCE).until(ours::serves);
            assertThat(bystander.text("still here").readText()).isEqualTo("still here");
        } finally {
            closeAll(kept);
        }
    }

    private static void closeAll(List<RawClient> clients) throws IOException {
        for (var client : clients) {
            client.close();
        }
        clients.clear();
    }

    /// The library's two workers serve all connections, and one that waits serves none. Ours are loops
    /// too, and would be no better off: nothing that the relay does in a callback may wait. So ours is
    /// not this echo but the relay itself, whose stores stand still while eight people write
    /// (`HangingStoreTest`).
    @Test
    void eight_messages_whose_handling_never_ends_stop_the_library() throws IOException {
        var kept = new ArrayList<RawClient>();
        Blow attack = port -> {
            for (int i = 0; i < 8; i++) {
                kept.add(RawClient.open(port));
            }
            for (var client : kept) {
                client.text("hang");
            }
        };
        try {
            stopsTheLibrary("library", attack);
        } finally {
            closeAll(kept);
        }
    }

    @Test
    void three_hundred_attackers_after_another_leave_a_relay_of_64_MB_as_it_was() throws IOException {
        var attacks = List.of(
                concat(new byte[] {(byte) 0x81, (byte) 0xFF, 0x7f}, new byte[11]),
                frame(0x81, "overflow".getBytes(UTF_8)),
                frame(0xC1, Attack.bomb()),
                concat(frame(0x01, new byte[1]), frame(0x00, new byte[60_000])),
                frame(0x81, "flood".getBytes(UTF_8)));
        try (var ours = Server.start("ours");
                var bystander = RawClient.open(ours.port())) {
            bystander.text("i am known").readText();
            for (int round = 0; round < 300; round++) {
                try (var attacker = RawClient.open(ours.port())) {
                    attacker.say(attacks.get(round % attacks.size()));
                    attacker.read();
                } catch (IOException over) {
                    assertThat(over).isNotNull();
                }
                if (round % 30 == 0) {
                    assertThat(bystander.text("alive").readText()).isEqualTo("alive");
                }
            }
            assertThat(ours.serves()).isTrue();
        }
    }
}
