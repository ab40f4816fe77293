package coscribe.relay.cli;

import coscribe.client.link.RelayAddress;
import coscribe.client.link.Trust;
import coscribe.ot.protocol.Limits;
import coscribe.relay.Finding;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/// Whether an editor reaches the relay from here, through whatever stands between.
final class ClientCheck {
    private static final String CLIENT = "client";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int BAD_GATEWAY = 502;
    private static final int GATEWAY_TIMEOUT = 504;

    private ClientCheck() {}

    /// Believes whom an editor on this computer believes, but for `tls.extraCaFile` of its policy.
    ///
    /// @param typed  the address that is told to people: `https://docs.example.org`
    static Finding look(String typed) {
        RelayAddress address;
        try {
            address = RelayAddress.of(URI.create(typed));
        } catch (IllegalArgumentException e) {
            return Finding.fail(
                    CLIENT, "'" + typed + "' is no address of a relay. Write one such as https://docs.example.org.");
        }
        var http = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .sslContext(Trust.contextWithSystem(Optional.empty()))
                .build();
        try {
            var socket = http.newWebSocketBuilder()
                    .subprotocols(Limits.SUBPROTOCOL)
                    .buildAsync(address.uri(), new WebSocket.Listener() {})
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            socket.abort();
            return Finding.ok(CLIENT, "An editor on this computer reaches a relay at " + address.uri() + ".");
        } catch (ExecutionException e) {
            return failed(address, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            return Finding.fail(
                    CLIENT,
                    address.uri() + " did not answer within " + PATIENCE.toSeconds()
                            + " s. Check the address, and that the firewall lets it through.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.warn(CLIENT, address.uri() + " was not looked at: interrupted.");
        } finally {
            http.shutdownNow();
        }
    }

    private static Finding failed(RelayAddress address, Throwable failure) {
        for (var each = failure; each != null; each = each.getCause()) {
            if (each instanceof WebSocketHandshakeException refused) {
                return refused(address, refused.getResponse().statusCode());
            }
            if (each instanceof SSLException) {
                return Finding.fail(
                        "tls",
                        "This computer does not believe the certificate of " + address.uri() + " (" + deepest(each)
                                + "). Serve the whole chain: the server's certificate, then each that signs the one before"
                                + " it (with certbot: fullchain.pem), for the name that people type. If it is signed by an"
                                + " authority of your own, every computer must know that (Debian:"
                                + " /usr/local/share/ca-certificates, then update-ca-certificates).");
            }
            if (each instanceof ConnectException
                    || each instanceof UnknownHostException
                    || each instanceof UnresolvedAddressException) {
                return Finding.fail(
                        CLIENT,
                        "Nobody listens at " + address.uri()
                                + ". Check the address and its name, and that the relay or the proxy before it runs.");
            }
        }
        return Finding.fail(
                CLIENT,
                address.uri() + " can't be reached (" + deepest(failure) + "). Check the address and the network.");
    }

    private static Finding refused(RelayAddress address, int status) {
        if (status >= BAD_GATEWAY && status <= GATEWAY_TIMEOUT) {
            return Finding.fail(
                    CLIENT,
                    address.uri() + " answers " + status
                            + ": the proxy there does not reach the relay. Start the relay,"
                            + " and check the address that the proxy hands requests on to.");
        }
        return Finding.fail(
                CLIENT,
                address.uri() + " answers " + status + " where a WebSocket should open: a proxy there does not pass the"
                        + " upgrade. With nginx: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade;"
                        + " proxy_set_header Connection \"upgrade\"; docs/admin.md has it whole.");
    }

    private static String deepest(Throwable failure) {
        var each = failure;
        while (each.getCause() != null) {
            each = each.getCause();
        }
        return each.getMessage() == null ? each.getClass().getSimpleName() : each.getMessage();
    }
}
