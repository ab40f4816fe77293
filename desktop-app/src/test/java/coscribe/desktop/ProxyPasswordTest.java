package coscribe.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Authenticator;
import java.net.Authenticator.RequestorType;
import java.net.InetAddress;
import java.net.PasswordAuthentication;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ProxyPasswordTest {
    private final ProxyPassword password = new ProxyPassword();

    /// As Java asks for a connection.
    private Optional<String> asked(RequestorType who) {
        return Optional.ofNullable(Authenticator.requestPasswordAuthentication(
                        password,
                        "proxy.example.org",
                        InetAddress.getLoopbackAddress(),
                        3128,
                        "http",
                        "office",
                        "basic",
                        null,
                        who))
                .map(PasswordAuthentication::getUserName);
    }

    private Optional<String> askedByAnother() {
        return CompletableFuture.supplyAsync(
                        () -> asked(RequestorType.PROXY),
                        task -> Thread.ofPlatform().start(task))
                .join();
    }

    @Test
    void nothing_is_told_before_somebody_typed_it_and_never_to_a_server() {
        assertThat(asked(RequestorType.PROXY)).isEmpty();
        password.use("mara", "secret".toCharArray());
        assertThat(asked(RequestorType.SERVER)).isEmpty();
        assertThat(asked(RequestorType.PROXY)).contains("mara");
    }

    @Test
    void each_connection_is_told_once_as_asking_again_means_no() {
        password.use("mara", "wrong".toCharArray());
        assertThat(askedByAnother()).contains("mara");
        assertThat(askedByAnother()).contains("mara");
        assertThat(password.refused()).isFalse();
        assertThat(asked(RequestorType.PROXY)).contains("mara");
        assertThat(asked(RequestorType.PROXY)).isEmpty();
        assertThat(password.refused()).isTrue();
        assertThat(askedByAnother()).as("not tried again by itself").isEmpty();
        password.use("mara", "right".toCharArray());
        assertThat(password.refused()).isFalse();
        assertThat(asked(RequestorType.PROXY)).contains("mara");
    }
}
