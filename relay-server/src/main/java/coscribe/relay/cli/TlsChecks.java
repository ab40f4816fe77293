package coscribe.relay.cli;

import coscribe.relay.Finding;
import coscribe.relay.RelayConfig;
import coscribe.relay.transport.PemCertificate;
import coscribe.relay.transport.TransportException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// Whether editors will believe the relay's certificate, as far as its files tell.
final class TlsChecks {
    private static final String TLS = "tls";
    private static final Duration SOON = Duration.ofDays(14);

    private TlsChecks() {}

    /// The chain is looked at first: Java refuses one that is none without saying why.
    static List<Finding> of(RelayConfig.Tls tls, Instant now) {
        try {
            var chain = PemCertificate.certificates(tls.certificate());
            var links = links(chain, tls);
            if (links.level() == Finding.Level.FAIL) {
                return List.of(links);
            }
            var _ = PemCertificate.read(tls.certificate(), tls.key());
            var findings = new ArrayList<Finding>();
            if (Checks.othersMayRead(tls.key())) {
                findings.add(Finding.fail(
                                TLS,
                                "Others on this computer may read the key " + tls.key() + ". Close it: chmod 600 "
                                        + tls.key())
                        .closedBy(tls.key(), "rw-------"));
            }
            findings.add(times(chain, tls, now));
            findings.add(links);
            return findings;
        } catch (TransportException e) {
            return List.of(Finding.fail(TLS, String.valueOf(e.getMessage())));
        }
    }

    private static Finding times(List<X509Certificate> chain, RelayConfig.Tls tls, Instant now) {
        for (var each : chain) {
            if (each.getNotAfter().toInstant().isBefore(now)) {
                return Finding.fail(
                        TLS,
                        "'" + name(each) + "' in " + tls.certificate() + " ended on "
                                + each.getNotAfter().toInstant()
                                + ". Have it renewed; the relay reads the file again by itself.");
            }
            if (each.getNotBefore().toInstant().isAfter(now)) {
                return Finding.fail(
                        TLS,
                        "'" + name(each) + "' in " + tls.certificate() + " is not valid before "
                                + each.getNotBefore().toInstant()
                                + ". Check this computer's clock, then the certificate.");
            }
        }
        var end = chain.getFirst().getNotAfter().toInstant();
        return end.isBefore(now.plus(SOON))
                ? Finding.warn(
                        TLS, "The certificate in " + tls.certificate() + " ends on " + end + ". Have it renewed soon.")
                : Finding.ok(TLS, "The certificate in " + tls.certificate() + " is valid until " + end + ".");
    }

    private static Finding links(List<X509Certificate> chain, RelayConfig.Tls tls) {
        for (int i = 0; i + 1 < chain.size(); i++) {
            if (!signed(chain.get(i), chain.get(i + 1))) {
                return Finding.fail(
                        TLS,
                        tls.certificate() + " is no chain: '" + name(chain.get(i)) + "' is not signed by '"
                                + name(chain.get(i + 1))
                                + "', which stands behind it. Put the server's certificate first,"
                                + " then each that signs the one before it (with certbot: fullchain.pem).");
            }
        }
        var last = chain.getLast();
        if (signed(last, last) || known().contains(last.getIssuerX500Principal().getName())) {
            return Finding.ok(TLS, "Its chain of " + chain.size() + " is whole.");
        }
        return Finding.warn(
                TLS,
                "Nobody here knows '" + last.getIssuerX500Principal().getName()
                        + "', who signed the last certificate in "
                        + tls.certificate() + ". If a certificate of theirs belongs between, add it to the file (with"
                        + " certbot: fullchain.pem); if they are your own authority, every computer must know it.");
    }

    private static boolean signed(X509Certificate one, X509Certificate by) {
        if (!one.getIssuerX500Principal().equals(by.getSubjectX500Principal())) {
            return false;
        }
        try {
            one.verify(by.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    /// The names of those whom this Java trusts.
    private static Set<String> known() {
        try {
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init((KeyStore) null);
            return Arrays.stream(trust.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .flatMap(each -> Arrays.stream(((X509TrustManager) each).getAcceptedIssuers()))
                    .map(root -> root.getSubjectX500Principal().getName())
                    .collect(Collectors.toSet());
        } catch (GeneralSecurityException e) {
            return Set.of();
        }
    }
}
