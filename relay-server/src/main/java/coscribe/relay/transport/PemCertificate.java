package coscribe.relay.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A certificate chain and its key from two PEM files, for [TransportOptions#tls()].
///
/// Files that have changed are read again when [#refresh()] is called, from a timer; connections that are
/// open keep what they have. Any thread.
public final class PemCertificate implements Supplier<SSLContext> {
    private static final Pattern KEY_BLOCK =
            Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END");

    private final Path chainFile;
    private final Path keyFile;
    private volatile Loaded loaded;

    private record Loaded(SSLContext context, byte[] chain, byte[] key) {}

    private PemCertificate(Path chainFile, Path keyFile, Loaded loaded) {
        this.chainFile = chainFile;
        this.keyFile = keyFile;
        this.loaded = loaded;
    }

    /// Reads both files.
    ///
    /// @param chainFile the server's certificate, then those that sign it
    /// @param keyFile its private key in PKCS#8, not encrypted
    /// @throws TransportException with a sentence that says which file is wrong and what to do
    public static PemCertificate read(Path chainFile, Path keyFile) {
        return new PemCertificate(chainFile, keyFile, load(chainFile, keyFile));
    }

    /// The certificates in a file, in its order.
    ///
    /// @throws TransportException if it cannot be read or holds none
    public static List<X509Certificate> certificates(Path chainFile) {
        return Arrays.stream(chain(chainFile, bytes(chainFile)))
                .map(X509Certificate.class::cast)
                .toList();
    }

    @Override
    public SSLContext get() {
        return loaded.context();
    }

    /// Reads the files again if they have changed.
    ///
    /// @return whether a new certificate is served now
    /// @throws TransportException if they cannot be used; the old certificate stays
    public boolean refresh() {
        var before = loaded;
        if (Arrays.equals(before.chain(), bytes(chainFile)) && Arrays.equals(before.key(), bytes(keyFile))) {
            return false;
        }
        loaded = load(chainFile, keyFile);
        return true;
    }

    private static Loaded load(Path chainFile, Path keyFile) {
        var chainBytes = bytes(chainFile);
        var keyBytes = bytes(keyFile);
        var chain = chain(chainFile, chainBytes);
        var key = key(keyFile, keyBytes, chain[0].getPublicKey());
        try {
            var none = new char[0];
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, none);
            store.setKeyEntry("relay", key, none, chain);
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, none);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return new Loaded(context, chainBytes, keyBytes);
        } catch (GeneralSecurityException | IOException failed) {
            throw new TransportException("The certificate in " + chainFile + " cannot be used: " + failed, failed);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new TransportException(
                    "The file " + file + " cannot be read. Check its path and who may read it.", unreadable);
        }
    }

    private static Certificate[] chain(Path file, byte[] bytes) {
        try {
            var chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes))
                    .toArray(Certificate[]::new);
            if (chain.length > 0) {
                return chain;
            }
            throw new TransportException(noCertificate(file), new IOException("an empty chain"));
        } catch (GeneralSecurityException malformed) {
            throw new TransportException(noCertificate(file), malformed);
        }
    }

    private static String noCertificate(Path file) {
        return "The file " + file + " holds no certificate in PEM form (-----BEGIN CERTIFICATE-----).";
    }

    private static PrivateKey key(Path file, byte[] bytes, PublicKey certified) {
        var block = KEY_BLOCK.matcher(new String(bytes, ISO_8859_1));
        if (!block.find() || !block.group(1).equals("PRIVATE KEY")) {
            throw new TransportException(
                    "The file " + file + " holds no plain PKCS#8 key (-----BEGIN PRIVATE KEY-----)."
                            + " Convert yours: openssl pkcs8 -topk8 -nodes -in KEY -out NEW",
                    new IOException("no PKCS#8 key"));
        }
        try {
            var encoded = Base64.getMimeDecoder().decode(block.group(2));
            var key =
                    KeyFactory.getInstance(certified.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            if (belongTogether(key, certified)) {
                return key;
            }
            throw new TransportException(notTheKey(file), new IOException("another key"));
        } catch (GeneralSecurityException malformed) {
            throw new TransportException(notTheKey(file), malformed);
        }
    }

    private static String notTheKey(Path file) {
        return "The key in " + file + " does not belong to the certificate.";
    }

    private static boolean belongTogether(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        var signature = Signature.getInstance(
                switch (certified.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> certified.getAlgorithm();
                });
        var probe = "coscribe".getBytes(ISO_8859_1);
        signature.initSign(key);
        signature.update(probe);
        var signed = signature.sign();
        signature.initVerify(certified);
        signature.update(probe);
        return signature.verify(signed);
    }
}
