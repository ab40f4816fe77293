package coscribe.relay.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.relay.store.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/// The whole contract under the user of `users.acl`, and what that user may not do.
class RedisAclTest {
    private static final String PASSWORD = "only for this test";
    private static final Set<String> ALLOWED = Set.of(
            ("ping select client|setname evalsha script|load get set del exists pexpire pttl hget hset hdel hmget hgetall"
                            + " hkeys hlen hexists hscan scan time zadd zrevrangebyscore publish subscribe unsubscribe wait info config|get")
                    .split(" "));
    /// Redis lets everybody sign in and out.
    private static final Set<String> ALWAYS = Set.of("auth", "hello", "quit", "reset");

    private static RedisServer guarded;

    /// With the user of the file, who gets a password as an administrator would give it.
    private static synchronized RedisServer guarded() {
        if (guarded == null) {
            guarded = RedisServer.start("--appendonly", "no");
            Runtime.getRuntime().addShutdownHook(new Thread(guarded::close));
            try (var admin = guarded.admin()) {
                var rules = users().strip().split(" ");
                assertThat(rules[0]).isEqualTo("user");
                var set = new ArrayList<>(List.of(rules).subList(2, rules.length));
                set.add(">" + PASSWORD);
                admin.aclSetUser(rules[1], set.toArray(String[]::new));
            }
        }
        return guarded;
    }

    private static String users() {
        try (InputStream in = RedisStore.class.getResourceAsStream("users.acl")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static RedisUrl url(String database) {
        return RedisUrl.parse("redis://coscribe:only%20for%20this%20test@127.0.0.1:"
                + guarded().port() + database);
    }

    private static RedisStore open() {
        return Stores.open(url(""), RedisSettings.DEFAULT.withCommandTimeout(Duration.ofSeconds(10)));
    }

    @Nested
    class Documents extends RedisDocumentStoreTest {
        @Override
        RedisServer server() {
            return guarded();
        }

        @Override
        RedisStore open() {
            return RedisAclTest.open();
        }
    }

    @Nested
    class Feed extends RedisDocumentFeedTest {
        @Override
        RedisStore open() {
            return RedisAclTest.open();
        }
    }

    @Nested
    class Presence extends RedisPresenceStoreTest {
        @Override
        RedisStore open() {
            return RedisAclTest.open();
        }
    }

    @Nested
    class People extends RedisPeopleStoreTest {
        @Override
        RedisServer server() {
            return guarded();
        }

        @Override
        RedisStore open() {
            return Stores.open(url("/" + DATABASE), RedisSettings.DEFAULT);
        }
    }

    @Test
    void no_other_command_is_allowed() {
        int tried = 0;
        try (var admin = guarded().admin()) {
            for (String command : commands(admin)) {
                if (!ALLOWED.contains(command) && !ALWAYS.contains(command)) {
                    tried++;
                    assertThat(dryRun(admin, command)).as(command).contains("no permissions to run");
                }
            }
        }
        assertThat(tried).isGreaterThan(200);
    }

    /// Every command and subcommand, as `config|get`.
    private static List<String> commands(Jedis admin) {
        var names = new ArrayList<String>();
        for (Object command : (List<?>) admin.sendCommand(Command.COMMAND, "INFO")) {
            var fields = (List<?>) command;
            var subcommands = (List<?>) fields.get(9);
            subcommands.forEach(each -> names.add(word(((List<?>) each).getFirst())));
            if (subcommands.isEmpty()) {
                names.add(word(fields.getFirst()));
            }
        }
        return names;
    }

    private static String word(Object raw) {
        return new String((byte[]) raw, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
    }

    /// How many arguments a command wants is checked before who may call it, so some are tried.
    private static String dryRun(Jedis admin, String command) {
        String answer = "";
        for (int arguments = 0; arguments < 8; arguments++) {
            var words = new ArrayList<>(List.of("DRYRUN", "coscribe"));
            words.addAll(List.of(command.split("\\|")));
            words.addAll(Collections.nCopies(arguments, "1"));
            try {
                return word(admin.sendCommand(Command.ACL, words.toArray(String[]::new)));
            } catch (JedisDataException e) {
                answer = String.valueOf(e.getMessage());
            }
        }
        return answer;
    }

    @Test
    void no_other_key_and_no_other_channel_is_allowed() {
        try (var jedis = guarded().admin()) {
            jedis.auth("coscribe", PASSWORD);
            assertThat(refusal(() -> jedis.set("other", "x"))).contains("NOPERM");
            assertThat(refusal(() -> jedis.hget("xcs:{1}:head", "epoch"))).contains("NOPERM");
            assertThat(refusal(() -> jedis.publish("other", "x"))).contains("NOPERM");
            assertThat(refusal(() -> jedis.flushAll())).contains("NOPERM");
            assertThat(refusal(() -> jedis.configSet("maxmemory", "1"))).contains("NOPERM");
            assertThat(jedis.set("cs:x", "x")).isEqualTo("OK");
        }
    }

    private static String refusal(Runnable command) {
        try {
            command.run();
            return "carried out";
        } catch (JedisDataException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void a_wrong_password_is_told_without_showing_it() {
        var wrong =
                RedisUrl.parse("redis://coscribe:hunter2@127.0.0.1:" + guarded().port());
        var redis = Stores.open(wrong, RedisSettings.DEFAULT.withCommandTimeout(Duration.ofSeconds(1)));
        try {
            assertThat(redis.documents().ping().toCompletableFuture())
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(StoreUnavailableException.class)
                    .withMessageContaining("WRONGPASS")
                    .withMessageNotContaining("hunter2");
        } finally {
            redis.close();
        }
    }
}
