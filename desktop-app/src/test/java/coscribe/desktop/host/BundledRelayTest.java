package coscribe.desktop.host;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.CoscribeClient;
import coscribe.ot.protocol.PersonId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledRelayTest {
    @TempDir
    Path folder;

    private BundledRelay relay() {
        return BundledRelay.start(folder.resolve("relay"), InstantSource.system(), new SecureRandom(), "test");
    }

    private Path profile() {
        return folder.resolve("profile");
    }

    @Test
    void its_owner_is_signed_in_without_a_link_by_hand_and_finds_everything_again() {
        try (var relay = relay();
                var client = CoscribeClient.join(relay.ownerInvite(), "Mara", profile())) {
            var id = client.createDocument("Plan").join();
            var document = client.open(id);
            document.opened().join();
            document.run(it -> it.append("Good morning.")).join();
            document.saved().join();
        }

        var address = BundledRelay.last(folder.resolve("relay")).orElseThrow();
        try (var again = relay()) {
            assertThat(again.address()).isEqualTo(address);
            try (var client = CoscribeClient.connect(again.address(), profile())) {
                var next = client.createDocument("Another").join();
                assertThat(client.open(next).opened().join().title()).isEqualTo("Another");
            }
        }
    }

    @Test
    void at_another_port_its_owner_is_still_the_same_person() throws IOException {
        var relayFolder = folder.resolve("relay");
        PersonId before;
        try (var relay = relay();
                var client = CoscribeClient.join(relay.ownerInvite(), "Mara", profile())) {
            before = client.person();
        }
        int port = BundledRelay.last(relayFolder).orElseThrow().port();

        try (var thief = new ServerSocket()) {
            thief.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
            try (var relay = relay();
                    var client = CoscribeClient.join(relay.ownerInvite(), "Mara", profile())) {
                assertThat(relay.address().port()).isNotEqualTo(port);
                assertThat(client.person()).isEqualTo(before);
                assertThat(client.createDocument("Plan").join()).isNotNull();
            }
        }
    }

    @Test
    void it_listens_on_this_computer_only() {
        try (var relay = relay()) {
            assertThat(relay.address().host()).isEqualTo("127.0.0.1");
            assertThat(relay.ownerInvite().addresses()).containsExactly(relay.address());
        }
    }

    @Test
    void it_was_nowhere_before_its_first_start() {
        assertThat(BundledRelay.last(folder.resolve("relay"))).isEmpty();
    }
}
