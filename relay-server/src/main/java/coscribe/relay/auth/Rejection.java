package coscribe.relay.auth;

import coscribe.ot.protocol.FailureCode;
import java.util.Locale;

/// Why a token is not accepted.
public enum Rejection {
    MISSING("There is no access token. Sign in first."),
    MALFORMED("The access token is damaged. Sign in again."),
    ALGORITHM("The access token is signed in a way that this server does not accept. Sign in again."),
    TYPE("This is no access token for this server. Sign in again."),
    SIGNATURE("The access token was not signed by this server. Sign in again."),
    ISSUER("The access token was issued by somebody else. Sign in again."),
    AUDIENCE("The access token is for another server. Sign in on this one."),
    MISSING_CLAIM("The access token lacks something this server needs. Sign in again."),
    BAD_CLAIM("The access token says something this server cannot use. Sign in again."),
    NOT_YET("The access token is not valid yet. Check the clocks of server and issuer."),
    LIFE("The access token lives longer than this server allows. Sign in again."),
    EXPIRED("The access token has expired. Sign in again.");

    private final String sentence;

    Rejection(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }

    /// As counted in metrics: lower case with underscores.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public FailureCode failure() {
        return this == EXPIRED ? FailureCode.EXPIRED : FailureCode.UNAUTHENTICATED;
    }
}
