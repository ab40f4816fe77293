package coscribe.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Makes certificates for `localhost` and {@link #BEHIND}, by the JDK's keytool, and trusts them.
final class TestAuthority {
    /// What no name service knows, as where a company's own computers cannot look up names of the world.
    static final String BEHIND = "docs.invalid";

    private static final String PASSWORD = "changeit";

    private final Path folder;
    private int made;

    /// In PEM, as proxies read it.
    record Site(String chain, String key, X509Certificate certificate) {}

    TestAuthority(Path folder) throws Exception {
        this.folder = folder;
        keytool("ca", "-genkeypair", "-keyalg", "EC", "-alias", "ca", "-dname", "CN=ca", "-ext", "bc=ca:true");
    }

    /// A new key and a certificate for it.
    Site site() throws Exception {
        String name = "site" + ++made;
        Path request = folder.resolve(name + ".csr");
        Path signed = folder.resolve(name + ".pem");
        keytool(name, "-genkeypair", "-keyalg", "EC", "-alias", name, "-dname", "CN=localhost");
        keytool(name, "-certreq", "-alias", name, "-file", request.toString());
        keytool(
                "ca",
                "-gencert",
                "-alias",
                "ca",
                "-rfc",
                "-ext",
                "SAN=dns:localhost,dns:" + BEHIND,
                "-validity",
                "2",
                "-infile",
                request.toString(),
                "-outfile",
                signed.toString());
        var key = keys(name).getKey(name, PASSWORD.toCharArray()).getEncoded();
        try (var in = Files.newInputStream(signed)) {
            var certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            String pem = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
            return new Site(
                    Files.readString(signed),
                    "-----BEGIN PRIVATE KEY-----\n" + pem + "\n-----END PRIVATE KEY-----\n",
                    certificate);
        }
    }

    /// Trusts what it made, and nothing else.
    SSLContext trust() throws Exception {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", keys("ca").getCertificate("ca"));
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private KeyStore keys(String name) throws Exception {
        return KeyStore.getInstance(store(name).toFile(), PASSWORD.toCharArray());
    }

    private Path store(String name) {
        return folder.resolve(name + ".p12");
    }

    private void keytool(String store, String... words) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(words));
        command.addAll(List.of("-keystore", store(store).toString(), "-storepass", PASSWORD));
        var tool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tool.waitFor(60, TimeUnit.SECONDS)).as(said).isTrue();
        assertThat(tool.exitValue()).as(said).isZero();
    }
}
