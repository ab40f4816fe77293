package coscribe.desktop.update;

import coscribe.client.link.Network;
import coscribe.desktop.update.UpdateException.Trouble;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.InstantSource;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;

/// Where releases are announced. It is asked by the computer's own way to servers, proxy and trust,
/// and is told nothing but the address.
///
/// @param address  of the notice: http or https
/// @param key      of whoever signs it
public record Announcements(URI address, ECPublicKey key) {
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);
    private static final Duration COMES_WITHIN = Duration.ofSeconds(30);
    private static final int MOST = 16 * 1024; // bytes

    /// The newest version. Asks the network, at most for a minute or so.
    public Release newest(Network network, InstantSource clock) throws UpdateException {
        return Notice.read(text(network, clock), key, clock);
    }

    private String text(Network network, InstantSource clock) throws UpdateException {
        try {
            var proxies = network.proxies().select(address);
            var way = proxies.isEmpty() ? Proxy.NO_PROXY : proxies.getFirst();
            var connection = (HttpURLConnection) address.toURL().openConnection(way);
            if (connection instanceof HttpsURLConnection secure) {
                secure.setSSLSocketFactory(network.trust());
            }
            connection.setConnectTimeout((int) ANSWERS_WITHIN.toMillis());
            connection.setReadTimeout((int) ANSWERS_WITHIN.toMillis());
            connection.setUseCaches(false);
            connection.setRequestProperty("User-Agent", "Coscribe"); // and not which Java this is
            connection.setRequestProperty("Accept", "*/*");
            try {
                return body(connection, clock);
            } finally {
                connection.disconnect();
            }
        } catch (SSLException e) {
            throw new UpdateException(Trouble.CERTIFICATE, e);
        } catch (IOException e) {
            throw new UpdateException(wantsSignIn(e) ? Trouble.PROXY_SIGN_IN : Trouble.UNREACHABLE, e);
        }
    }

    private static String body(HttpURLConnection connection, InstantSource clock) throws IOException, UpdateException {
        int status = connection.getResponseCode();
        if (status != HttpURLConnection.HTTP_OK) {
            throw new UpdateException(
                    status == HttpURLConnection.HTTP_PROXY_AUTH ? Trouble.PROXY_SIGN_IN : Trouble.NO_NOTICE,
                    "the answer is " + status);
        }
        var end = clock.instant().plus(COMES_WITHIN);
        byte[] bytes = new byte[MOST + 1];
        int length = 0;
        try (var in = connection.getInputStream()) {
            for (int read = 0; read >= 0 && length <= MOST; ) {
                read = in.read(bytes, length, bytes.length - length);
                length += Math.max(0, read);
                if (clock.instant().isAfter(end)) {
                    throw new UpdateException(Trouble.UNREACHABLE, "the answer comes too slowly");
                }
            }
        }
        if (length > MOST) {
            throw new UpdateException(Trouble.NO_NOTICE, "the answer is longer than " + MOST + " bytes");
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /// Java tells what a proxy answered, where a tunnel was asked for, in its sentence alone.
    private static boolean wantsSignIn(IOException why) {
        return String.valueOf(why.getMessage()).contains(" 407 ");
    }
}
