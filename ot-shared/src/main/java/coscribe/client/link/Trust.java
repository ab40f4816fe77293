package coscribe.client.link;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whose certificates are believed: the authorities that Java brings, those that the computer
/// trusts, and those in a file. A union: none takes the place of another, and one that cannot be
/// read leaves the others. Read when the first relay shows a certificate, as that takes time which
/// no start should wait for; what is wrong with one is told by {@link UntrustedException}.
public final class Trust {
    private static final Logger LOG = LoggerFactory.getLogger(Trust.class);
    /// Where Linux distributions keep theirs: Debian, Fedora, openSUSE, Alpine.
    private static final List<Path> BUNDLES = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/ssl/ca-bundle.pem"),
            Path.of("/etc/ssl/cert.pem"));

    private Trust() {}

    /// @param extra  a file with certificates of further authorities, PEM
    public static SSLSocketFactory withSystem(Optional<Path> extra) {
        return of(BUNDLES, extra);
    }

    /// As {@link #withSystem}, for a client that makes its sockets itself. It has to ask TLS for the
    /// server's name (as `java.net.http` does).
    ///
    /// @param extra  a file with certificates of further authorities, PEM
    public static SSLContext contextWithSystem(Optional<Path> extra) {
        return context(BUNDLES, extra);
    }

    static SSLSocketFactory of(List<Path> bundles, Optional<Path> extra) {
        return context(bundles, extra).getSocketFactory();
    }

    static SSLContext context(List<Path> bundles, Optional<Path> extra) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Union(bundles, extra)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a Java without TLS", e);
        }
    }

    /// The certificates in a PEM file. Throws {@link IOException} where it cannot be read or holds
    /// none.
    public static List<X509Certificate> inFile(Path pem) throws IOException {
        try (var in = Files.newInputStream(pem)) {
            var found = x509(CertificateFactory.getInstance("X.509").generateCertificates(in));
            if (found.isEmpty()) {
                throw new IOException("there is no certificate in " + pem);
            }
            return found;
        } catch (CertificateException e) {
            throw new IOException("there is something else than certificates in " + pem, e);
        }
    }

    private static List<X509Certificate> x509(Collection<? extends Certificate> all) {
        return all.stream()
                .filter(X509Certificate.class::isInstance)
                .map(X509Certificate.class::cast)
                .toList();
    }

    private interface Source {
        List<X509Certificate> certificates() throws IOException, GeneralSecurityException;
    }

    private static final class Union extends X509ExtendedTrustManager {
        private final List<Path> bundles;
        private final Optional<Path> extra;
        private Optional<X509ExtendedTrustManager> loaded = Optional.empty(); // guarded by this

        Union(List<Path> bundles, Optional<Path> extra) {
            this.bundles = bundles;
            this.extra = extra;
        }

        private synchronized X509ExtendedTrustManager loaded() throws CertificateException {
            if (loaded.isEmpty()) {
                try {
                    loaded = Optional.of(load());
                } catch (GeneralSecurityException | IOException e) {
                    throw new CertificateException("no authorities could be read", e);
                }
            }
            return loaded.get();
        }

        private X509ExtendedTrustManager load() throws GeneralSecurityException, IOException {
            var all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            add(all, "java", () -> Arrays.asList(manager(Optional.empty()).getAcceptedIssuers()));
            addSystem(all);
            if (extra.isPresent()) {
                add(all, extra.get().toString(), () -> inFile(extra.get()));
            }
            return (X509ExtendedTrustManager) manager(Optional.of(all));
        }

        private void addSystem(KeyStore all) {
            String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
            if (system.contains("win")) {
                add(all, "windows", () -> inSystem("Windows-ROOT"));
            } else if (system.contains("mac")) {
                add(all, "keychain", () -> inSystem("KeychainStore"));
                add(all, "keychain-roots", () -> inSystem("KeychainStore-ROOT"));
            } else {
                bundles.stream()
                        .filter(Files::isReadable)
                        .findFirst()
                        .ifPresent(bundle -> add(all, bundle.toString(), () -> inFile(bundle)));
            }
        }

        private static List<X509Certificate> inSystem(String kind) throws GeneralSecurityException, IOException {
            var store = KeyStore.getInstance(kind);
            store.load(null, null);
            var found = new ArrayList<Certificate>();
            for (String alias : Collections.list(store.aliases())) {
                Optional.ofNullable(store.getCertificate(alias)).ifPresent(found::add);
            }
            return x509(found);
        }

        private static void add(KeyStore all, String place, Source source) {
            try {
                int number = 0;
                for (X509Certificate each : source.certificates()) {
                    all.setCertificateEntry(place + " " + number++, each);
                }
                LOG.info("event=authorities_read place={} count={}", place, number);
            } catch (IOException | GeneralSecurityException e) {
                LOG.warn("event=authorities_unread place={}", place, e);
            }
        }

        /// @param store  empty: what Java brings
        private static X509TrustManager manager(Optional<KeyStore> store) throws GeneralSecurityException {
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store.orElse(null));
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .findFirst()
                    .orElseThrow(() -> new GeneralSecurityException("no trust manager for X.509"));
        }

        private interface Question {
            void ask(X509ExtendedTrustManager known) throws CertificateException;
        }

        private void judge(X509Certificate[] chain, Question question) throws CertificateException {
            var known = loaded();
            try {
                question.ask(known);
            } catch (CertificateException e) {
                throw UntrustedException.of(chain, e);
            }
        }

        // --- what TLS asks

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            judge(chain, known -> known.checkServerTrusted(chain, authType, socket));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            judge(chain, known -> known.checkServerTrusted(chain, authType, engine));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("not without the name of the server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            throw new CertificateException("no client is asked");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("no client is asked");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("no client is asked");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0]; // tells clients which of theirs to show
        }
    }
}
