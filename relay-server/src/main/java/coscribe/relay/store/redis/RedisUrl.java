package coscribe.relay.store.redis;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Where a Redis is, in one of two forms: `redis://[user:password@]host[:port][/database]`, or, where
/// Sentinels say which server is the primary,
/// `redis+sentinel://[user:password@]host[:port],host[:port].../name[/database][?sentinel=user:password]`.
/// With `rediss` in front of either everything is encrypted, and each certificate must name its host, as
/// Sentinels name it. User and password before the hosts are for Redis, those behind `?sentinel=` for the
/// Sentinels; all are percent-encoded. Without a user, `:password`, it is the `default` one.
///
/// @param places    the server, or the Sentinels
/// @param name      what the Sentinels call the primary; empty: there are none
/// @param login     of the servers
/// @param sentinelLogin  of the Sentinels
/// @param database  0 or more; pub/sub is shared by all databases of a server
public record RedisUrl(
        boolean tls,
        List<Place> places,
        Optional<String> name,
        Optional<Login> login,
        Optional<Login> sentinelLogin,
        int database) {
    private static final int DEFAULT_PORT = 6379;
    private static final int DEFAULT_SENTINEL_PORT = 26_379;
    private static final String BEGINNING = "must begin with redis:// or redis+sentinel:// (rediss for TLS)";
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z+]+)://(?:([^@/\\s]*)@)?([^@/?\\s]*)((?:/[^?]*)?)(?:\\?sentinel=([^@/?\\s]+))?");
    private static final Pattern PLACE =
            Pattern.compile("(\\[[0-9a-fA-F:.]+(?:%[^\\]]+)?]|[A-Za-z0-9._-]+)(?::([0-9]{1,6}))?");

    /// A host (an IPv6 address without brackets) and a port.
    public record Place(String host, int port) {
        @Override
        public String toString() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /// How to sign in.
    ///
    /// @param user  empty: the default one
    public record Login(Optional<String> user, String password) {
        private static Login of(String text, String where) {
            int colon = text.indexOf(':');
            if (colon < 0 || colon == text.length() - 1) {
                throw bad("has a part " + where + " that is not user:password (or :password)");
            }
            return new Login(
                    Optional.of(decoded(text.substring(0, colon))).filter(u -> !u.isEmpty()),
                    decoded(text.substring(colon + 1)));
        }

        @Override
        public String toString() {
            return "Login[hidden]";
        }
    }

    public RedisUrl {
        places = List.copyOf(places);
        if (places.isEmpty() || (places.size() > 1 && name.isEmpty())) {
            throw new IllegalArgumentException(places.size() + " places");
        }
    }

    /// @throws IllegalArgumentException  with a sentence for an administrator that shows no secret
    public static RedisUrl parse(String text) {
        var form = FORM.matcher(text.strip());
        if (!text.contains("://")) {
            throw bad(BEGINNING);
        }
        boolean watched = text.strip().toLowerCase(Locale.ROOT).matches("rediss?\\+sentinel://.*");
        if (text.contains("#") || (text.contains("?") && !(watched && text.contains("?sentinel=")))) {
            throw bad("has something behind ? or # that means nothing here");
        }
        if (!form.matches()) {
            throw bad("is not a URL; special characters in a password are written as %XX");
        }
        var scheme = form.group(1).toLowerCase(Locale.ROOT);
        boolean tls = scheme.startsWith("rediss");
        boolean sentinel = scheme.equals("redis+sentinel") || scheme.equals("rediss+sentinel");
        if (!sentinel && !scheme.equals("redis") && !scheme.equals("rediss")) {
            throw bad(BEGINNING);
        }
        var path = form.group(4).isEmpty() ? "" : form.group(4).substring(1);
        var login = Optional.ofNullable(form.group(2)).map(given -> Login.of(given, "before @"));
        return sentinel
                ? sentinel(
                        tls,
                        form.group(3),
                        path,
                        login,
                        Optional.ofNullable(form.group(5)).map(given -> Login.of(given, "behind ?sentinel=")))
                : new RedisUrl(
                        tls,
                        List.of(place(form.group(3), DEFAULT_PORT)),
                        Optional.empty(),
                        login,
                        Optional.empty(),
                        database(path));
    }

    private static RedisUrl sentinel(
            boolean tls, String hosts, String path, Optional<Login> login, Optional<Login> sentinelLogin) {
        var places = Arrays.stream(hosts.split(",", -1))
                .map(each -> place(each, DEFAULT_SENTINEL_PORT))
                .toList();
        int slash = path.indexOf('/');
        var name = decoded(slash < 0 ? path : path.substring(0, slash));
        if (name.isBlank()) {
            throw bad("does not say what the Sentinels call the primary, as in redis+sentinel://one,two,three/NAME");
        }
        return new RedisUrl(
                tls,
                places,
                Optional.of(name),
                login,
                sentinelLogin,
                database(slash < 0 ? "" : path.substring(slash + 1)));
    }

    private static Place place(String text, int defaultPort) {
        var place = PLACE.matcher(text);
        if (text.isEmpty()) {
            throw bad("names no host");
        }
        if (!place.matches()) {
            throw bad("has a host that is none; several, with commas between them, are for redis+sentinel://");
        }
        int port = place.group(2) == null ? defaultPort : Integer.parseInt(place.group(2));
        if (port < 1 || port > 65_535) {
            throw bad("has the port " + port + "; ports are 1 to 65535");
        }
        return new Place(place.group(1).replaceAll("[\\[\\]]", ""), port);
    }

    private static int database(String path) {
        if (path.isEmpty()) {
            return 0;
        }
        if (!path.matches("[0-9]{1,5}")) {
            throw bad("has a path that is not the number of a database, like /0");
        }
        return Integer.parseInt(path);
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) { // its message shows the part
            throw bad("is not a URL; special characters in a password are written as %XX");
        }
    }

    private static IllegalArgumentException bad(String what) {
        return new IllegalArgumentException(
                "the Redis URL " + what + ". It looks like redis://user:password@redis.example.org:6379/0");
    }

    /// Whether Sentinels say where the primary is.
    public boolean isWatched() {
        return name.isPresent();
    }

    /// Without user and password.
    public String address() {
        return (tls ? "rediss" : "redis") + (isWatched() ? "+sentinel" : "") + "://"
                + places.stream().map(Place::toString).collect(Collectors.joining(","))
                + name.map(called -> "/" + called).orElse("")
                + (database == 0 ? "" : "/" + database);
    }

    @Override
    public String toString() {
        return address();
    }
}
