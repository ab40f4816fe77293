package coscribe.client.link;

import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A relay's certificate is not believed here.
public final class UntrustedException extends CertificateException {
    private static final long serialVersionUID = 1;
    private static final Pattern NAME = Pattern.compile("(?:^|,\\s*)(?:CN|O)=\"?([^,\"]+)", Pattern.CASE_INSENSITIVE);
    private static final int LONGEST_NAME = 80;

    private final Why why;
    private final String issuer;

    /// What is wrong with it.
    public enum Why {
        /// Nobody here knows who issued it.
        ISSUER,
        /// It is for another name.
        NAME,
        /// Its time is over, or has not come, by this computer's clock.
        TIME
    }

    private UntrustedException(Why why, String issuer, CertificateException cause) {
        super(cause.getMessage(), cause);
        this.why = why;
        this.issuer = issuer;
    }

    /// @param chain  what the relay sent, its own certificate first
    static UntrustedException of(X509Certificate[] chain, CertificateException cause) {
        return new UntrustedException(why(cause), issuer(chain), cause);
    }

    private static Why why(CertificateException cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof CertificateExpiredException || each instanceof CertificateNotYetValidException) {
                return Why.TIME;
            }
        }
        // The JDK's host name check has no type of its own (sun.security.util.HostnameChecker).
        String message = String.valueOf(cause.getMessage());
        boolean isName = message.startsWith("No subject alternative") || message.startsWith("No name matching");
        return isName ? Why.NAME : Why.ISSUER;
    }

    /// Of the last one that was sent: the authority that would have to be known. A stranger wrote
    /// the name, so it is cut to what can be shown in a line.
    private static String issuer(X509Certificate[] chain) {
        if (chain.length == 0) {
            return "";
        }
        String full = chain[chain.length - 1].getIssuerX500Principal().getName();
        Matcher name = NAME.matcher(full);
        String found = (name.find() ? name.group(1) : full).replaceAll("[\\p{C}\\p{Z}]+", " ");
        return found.substring(0, Math.min(LONGEST_NAME, found.length())).strip();
    }

    public Why why() {
        return why;
    }

    /// Who issued it, as the certificate has it; cut to a line.
    public String issuer() {
        return issuer;
    }
}
