package coscribe.relay;

import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.ServerMessage.Durability;
import coscribe.relay.auth.AccessTokens;
import coscribe.relay.auth.SigningSecret;
import coscribe.relay.people.Invites;
import coscribe.relay.store.redis.RedisUrl;
import coscribe.relay.transport.AddressRanges;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How a relay is set up, checked as a whole.
///
/// @param bind         not resolved yet; port 0 takes a free one
/// @param publicUrl    address put into links, where it is not the one that is listened on
/// @param tls          served by the relay itself; empty: not encrypted, or by a proxy
/// @param takesCodes   whether people may sign in with invite codes
/// @param teamTokens   whether people may sign in with tokens of the team's own service
/// @param maxPeople    in one document at once
/// @param maxChars     UTF-16 units in one document
/// @param metricsBind  empty: no metrics
/// @param backups      made by the relay itself; empty: none
/// @param drain        for connections to move elsewhere before the relay stops
/// @param settings     every key with its value and where it came from
public record RelayConfig(
        InetSocketAddress bind,
        Optional<URI> publicUrl,
        Optional<Tls> tls,
        AddressRanges trustedProxies,
        Path dataDir,
        StoreChoice store,
        Durability durability,
        boolean takesCodes,
        Optional<TeamTokens> teamTokens,
        Duration tokenLife,
        Duration inviteLife,
        int inviteUses,
        int maxPeople,
        int maxChars,
        String logLevel,
        boolean logsJson,
        Optional<InetSocketAddress> metricsBind,
        Optional<BackupPlan> backups,
        Duration drain,
        List<Setting> settings) {

    private static final int MOST_REPLICAS = 9;
    private static final int MOST_BACKUPS = 10_000;
    private static final Duration LEAST_BETWEEN_BACKUPS = Duration.ofSeconds(10);
    private static final Duration MOST_BETWEEN_BACKUPS = Duration.ofDays(365);
    private static final String NOT_ON_REDIS =
            "is set, but the store is the embedded one. Write store = redis, or take it out.";

    public RelayConfig {
        settings = List.copyOf(settings);
    }

    /// Where everything is kept.
    public sealed interface StoreChoice {
        /// In the data folder.
        record Embedded() implements StoreChoice {}

        /// @param url           may hold a password; `toString` hides it
        /// @param waitReplicas  how many replicas confirm an edit before it counts as saved
        record Redis(String url, int waitReplicas) implements StoreChoice {
            @Override
            public String toString() {
                return "Redis[hidden]";
            }
        }
    }

    /// Backups that the relay makes by itself.
    ///
    /// @param keep  how many of the newest stay, at least 1
    public record BackupPlan(Duration every, Path folder, int keep) {}

    /// The files of a certificate; not read yet.
    public record Tls(Path certificate, Path key) {}

    /// How tokens of the team's own service are checked.
    public record TeamTokens(SigningSecret secret, Optional<String> audience) {}

    /// Either a configuration, or everything that is wrong with it.
    public sealed interface Parsed {
        record Good(RelayConfig config) implements Parsed {}

        record Bad(List<ConfigProblem> problems) implements Parsed {
            public Bad {
                problems = List.copyOf(problems);
            }
        }
    }

    /// Pure but for the files that hold secrets, and those come in as an argument.
    ///
    /// @param flags        by name, as `--public-url`
    /// @param environment  all of it; what has not our prefix is left alone
    /// @param secretFiles  reads a file that holds a secret
    public static Parsed parse(
            Map<String, String> flags,
            Map<String, String> environment,
            Optional<ConfigFile> file,
            ConfigSources.SecretFiles secretFiles) {
        var problems = new ArrayList<ConfigProblem>();
        var found = new ConfigSources(secretFiles, problems).find(flags, environment, file);
        var config = read(new ConfigValues(found, problems));
        return problems.isEmpty() ? new Parsed.Good(config) : new Parsed.Bad(problems);
    }

    private static RelayConfig read(ConfigValues values) {
        values.refuseWhatIsNotYet();
        var modes = values.choices(
                ConfigKey.AUTH_MODE, List.of("invite", "jwt"), Map.of("oidc", "invite, jwt or both with a comma"));
        return new RelayConfig(
                bind(values),
                values.url(ConfigKey.PUBLIC_URL, Set.of("http", "https"), "https://docs.example.org"),
                tls(values),
                values.ranges(ConfigKey.PROXY_TRUSTED),
                values.path(ConfigKey.DATA_DIR),
                store(values),
                Durability.valueOf(values.choice(ConfigKey.DURABILITY, List.of("strict", "relaxed", "volatile"))
                        .toUpperCase(Locale.ROOT)),
                modes.contains("invite"),
                teamTokens(values, modes.contains("jwt")),
                values.life(ConfigKey.AUTH_TOKEN_TTL, Duration.ofSeconds(10), AccessTokens.LONGEST_LIFE),
                values.life(ConfigKey.INVITE_TTL, Duration.ofSeconds(1), Invites.LONGEST_LIFE),
                values.number(ConfigKey.INVITE_USES, 1, Invites.MOST_USES),
                values.number(ConfigKey.LIMITS_DOC_PEOPLE, 1, 100_000),
                values.number(ConfigKey.LIMITS_DOC_CHARS, 1, Limits.DOCUMENT_UNITS_CEILING),
                values.choice(ConfigKey.LOG_LEVEL, List.of("error", "warn", "info", "debug")),
                values.choice(ConfigKey.LOG_FORMAT, List.of("text", "json")).equals("json"),
                values.address(ConfigKey.METRICS_BIND, true),
                backups(values),
                values.life(ConfigKey.SHUTDOWN_DRAIN, Duration.ZERO, Duration.ofMinutes(5)),
                Arrays.stream(ConfigKey.values()).map(values::setting).toList());
    }

    private static Optional<BackupPlan> backups(ConfigValues values) {
        int keep = values.number(ConfigKey.BACKUP_KEEP, 1, MOST_BACKUPS);
        var folder = values.optionalText(ConfigKey.BACKUP_DIR)
                .map(Path::of)
                .orElseGet(() -> values.path(ConfigKey.DATA_DIR).resolve("backups"));
        return values.lifeOrOff(ConfigKey.BACKUP_EVERY, LEAST_BETWEEN_BACKUPS, MOST_BETWEEN_BACKUPS)
                .map(every -> new BackupPlan(every, folder, keep));
    }

    private static InetSocketAddress bind(ConfigValues values) {
        var bind = values.address(ConfigKey.BIND, false).orElseThrow();
        if (!values.flag(ConfigKey.LAN)) {
            return bind;
        }
        if (values.isSet(ConfigKey.BIND) && !bind.getHostString().equals("0.0.0.0")) {
            values.add(
                    values.setting(ConfigKey.LAN),
                    "listens on every address, but 'bind' names one. Write bind = 0.0.0.0:" + bind.getPort()
                            + ", or leave one of the two out.");
        }
        return InetSocketAddress.createUnresolved("0.0.0.0", bind.getPort());
    }

    private static Optional<Tls> tls(ConfigValues values) {
        if (!values.isSet(ConfigKey.TLS_CERT) && !values.isSet(ConfigKey.TLS_KEY)) {
            return Optional.empty();
        }
        for (var key : List.of(ConfigKey.TLS_CERT, ConfigKey.TLS_KEY)) {
            if (!values.isSet(key)) {
                var other = key == ConfigKey.TLS_CERT ? ConfigKey.TLS_KEY : ConfigKey.TLS_CERT;
                values.add(
                        values.setting(other),
                        "needs " + key.key() + " beside it. Write the path of a PEM file there.");
            }
        }
        return Optional.of(new Tls(values.path(ConfigKey.TLS_CERT), values.path(ConfigKey.TLS_KEY)));
    }

    private static StoreChoice store(ConfigValues values) {
        var url = redisUrl(values);
        int replicas = values.number(ConfigKey.REDIS_WAIT_REPLICAS, 0, MOST_REPLICAS);
        boolean keepsNothing = values.setting(ConfigKey.DURABILITY).value().equals("volatile");
        if (replicas > 0 && keepsNothing) {
            values.add(
                    values.setting(ConfigKey.REDIS_WAIT_REPLICAS),
                    "is set, but durability = volatile asks no replica. Write strict or relaxed, or take it out.");
        }
        if (values.choice(ConfigKey.STORE, List.of("embedded", "redis")).equals("redis")) {
            if (!values.isSet(ConfigKey.REDIS_URL)) {
                values.add(
                        values.setting(ConfigKey.STORE),
                        "says redis, but nobody says where it is. Write redis.url = redis://127.0.0.1:6379.");
            }
            return new StoreChoice.Redis(url, replicas);
        }
        if (values.isSet(ConfigKey.REDIS_URL)) {
            values.add(values.setting(ConfigKey.REDIS_URL), NOT_ON_REDIS);
        }
        if (replicas > 0) {
            values.add(values.setting(ConfigKey.REDIS_WAIT_REPLICAS), NOT_ON_REDIS);
        }
        return new StoreChoice.Embedded();
    }

    /// Empty where it is not set or can't be used.
    private static String redisUrl(ConfigValues values) {
        var setting = values.setting(ConfigKey.REDIS_URL);
        if (setting.value().isEmpty()) {
            return "";
        }
        try {
            var _ = RedisUrl.parse(setting.value());
            return setting.value();
        } catch (IllegalArgumentException e) {
            values.add(setting, "can't be used: " + e.getMessage() + ".");
            return "";
        }
    }

    private static Optional<TeamTokens> teamTokens(ConfigValues values, boolean asked) {
        var secret = values.setting(ConfigKey.AUTH_JWT_SECRET);
        var audience = values.setting(ConfigKey.AUTH_JWT_AUDIENCE);
        if (!asked) {
            for (var setting : List.of(secret, audience)) {
                if (!setting.value().isEmpty()) {
                    values.add(setting, "is set, but auth.mode has no jwt. Write auth.mode = invite,jwt.");
                }
            }
            return Optional.empty();
        }
        if (secret.value().isEmpty()) {
            values.add(
                    values.setting(ConfigKey.AUTH_MODE),
                    "has jwt, but there is no auth.jwt.secret. "
                            + "Write the secret into a file and its path into auth.jwt.secret.file.");
            return Optional.empty();
        }
        var bytes = secret.value().getBytes(StandardCharsets.UTF_8);
        var weak = SigningSecret.problem(bytes);
        if (weak.isPresent()) {
            values.add(secret, weak.get() + ". Make one with: openssl rand -base64 48");
            return Optional.empty();
        }
        return Optional.of(new TeamTokens(new SigningSecret(bytes), values.optionalText(ConfigKey.AUTH_JWT_AUDIENCE)));
    }

    /// The same with another data folder.
    public RelayConfig in(Path folder) {
        return with(folder, store);
    }

    /// The same with another store in another data folder.
    public RelayConfig with(Path folder, StoreChoice choice) {
        return new RelayConfig(
                bind,
                publicUrl,
                tls,
                trustedProxies,
                folder,
                choice,
                durability,
                takesCodes,
                teamTokens,
                tokenLife,
                inviteLife,
                inviteUses,
                maxPeople,
                maxChars,
                logLevel,
                logsJson,
                metricsBind,
                backups,
                drain,
                settings);
    }

    /// Whether whoever reaches the relay from elsewhere does so by TLS, its own or a proxy's.
    public boolean isEncrypted() {
        return tls.isPresent()
                || publicUrl.filter(url -> "https".equals(url.getScheme())).isPresent();
    }

    /// Whether others on the network reach the port.
    public boolean listensBeyondLoopback() {
        var host = bind.getHostString();
        return !(host.equals("localhost") || host.startsWith("127.") || host.equals("::1"));
    }
}
