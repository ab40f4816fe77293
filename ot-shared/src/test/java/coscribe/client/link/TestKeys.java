package coscribe.client.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// An authority that nobody knows, as companies have one, and what it issued to a relay. Made with
/// the JDK's keytool.
public final class TestKeys {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path store;
    private final Path authority;

    /// @param name    of the authority
    /// @param issued  what else keytool is told of the relay's certificate
    public TestKeys(Path folder, String name, List<String> issued) throws Exception {
        store = folder.resolve(name + ".p12");
        authority = folder.resolve(name + ".pem");
        keytool(
                List.of("-genkeypair", "-alias", "authority", "-keyalg", "EC", "-ext", "bc:c"),
                "CN=" + name + ", O=Acme");
        var relay = new ArrayList<>(List.of("-genkeypair", "-alias", "relay", "-keyalg", "EC", "-signer", "authority"));
        relay.addAll(issued);
        keytool(relay, "CN=relay");
        run(List.of("-exportcert", "-rfc", "-alias", "authority", "-file", authority.toString()));
    }

    private void keytool(List<String> options, String holder) throws Exception {
        var all = new ArrayList<>(options);
        all.addAll(List.of("-dname", holder));
        run(all);
    }

    private void run(List<String> options) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(options);
        command.addAll(
                List.of("-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", new String(PASSWORD)));
        var tool = new ProcessBuilder(command).inheritIO().start();
        assertThat(tool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(tool.exitValue()).isZero();
    }

    /// The authority's certificate, PEM.
    public Path authority() {
        return authority;
    }

    /// With everything in it; the authority is trusted by who takes it as a trust store.
    Path store() {
        return store;
    }

    /// What the relay shows itself with.
    public SSLContext ofRelay() throws Exception {
        var all = KeyStore.getInstance(store.toFile(), PASSWORD);
        var own = KeyStore.getInstance(KeyStore.getDefaultType());
        own.load(null, null);
        own.setKeyEntry("relay", all.getKey("relay", PASSWORD), PASSWORD, all.getCertificateChain("relay"));
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
