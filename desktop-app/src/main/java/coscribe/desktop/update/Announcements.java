package coscribe.desktop.update;

import coscribe.client.link.Network;
import coscribe.desktop.update.UpdateException.Trouble;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.HttpsURLConnection;

/// Where releases are announced. It is asked by the computer's own way to servers, proxy and trust,
/// also where it sends elsewhere, and is told nothing but that this is Coscribe.
///
/// @param address  of the notice: http or https
/// @param key      of whoever signs it
public record Announcements(URI address, ECPublicKey key) {
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);
    private static final Duration COMES_WITHIN = Duration.ofSeconds(30);
    private static final int MOST = 16 * 1024; // bytes

    /// The newest version. Waits for the network: a minute, or longer where an answer comes by drops.
    public Release newest(Network network, InstantSource clock) throws UpdateException {
        return Notice.read(text(network, clock), key, clock);
    }

    private String text(Network network, InstantSource clock) throws UpdateException {
        var proxies = network.proxies().select(address);
        var way = proxies.isEmpty() ? Proxy.NO_PROXY : proxies.getFirst();
        try {
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
                requireAnswer(connection.getResponseCode(), way);
                return body(connection, clock);
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            if (wantsSignIn(e)) {
                throw new UpdateException(named(way));
            }
            throw new UpdateException(isUntrusted(e) ? Trouble.CERTIFICATE : Trouble.UNREACHABLE, e);
        }
    }

    private static void requireAnswer(int status, Proxy way) throws UpdateException {
        if (status == HttpURLConnection.HTTP_PROXY_AUTH) {
            throw new UpdateException(named(way));
        }
        if (status != HttpURLConnection.HTTP_OK) {
            throw new UpdateException(Trouble.NO_NOTICE, "the answer is " + status);
        }
    }

    private static String named(Proxy way) {
        return way.address() instanceof InetSocketAddress at ? at.getHostString() + ":" + at.getPort() : way.toString();
    }

    private static boolean isUntrusted(IOException why) {
        return Stream.iterate((Throwable) why, Objects::nonNull, Throwable::getCause)
                .anyMatch(CertificateException.class::isInstance);
    }

    private static String body(HttpURLConnection connection, InstantSource clock) throws IOException, UpdateException {
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
