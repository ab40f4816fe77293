package coscribe.relay.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemCertificateTest {
    @TempDir
    private Path folder;

    private Path chain;
    private Path key;

    @BeforeEach
    void nameFiles() {
        chain = folder.resolve("chain.pem");
        key = folder.resolve("key.pem");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void is_read_for_every_usual_kind_of_key(String algorithm) throws Exception {
        TestCertificates.create(folder, algorithm).writeTo(chain, key);
        assertThat(PemCertificate.read(chain, key).get().createSSLEngine()).isNotNull();
    }

    @Test
    void is_read_again_when_its_files_change_and_kept_when_they_break() throws Exception {
        TestCertificates.create(folder, "EC").writeTo(chain, key);
        var served = PemCertificate.read(chain, key);
        var first = served.get();
        assertThat(served.refresh()).isFalse();
        TestCertificates.create(folder, "EC").writeTo(chain, key);
        assertThat(served.refresh()).isTrue();
        var second = served.get();
        assertThat(second).isNotSameAs(first);
        Files.writeString(chain, "half");
        assertThatThrownBy(() -> assertThat(served.refresh()).isFalse()).isInstanceOf(TransportException.class);
        assertThat(served.get()).isSameAs(second);
    }

    @Test
    void that_is_no_use_says_which_file_and_what_to_do() throws Exception {
        assertThatThrownBy(() -> PemCertificate.read(chain, key))
                .hasMessage("The file " + chain + " cannot be read. Check its path and who may read it.");
        TestCertificates.create(folder, "EC").writeTo(chain, key);
        TestCertificates.create(folder, "EC").writeTo(folder.resolve("other"), key);
        assertThatThrownBy(() -> PemCertificate.read(chain, key))
                .hasMessage("The key in " + key + " does not belong to the certificate.");
        Files.writeString(key, "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");
        assertThatThrownBy(() -> PemCertificate.read(chain, key))
                .hasMessageStartingWith("The file " + key + " holds no plain PKCS#8 key")
                .hasMessageContaining("openssl pkcs8 -topk8 -nodes");
        Files.writeString(chain, "nothing");
        assertThatThrownBy(() -> PemCertificate.read(chain, key))
                .hasMessage("The file " + chain + " holds no certificate in PEM form (-----BEGIN CERTIFICATE-----).");
    }
}
