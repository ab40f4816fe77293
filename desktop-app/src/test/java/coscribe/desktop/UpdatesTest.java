package coscribe.desktop;

import static coscribe.desktop.SharedDocument.until;
import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.VirtualTime;
import coscribe.desktop.policy.Policy;
import coscribe.desktop.policy.PolicyFile;
import coscribe.desktop.update.Release;
import coscribe.desktop.update.UpdateException;
import coscribe.desktop.update.UpdateException.Trouble;
import coscribe.desktop.view.frame.Theme;
import coscribe.desktop.view.text.Fx;
import coscribe.desktop.viewmodel.Alarm;
import coscribe.desktop.viewmodel.Strings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.application.ColorScheme;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// When it is asked whether there is a newer version, in time that passes as fast as it is told to.
class UpdatesTest {
    private static final String PAGE = "https://example.org/coscribe";

    @TempDir
    Path folder;

    private final VirtualTime time = new VirtualTime();
    /// The tool signs by the computer's clock, so this one begins there.
    private final InstantSource clock =
            Clock.offset(time.withZone(ZoneOffset.UTC), Duration.between(time.instant(), Instant.now()));
    private ReleaseServer server;
    private String key = "";
    private int looks;

    @BeforeEach
    void begin() throws Exception {
        server = new ReleaseServer();
        key = ReleaseServer.key(folder.resolve("release.key"));
        announces("1.4.0");
    }

    @AfterEach
    void end() {
        server.close();
    }

    private void announces(String version) throws Exception {
        server.says(ReleaseServer.notice(folder.resolve("release.key"), version, PAGE));
    }

    private Updates starts(String mode) throws Exception {
        return starts(mode, "1.2.0");
    }

    private Updates starts(String mode, String own) throws Exception {
        return startsWith(own, mode, server.address() + "\", \"updates.key\": \"" + key);
    }

    /// @param source  the address, and what stands behind it
    private Updates startsWith(String own, String mode, String source) throws Exception {
        var file = Files.writeString(
                folder.resolve("policy.json"),
                "{\"mandatory\": {\"updates.mode\": \"%s\", \"updates.url\": \"%s\"}}".formatted(mode, source));
        var policy = Policy.of(file.toString(), new PolicyFile(file).read(), new Properties());
        return Fx.call(() -> {
            var around = new Desktop.Around(
                    Places.in(folder.resolve("jon")),
                    policy,
                    Strings.of(Locale.UK),
                    Theme.of(ColorScheme.LIGHT),
                    new FxHome(),
                    clock,
                    ZoneOffset.UTC,
                    new Random(7),
                    "Jon",
                    own,
                    target -> {},
                    (owner, name) -> Optional.empty(),
                    () -> Set.of());
            var updates = new Updates(
                    around,
                    Networks.of(policy, Map.of()),
                    Runnable::run,
                    Runnable::run,
                    wake -> new Alarm(
                            time,
                            time,
                            time,
                            () -> Fx.run(() -> {
                                looks++;
                                wake.run();
                            })));
            updates.start();
            return updates;
        });
    }

    /// Whatever was asked for is done, also what was asked for by that.
    private void passes(Duration span) {
        time.pass(span);
        Fx.run(() -> {});
        Fx.run(() -> {});
    }

    @ParameterizedTest
    @ValueSource(strings = {"notify", "auto"})
    void it_is_asked_some_minutes_behind_the_start_and_once_a_day(String mode) throws Exception {
        var updates = starts(mode);
        passes(Updates.FIRST_AFTER.minusSeconds(1));
        assertThat(server.asked()).as("a start waits for nobody").isEmpty();
        passes(Updates.FIRST_WITHIN);
        assertThat(server.asked()).hasSize(1);
        until(() -> updates.offered().get().map(Release::version).equals(Optional.of("1.4.0")));
        passes(Duration.ofHours(23));
        assertThat(looks).isGreaterThan(20);
        assertThat(server.asked()).hasSize(1);
        passes(Duration.ofHours(2));
        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void where_it_is_off_nobody_is_asked() throws Exception {
        var _ = starts("off");
        passes(Duration.ofDays(3));
        assertThat(looks).isZero();
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void a_start_on_the_same_day_asks_nobody() throws Exception {
        var _ = starts("notify");
        passes(Updates.FIRST_WITHIN);
        var noted = Places.in(folder.resolve("jon")).data().resolve("updates.properties");
        until(() -> Files.exists(noted));
        var _ = starts("notify");
        passes(Duration.ofHours(20));
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void where_nobody_answers_it_is_asked_again_within_hours() throws Exception {
        var calls = new AtomicInteger();
        try (var deaf = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> hangUp(deaf, calls));
            var updates = startsWith(
                    "1.2.0", "notify", "http://127.0.0.1:" + deaf.getLocalPort() + "/\", \"updates.key\": \"" + key);
            passes(Updates.FIRST_WITHIN);
            int once = calls.get(); // Java asks again by itself where a connection ends without a word
            assertThat(once).isPositive();
            passes(Duration.ofHours(3));
            assertThat(calls.get()).isEqualTo(4 * once);
            assertThat(updates.offered().get()).isEmpty();
        }
    }

    private static void hangUp(ServerSocket deaf, AtomicInteger calls) {
        try {
            while (true) {
                var caller = deaf.accept();
                calls.incrementAndGet();
                caller.close();
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    @Test
    void who_answered_is_asked_the_next_day_whatever_they_said() throws Exception {
        server.says(503, "away");
        var updates = starts("notify");
        passes(Updates.FIRST_WITHIN);
        passes(Duration.ofHours(20));
        assertThat(server.asked()).hasSize(1);
        announces("1.4.0");
        passes(Duration.ofHours(5));
        until(() -> updates.offered().get().isPresent());
    }

    @Test
    void where_nobodys_notices_are_believed_nobody_is_asked() throws Exception {
        var _ = startsWith("1.2.0", "notify", server.address().toString());
        passes(Duration.ofDays(3));
        assertThat(looks).isZero();
        assertThat(server.asked()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void whatever_is_in_the_way_is_told_with_what_to_do(Trouble trouble) {
        String words = Remedies.whyUnknown(
                Optional.of(new UpdateException(trouble, "internal")), "releases.example.org", Strings.of(Locale.UK));
        assertThat(words).doesNotContain("internal", "{0}");
        assertThat(words.substring(words.indexOf("Nothing was changed. "))).matches("Nothing was changed\\. .+\\.");
        assertThat(trouble == Trouble.PROXY_SIGN_IN || words.contains("releases.example.org"))
                .isTrue();
    }

    @Test
    void an_answer_that_did_not_come_in_time_is_told_as_none() {
        assertThat(Remedies.whyUnknown(Optional.empty(), "releases.example.org", Strings.of(Locale.UK)))
                .startsWith("Can't reach releases.example.org");
    }

    @Test
    void a_version_that_was_put_away_is_not_told_again_and_a_newer_one_is() throws Exception {
        var updates = starts("notify");
        passes(Updates.FIRST_WITHIN);
        until(() -> updates.offered().get().isPresent());
        Fx.run(updates::putAway);
        assertThat(updates.offered().get()).isEmpty();
        var told = new ArrayList<Optional<Release>>();
        updates.offered().addListener((property, was, is) -> told.add(is));
        passes(Duration.ofDays(2));
        assertThat(told).as("not for a moment").isEmpty();
        assertThat(server.asked()).hasSizeGreaterThan(1);
        assertThat(updates.offered().get()).isEmpty();
        announces("1.4.1");
        passes(Duration.ofDays(2));
        until(() -> updates.offered().get().map(Release::version).equals(Optional.of("1.4.1")));
    }

    @Test
    void who_asks_is_told_of_one_that_was_put_away_too() throws Exception {
        var updates = starts("notify");
        passes(Updates.FIRST_WITHIN);
        until(() -> updates.offered().get().isPresent());
        Fx.run(updates::putAway);
        assertThat(Fx.call(updates::ask).get().map(Release::version)).contains("1.4.0");
        assertThat(updates.offered().get()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.4.0", "1.5.0"})
    void whoever_has_it_or_a_newer_one_is_told_nothing(String own) throws Exception {
        var updates = starts("notify", own);
        passes(Updates.FIRST_WITHIN);
        until(() -> server.asked().size() == 1);
        assertThat(Fx.call(updates::ask).get()).isEmpty();
        assertThat(updates.offered().get()).isEmpty();
    }

    @Test
    void a_day_that_is_still_to_come_was_noted_by_a_wrong_clock() throws Exception {
        var data = Files.createDirectories(Places.in(folder.resolve("jon")).data());
        Files.writeString(
                data.resolve("updates.properties"),
                "asked="
                        + InstantSource.system()
                                .instant()
                                .plus(Duration.ofDays(400))
                                .toEpochMilli());
        var _ = starts("notify");
        passes(Updates.FIRST_WITHIN);
        assertThat(server.asked()).hasSize(1);
    }
}
