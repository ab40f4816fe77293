package coscribe.relay.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/// A certificate that vouches for itself, and its key, in PEM as redis-server reads them; made by the
/// JDK's keytool.
///
/// @param certificate  a file
/// @param key          a file
record TlsFiles(String certificate, String key, KeyStore keys) {
    private static final char[] PASSWORD = "changeit".toCharArray();

    /// @param names  of the host, as in `dns:localhost,ip:127.0.0.1`
    static TlsFiles in(Path folder, String names) throws Exception {
        var store = folder.resolve("keys.p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "redis",
                        "-keyalg",
                        "EC",
                        "-validity",
                        "2",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=" + names,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
        var keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return new TlsFiles(
                pem(folder, "CERTIFICATE", keys.getCertificate("redis").getEncoded()),
                pem(folder, "PRIVATE KEY", keys.getKey("redis", PASSWORD).getEncoded()),
                keys);
    }

    private static String pem(Path folder, String kind, byte[] bytes) throws Exception {
        var text = "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + kind + "-----\n";
        var file = folder.resolve(kind.replace(' ', '-') + ".pem");
        Files.write(file, text.getBytes(StandardCharsets.US_ASCII));
        return file.toString();
    }

    /// Believes this certificate, and no other.
    SSLSocketFactory trusting() throws Exception {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("redis", keys.getCertificate("redis"));
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context.getSocketFactory();
    }
}
