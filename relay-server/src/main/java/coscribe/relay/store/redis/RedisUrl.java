package coscribe.relay.store.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Where a Redis is: `redis://[user:password@]host[:port][/database]`, or `rediss://` for TLS,
/// where the certificate must name the host. User and password are percent-encoded; without a user,
/// `:password@`, it is Redis' `default`.
///
/// @param database  0 or more; pub/sub is shared by all databases of a server
public record RedisUrl(
        boolean tls, String host, int port, Optional<String> user, Optional<String> password, int database) {
    private static final int DEFAULT_PORT = 6379;

    /// @throws IllegalArgumentException  with a sentence for an administrator that shows no secret
    public static RedisUrl parse(String text) {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException _) { // its message shows the whole address, password and all
            throw bad("is not a URL; special characters in a password are written as %XX");
        }
        boolean tls = "rediss".equalsIgnoreCase(uri.getScheme());
        if (!tls && !"redis".equalsIgnoreCase(uri.getScheme())) {
            throw bad("must begin with redis:// (or rediss:// for TLS)");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw bad("has something behind ? or #, which means nothing here");
        }
        if (uri.getHost() == null) {
            throw bad("names no host");
        }
        int port = uri.getPort() == -1 ? DEFAULT_PORT : uri.getPort();
        if (port < 1 || port > 65_535) {
            throw bad("has the port " + port + "; ports are 1 to 65535");
        }
        var credentials = Credentials.of(Optional.ofNullable(uri.getRawUserInfo()));
        return new RedisUrl(tls, bare(uri.getHost()), port, credentials.user(), credentials.password(), database(uri));
    }

    private record Credentials(Optional<String> user, Optional<String> password) {
        static Credentials of(Optional<String> userInfo) {
            if (userInfo.isEmpty()) {
                return new Credentials(Optional.empty(), Optional.empty());
            }
            int colon = userInfo.get().indexOf(':');
            if (colon < 0 || colon == userInfo.get().length() - 1) {
                throw bad("has a part before @ that is not user:password (or :password)");
            }
            var user = decoded(userInfo.get().substring(0, colon));
            return new Credentials(
                    Optional.of(user).filter(u -> !u.isEmpty()),
                    Optional.of(decoded(userInfo.get().substring(colon + 1))));
        }
    }

    private static int database(URI uri) {
        var path = uri.getPath();
        if (path == null || path.isEmpty() || path.equals("/")) {
            return 0;
        }
        if (!path.matches("/[0-9]{1,5}")) {
            throw bad("has a path that is not the number of a database, like /0");
        }
        return Integer.parseInt(path.substring(1));
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException bad(String what) {
        return new IllegalArgumentException(
                "the Redis URL " + what + ". It looks like redis://user:password@redis.example.org:6379/0");
    }

    /// Without user and password.
    public String address() {
        return (tls ? "rediss://" : "redis://") + (host.contains(":") ? "[" + host + "]" : host) + ":" + port
                + (database == 0 ? "" : "/" + database);
    }

    @Override
    public String toString() {
        return address();
    }
}
