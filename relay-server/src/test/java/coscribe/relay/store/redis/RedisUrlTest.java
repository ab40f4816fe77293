package coscribe.relay.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coscribe.relay.store.redis.RedisUrl.Login;
import coscribe.relay.store.redis.RedisUrl.Place;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisUrlTest {
    @Test
    void a_host_is_enough() {
        assertThat(RedisUrl.parse(" redis://redis.example.org "))
                .isEqualTo(new RedisUrl(
                        false,
                        List.of(new Place("redis.example.org", 6379)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0));
    }

    @Test
    void everything_may_be_said() {
        assertThat(RedisUrl.parse("rediss://co%40scribe:p%3Aw+%20d@10.0.0.7:6390/12"))
                .isEqualTo(new RedisUrl(
                        true,
                        List.of(new Place("10.0.0.7", 6390)),
                        Optional.empty(),
                        Optional.of(new Login(Optional.of("co@scribe"), "p:w+ d")),
                        Optional.empty(),
                        12));
    }

    @Test
    void sentinels_and_what_they_call_the_primary_may_stand_there() {
        assertThat(RedisUrl.parse("rediss+sentinel://mara:hidden@one.example.org,10.0.0.2:5000,[::1]/team%20one/3"))
                .isEqualTo(new RedisUrl(
                        true,
                        List.of(
                                new Place("one.example.org", 26379),
                                new Place("10.0.0.2", 5000),
                                new Place("::1", 26379)),
                        Optional.of("team one"),
                        Optional.of(new Login(Optional.of("mara"), "hidden")),
                        Optional.empty(),
                        3))
                .hasToString("rediss+sentinel://one.example.org:26379,10.0.0.2:5000,[::1]:26379/team one/3");
        assertThat(RedisUrl.parse("redis+sentinel://one/coscribe").isWatched()).isTrue();
    }

    @Test
    void a_password_alone_is_the_default_users() {
        var url = RedisUrl.parse("redis://:secret@localhost/");
        assertThat(url.login()).contains(new Login(Optional.empty(), "secret"));
    }

    @Test
    void sentinels_may_have_a_password_of_their_own() {
        assertThat(RedisUrl.parse("redis+sentinel://one,two/coscribe?sentinel=:p%3Fw")
                        .sentinelLogin())
                .contains(new Login(Optional.empty(), "p?w"));
        var both = RedisUrl.parse("rediss+sentinel://mara:hidden@one,two/coscribe/3?sentinel=watch:hidden%40too");
        assertThat(both.login()).contains(new Login(Optional.of("mara"), "hidden"));
        assertThat(both.sentinelLogin()).contains(new Login(Optional.of("watch"), "hidden@too"));
        assertThat(both.database()).isEqualTo(3);
        assertThat(both).hasToString("rediss+sentinel://one:26379,two:26379/coscribe/3");
        assertThat(both.sentinelLogin().orElseThrow().toString()).doesNotContain("hidden@too");
    }

    @Test
    void an_address_of_version_6_stands_in_brackets() {
        var url = RedisUrl.parse("redis://[::1]:7000");
        assertThat(url.places()).containsExactly(new Place("::1", 7000));
        assertThat(url).hasToString("redis://[::1]:7000");
    }

    @Test
    void no_secret_is_shown() {
        var url = RedisUrl.parse("rediss://mara:hidden@redis.example.org/3");
        assertThat(url).hasToString("rediss://redis.example.org:6379/3");
        assertThat(url.address()).isEqualTo(url.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "http://hidden@host, must begin with redis://",
        "localhost:6379, must begin with redis://",
        "redis://user:hid den@host, is not a URL",
        "redis://user:hid%zzen@host, is not a URL",
        "redis:///0, names no host",
        "redis://user:hidden@, names no host",
        "redis://hidden@host, is not user:password",
        "redis://hidden:@host, is not user:password",
        "redis://host:0, ports are 1 to 65535",
        "redis://host:70000, ports are 1 to 65535",
        "redis://host/zero, not the number of a database",
        "redis://host/-1, not the number of a database",
        "redis://user:hidden@host/0?sentinel=:hidden, behind ? or #",
        "redis+sentinel://user:hidden@host/name?sentinel=hidden, behind ?sentinel= that is not user:password",
        "redis+sentinel://user:hidden@host/name?sentinel=:hidden&more=1&sentinel=:hidden@x, is not a URL",
        "redis://host/0/1, not the number of a database",
        "redis+sentinel://user:hidden@host, what the Sentinels call the primary",
        "'redis+sentinel://user:hidden@one,/name', names no host",
        "'redis://user:hidden@one,two', commas between them",
        "redis+sentinel://one/name/zero, not the number of a database",
        "redis://user:hidden@host?timeout=1, behind ? or #",
        "redis://user:pass#hidden@host, behind ? or #",
    })
    void a_bad_url_is_refused_with_a_sentence_that_shows_no_secret(String url, String why) {
        assertThatThrownBy(() -> RedisUrl.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the Redis URL ")
                .hasMessageContaining(why)
                .hasMessageNotContaining("hid")
                .hasNoCause();
    }
}
