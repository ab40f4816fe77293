package coscribe.relay;

import java.util.Locale;
import java.util.Optional;

/// Every key of the relay's configuration. Each can be written as a flag, an environment variable
/// and a line of the file, in this order of precedence.
public enum ConfigKey {
    BIND("bind", "127.0.0.1:7450", "host:port to listen on; port 0 takes a free one"),
    LAN("lan", "false", "true: listen on all addresses of this computer, not encrypted"),
    PUBLIC_URL("public.url", "", "address put into links, such as https://docs.example.org"),
    TLS_CERT("tls.cert", "", "certificate chain, a PEM file; read again when it changes"),
    TLS_KEY("tls.key", "", "private key of tls.cert, a PEM file in PKCS#8"),
    PROXY_TRUSTED("proxy.trusted", "loopback", "CIDRs, loopback or none: proxies whose X-Forwarded-For is believed"),
    DATA_DIR("data.dir", "./coscribe-data", "folder of the embedded store and of the admin socket"),
    STORE("store", "embedded", "embedded or redis"),
    REDIS_URL(
            "redis.url",
            "",
            "redis://[user:password@]host:port, or redis+sentinel://[user:password@]host:port,host:port/name[?sentinel=user:password]; rediss for TLS",
            Trait.SECRET),
    DURABILITY("durability", "strict", "strict, relaxed or volatile: when an edit counts as saved"),
    REDIS_WAIT_REPLICAS(
            "redis.wait.replicas",
            "0",
            "replicas that confirm an edit before it counts as saved (relaxed: soon after): all there are"),
    AUTH_MODE("auth.mode", "invite", "any of invite, jwt (oidc is not supported by this version yet)"),
    AUTH_OIDC_ISSUER("auth.oidc.issuer", "", "address of the identity provider", Trait.NOT_YET),
    AUTH_OIDC_CLIENT_ID("auth.oidc.client.id", "", "this relay's name there", Trait.NOT_YET),
    AUTH_OIDC_CLIENT_SECRET("auth.oidc.client.secret", "", "this relay's secret there", Trait.NOT_YET_SECRET),
    AUTH_OIDC_DOMAINS("auth.oidc.domains", "", "who may sign in; empty: anybody", Trait.NOT_YET),
    AUTH_OIDC_ADMIN_GROUP("auth.oidc.admin.group", "", "who administers", Trait.NOT_YET),
    AUTH_JWT_JWKS("auth.jwt.jwks", "", "keys of your own service's tokens", Trait.NOT_YET),
    AUTH_JWT_AUDIENCE("auth.jwt.audience", "", "the aud of your own service's tokens; empty: they must have none"),
    AUTH_JWT_SECRET("auth.jwt.secret", "", "HS256 secret shared with your own service, 32 bytes or more", Trait.SECRET),
    AUTH_TOKEN_TTL("auth.token.ttl", "15m", "life of an access token, at most 1h"),
    AUTH_GUESTS("auth.guests", "false", "true: people without an account may follow links", Trait.NOT_YET),
    INVITE_TTL("invite.ttl", "24h", "life of a new invite link, at most 30d"),
    INVITE_USES("invite.uses", "10", "devices that may redeem a new invite link"),
    LIMITS_DOC_PEOPLE("limits.doc.people", "200", "people in one document at once"),
    LIMITS_DOC_CHARS("limits.doc.chars", "2000000", "characters in one document"),
    LIMITS_IMAGE_BYTES("limits.image.bytes", "10485760", "size of one image", Trait.NOT_YET),
    HISTORY_KEEP("history.keep", "forever", "how long versions are kept", Trait.NOT_YET),
    TRASH_KEEP("trash.keep", "30d", "how long deleted documents are kept", Trait.NOT_YET),
    BACKUP_EVERY("backup.every", "off", "how often a backup is made while the relay runs, such as 24h; or off"),
    BACKUP_DIR("backup.dir", "", "folder of those backups; empty: backups in data.dir"),
    BACKUP_KEEP("backup.keep", "7", "of those backups, how many are kept"),
    AUDIT("audit", "off", "keep a log of who did what", Trait.NOT_YET),
    LOG_LEVEL("log.level", "info", "error, warn, info or debug"),
    LOG_FORMAT("log.format", "text", "text or json"),
    METRICS_BIND("metrics.bind", "127.0.0.1:7451", "host:port of /metrics; off: none"),
    SHUTDOWN_DRAIN("shutdown.drain", "20s", "time for connections to move elsewhere, at most 5m");

    private enum Trait {
        SECRET,
        NOT_YET,
        NOT_YET_SECRET
    }

    static final String ENVIRONMENT_PREFIX = "COSCRIBE_";

    private final String key;
    private final String byDefault;
    private final String meaning;
    private final boolean secret;
    private final boolean supported;

    ConfigKey(String key, String byDefault, String meaning) {
        this(key, byDefault, meaning, false, true);
    }

    ConfigKey(String key, String byDefault, String meaning, Trait trait) {
        this(key, byDefault, meaning, trait != Trait.NOT_YET, trait == Trait.SECRET);
    }

    ConfigKey(String key, String byDefault, String meaning, boolean secret, boolean supported) {
        this.key = key;
        this.byDefault = byDefault;
        this.meaning = meaning;
        this.secret = secret;
        this.supported = supported;
    }

    /// As in the file: `public.url`.
    public String key() {
        return key;
    }

    /// As on the command line: `--public-url`.
    public String flag() {
        return "--" + key.replace('.', '-');
    }

    /// As in the environment: `COSCRIBE_PUBLIC_URL`.
    public String variable() {
        return ENVIRONMENT_PREFIX + key.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /// Empty: nothing.
    public String byDefault() {
        return byDefault;
    }

    /// One line for an administrator.
    public String meaning() {
        return meaning;
    }

    /// Never printed; may also be given as the name of a file that holds it.
    public boolean isSecret() {
        return secret;
    }

    /// Whether this version does what the key says. If not, only its default is accepted.
    public boolean isSupported() {
        return supported;
    }

    static Optional<ConfigKey> ofKey(String text) {
        for (var each : values()) {
            if (each.key.equals(text)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
