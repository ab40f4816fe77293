package coscribe.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.CoscribeClient.Workshop;
import coscribe.client.InviteLink;
import coscribe.client.link.Network;
import coscribe.client.link.RelayAddress;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The ways to relays, while one of them takes connections and says nothing.
class RelaysTest {
    @TempDir
    Path folder;

    private ServerSocket silent;
    private InviteLink invite;
    private Relays relays;

    @BeforeEach
    void begin() throws Exception {
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        invite = InviteLink.parse("coscribe://join/127.0.0.1:" + silent.getLocalPort() + "/7F3K-Q9TM-2XWD");
        relays = new Relays(
                Places.in(folder),
                Workshop.ofOwnThreads(),
                Network.ofComputer(),
                () -> {
                    throw new AssertionError("nobody hosts here");
                },
                false);
    }

    @AfterEach
    void end() throws Exception {
        relays.close();
        silent.close();
    }

    @Test
    void nothing_else_waits_while_somebody_joins_there() throws Exception {
        var joining = relays.join(invite, "Jon");
        assertThat(relays.recent().get(60, TimeUnit.SECONDS)).isEmpty();
        assertThat(relays.known().get(60, TimeUnit.SECONDS)).isEmpty();
        assertThat(relays.ask().get(60, TimeUnit.SECONDS)).isEmpty();
        var other = new RelayAddress("127.0.0.1", 9, false);
        assertThat(relays.at(other).get(60, TimeUnit.SECONDS).address()).isEqualTo(other);
        assertThat(joining).isNotDone();
    }

    /// Two clients of one relay would take each other's credentials.
    @Test
    void whoever_joins_there_once_more_does_so_by_the_same_client() throws Exception {
        var joining = relays.join(invite, "Jon");
        var again = relays.join(invite, "Jon");
        relays.recent().get(60, TimeUnit.SECONDS);
        silent.close();
        assertThat(joining).failsWithin(60, TimeUnit.SECONDS);
        assertThat(again).failsWithin(60, TimeUnit.SECONDS);
        assertThat(again.handle((joined, why) -> why).get().getCause())
                .isSameAs(joining.handle((joined, why) -> why).get().getCause());
    }
}
