package coscribe.relay.transport.selector;

import coscribe.relay.transport.PemCertificate;
import coscribe.relay.transport.TestCertificates;
import coscribe.relay.transport.TransportOptions;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// The whole contract once more, with TLS below it.
class TlsSelectorTransportTest extends SelectorTransportTest {
    private static PemCertificate served;
    private static SSLSocketFactory trusting;

    @BeforeAll
    static void createCertificate(@TempDir Path folder) throws Exception {
        var certificates = TestCertificates.create(folder, "EC");
        certificates.writeTo(folder.resolve("chain"), folder.resolve("key"));
        served = PemCertificate.read(folder.resolve("chain"), folder.resolve("key"));
        trusting = certificates.trusting().getSocketFactory();
    }

    @Override
    protected Socket secured(Socket plain) throws IOException {
        return trusting.createSocket(plain, "localhost", plain.getPort(), true);
    }

    @Override
    protected TransportOptions adapted(TransportOptions options) {
        return options.withTls(served);
    }
}
