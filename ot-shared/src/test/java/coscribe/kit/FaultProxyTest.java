package coscribe.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coscribe.kit.FaultProxy.Way;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int SHORT_MILLIS = 200;

    private final List<AutoCloseable> toClose = new ArrayList<>();
    private Echo echo;
    private FaultProxy proxy;

    /// Sends back what it gets.
    private static final class Echo implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private volatile long received;

        Echo() throws IOException {
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        var socket = listener.accept();
                        Thread.ofVirtual().start(() -> answer(socket));
                    }
                } catch (IOException e) {
                    // closed
                }
            });
        }

        private void answer(Socket socket) {
            var buffer = new byte[1 << 16];
            try (socket) {
                for (int n = socket.getInputStream().read(buffer);
                        n >= 0;
                        n = socket.getInputStream().read(buffer)) {
                    received += n;
                    socket.getOutputStream().write(buffer, 0, n);
                }
            } catch (IOException e) {
                // cut
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }

    @BeforeEach
    void start() throws IOException {
        echo = new Echo();
        toClose.add(echo);
        proxy = new FaultProxy(new Random(1), List.of(FaultProxy.local(echo.listener.getLocalPort())));
        toClose.add(proxy);
    }

    @AfterEach
    void end() throws Exception {
        for (var each : toClose) {
            each.close();
        }
    }

    private Socket connected() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        toClose.add(socket);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String read(Socket socket, int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
    }

    private static String ask(Socket socket, String text) throws IOException {
        send(socket, text);
        return read(socket, text.length());
    }

    @Test
    void a_good_line_passes_everything_on_in_order() throws IOException {
        String much = "0123456789".repeat(50_000);
        var socket = connected();
        Thread.ofVirtual().start(() -> {
            try {
                send(socket, much);
            } catch (IOException e) {
                // seen by the reader
            }
        });
        assertThat(read(socket, much.length())).isEqualTo(much);
    }

    @Test
    void a_late_line_is_late_and_keeps_the_order() throws IOException {
        proxy.forth(Way.late(Duration.ofMillis(30), Duration.ofMillis(50)));
        var socket = connected();
        long start = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            send(socket, Integer.toString(i));
        }
        assertThat(read(socket, 10)).isEqualTo("0123456789");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(30));
    }

    @Test
    void a_slow_line_takes_its_time() throws IOException {
        proxy.back(Way.slow(10_000));
        var socket = connected();
        long start = System.nanoTime();
        assertThat(ask(socket, "x".repeat(1_000)) + ask(socket, "y")).hasSize(1_001);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void a_sliced_line_delivers_small_pieces() throws IOException {
        proxy.back(new Way(Duration.ZERO, Duration.ZERO, 7, 7, false)); // a piece a second, however busy it is here
        var socket = connected();
        send(socket, "a piece of more than seven bytes");
        var piece = new byte[100];
        int length = socket.getInputStream().read(piece);
        assertThat(new String(piece, 0, length, StandardCharsets.US_ASCII)).hasSizeLessThanOrEqualTo(14);
        assertThat(Arrays.copyOf(piece, 7)).isEqualTo("a piece".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void a_black_hole_takes_everything_in_one_direction() throws IOException {
        var socket = connected();
        assertThat(ask(socket, "before")).isEqualTo("before");
        proxy.back(Way.BLACK_HOLE);
        send(socket, "into it");
        socket.setSoTimeout(SHORT_MILLIS);
        assertThatThrownBy(() -> read(socket, 1)).isInstanceOf(SocketTimeoutException.class);
        assertThat(echo.received).as("carried out all the same").isEqualTo("beforeinto it".length());
        assertThat(proxy.swallowed()).isEqualTo("into it".length());
    }

    @Test
    void the_nth_reply_is_lost_and_its_connection_with_it() throws IOException {
        var socket = connected();
        proxy.loseReply(2);
        assertThat(ask(socket, "one")).isEqualTo("one");
        send(socket, "two");
        assertThat(read(socket, 1)).as("the end").isEmpty();
        assertThat(echo.received).isEqualTo(6);
        assertThat(ask(connected(), "three")).isEqualTo("three");
    }

    @Test
    void a_cut_ends_in_good_order_and_a_reset_does_not() throws IOException {
        var cut = connected();
        assertThat(ask(cut, "a")).isEqualTo("a");
        proxy.cut();
        assertThat(read(cut, 1)).isEmpty();

        var reset = connected();
        assertThat(ask(reset, "b")).isEqualTo("b");
        proxy.reset();
        assertThatThrownBy(() -> read(reset, 1)).isInstanceOf(SocketException.class);
    }

    @Test
    void who_connects_to_the_deaf_is_half_open() throws IOException {
        proxy.deaf(true);
        var socket = connected();
        send(socket, "anybody?");
        socket.setSoTimeout(SHORT_MILLIS);
        assertThatThrownBy(() -> read(socket, 1)).isInstanceOf(SocketTimeoutException.class);
        proxy.heal();
        assertThat(ask(connected(), "now")).isEqualTo("now");
    }

    @Test
    void faults_may_meet_those_only_who_come_from_one_address() throws IOException {
        var elsewhere = InetAddress.getByName("127.0.0.2");
        var met = new Socket(InetAddress.getLoopbackAddress(), proxy.port(), elsewhere, 0);
        toClose.add(met);
        met.setSoTimeout(PATIENCE_MILLIS);
        var spared = connected();
        assertThat(ask(met, "a") + ask(spared, "b")).isEqualTo("ab");
        proxy.onlyFrom(Set.of(elsewhere));
        proxy.forth(Way.BLACK_HOLE);
        send(met, "lost");
        assertThat(ask(spared, "here")).isEqualTo("here");
        proxy.cut();
        assertThat(read(met, 1)).as("the end").isEmpty();
        assertThat(ask(spared, "still")).isEqualTo("still");
        assertThat(echo.received).isEqualTo("abherestill".length());
    }

    @Test
    void with_several_targets_it_takes_each_now_and_then_past_whoever_refuses() throws Exception {
        int nobody;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = free.getLocalPort();
        }
        try (var second = new Echo();
                var round = new FaultProxy(
                        new Random(1),
                        List.of(
                                FaultProxy.local(nobody),
                                FaultProxy.local(echo.listener.getLocalPort()),
                                FaultProxy.local(second.listener.getLocalPort())))) {
            for (int i = 0; i < 40; i++) {
                try (var socket = new Socket(InetAddress.getLoopbackAddress(), round.port())) {
                    socket.setSoTimeout(PATIENCE_MILLIS);
                    assertThat(ask(socket, "x")).isEqualTo("x");
                }
            }
            assertThat(echo.received).isPositive();
            assertThat(second.received).isPositive();
        }
    }
}
