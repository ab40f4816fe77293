package coscribe.relay.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminSocketTest {
    @TempDir
    private Path folder;

    @Test
    void a_request_is_answered_and_the_socket_is_its_owners_alone() throws IOException {
        try (var _ = AdminSocket.open(folder, request -> Map.of("echo", request.getOrDefault("say", "")))) {
            assertThat(AdminSocket.ask(folder, Map.of("say", "h\u00e9\n\"llo")))
                    .contains(Map.of("echo", "h\u00e9\n\"llo"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("admin.sock"))))
                    .isEqualTo("rw-------");
        }
        assertThat(folder.resolve("admin.sock")).doesNotExist();
    }

    @Test
    void without_a_relay_nobody_answers() throws IOException {
        assertThat(AdminSocket.ask(folder, Map.of())).isEmpty();
    }

    @Test
    void a_socket_that_a_dead_relay_left_behind_is_nobody_and_is_replaced() throws IOException {
        var path = folder.resolve("admin.sock");
        try (var dead = java.nio.channels.ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(path));
        }
        assertThat(path).exists();
        assertThat(AdminSocket.ask(folder, Map.of())).isEmpty();

        try (var _ = AdminSocket.open(folder, _ -> Map.of("ok", "true"))) {
            assertThat(AdminSocket.ask(folder, Map.of())).isPresent();
        }
    }

    @Test
    void a_desk_that_fails_is_an_answer() throws IOException {
        try (var _ = AdminSocket.open(folder, _ -> {
            throw new IllegalStateException("no");
        })) {
            assertThat(AdminSocket.ask(folder, Map.of()).orElseThrow().get("error"))
                    .isEqualTo("The relay could not do that: no");
        }
    }

    @Test
    void nonsense_and_endless_lines_do_no_harm() throws IOException {
        try (var _ = AdminSocket.open(folder, _ -> Map.of("ok", "true"))) {
            for (var nonsense : new String[] {"\n", "[]\n", "{\n", "\0\n", "x".repeat(100_000)}) {
                try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                    channel.connect(UnixDomainSocketAddress.of(folder.resolve("admin.sock")));
                    channel.write(ByteBuffer.wrap(nonsense.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
                    channel.shutdownOutput();
                } catch (IOException e) {
                    assertThat(e).hasMessageContaining("pipe"); // it hung up on the endless line
                }
                assertThat(AdminSocket.ask(folder, Map.of())).contains(Map.of("ok", "true"));
            }
        }
    }
}
