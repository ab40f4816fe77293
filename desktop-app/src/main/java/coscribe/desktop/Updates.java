package coscribe.desktop;

import coscribe.client.link.Network;
import coscribe.desktop.policy.Policy;
import coscribe.desktop.policy.Policy.Source;
import coscribe.desktop.update.Announcements;
import coscribe.desktop.update.Release;
import coscribe.desktop.update.UpdateException;
import coscribe.desktop.update.UpdateException.Trouble;
import coscribe.desktop.viewmodel.Alarm;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether there is a newer version: asked once a day where that is decided so, and when somebody wants
/// to know. Nothing is downloaded but the notice. On the thread that draws.
final class Updates {
    private static final Logger LOG = LoggerFactory.getLogger(Updates.class);

    /// From a start to the first look: it waits for nobody, and not everybody's comes at nine o'clock.
    static final Duration FIRST_AFTER = Duration.ofMinutes(1);

    static final Duration FIRST_WITHIN = Duration.ofMinutes(10);
    /// From look to look: the timer stands still while the computer sleeps.
    static final Duration LOOK_EVERY = Duration.ofHours(1);

    static final Duration ASK_EVERY = Duration.ofDays(1);
    private static final Duration ANSWERS_WITHIN = Duration.ofMinutes(1);
    private static final String ASKED = "asked";
    private static final String PUT_AWAY = "put.away";

    private final Policy.Updates rule;
    private final Network network;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final String own;
    private final SettingsFile file;
    private final Properties noted;
    private final Executor disk;
    private final Executor home;
    private final Executor away;
    private final Alarm next;
    private final ReadOnlyObjectWrapper<Optional<Release>> offered = new ReadOnlyObjectWrapper<>(Optional.empty());

    /// @param around  whose policy says who is asked
    /// @param disk    where it is noted, one task after the other
    /// @param away    may wait for the network
    /// @param alarms  an alarm that wakes what it is given
    Updates(Desktop.Around around, Network network, Executor disk, Executor away, Function<Runnable, Alarm> alarms) {
        this.rule = around.policy().updates();
        this.network = network;
        this.clock = around.clock();
        this.random = around.random();
        this.own = around.version();
        this.file = new SettingsFile(around.places().data(), "updates", "When Coscribe asked for a newer version");
        this.noted = file.read();
        this.disk = disk;
        this.home = around.home();
        this.away = away;
        this.next = alarms.apply(this::look);
    }

    /// Looks by itself from now on, where that is decided so.
    void start() {
        if (rule.byItself()) {
            next.setIn(Duration.ofMillis(random.nextLong(FIRST_AFTER.toMillis(), FIRST_WITHIN.toMillis())));
        }
    }

    /// Whether the person may ask.
    boolean byHand() {
        return rule.byHand();
    }

    /// Who is asked, as people read it; empty: nobody is known.
    String source() {
        return rule.source().map(it -> it.address().getHost()).orElse("");
    }

    /// What people are told of in the window of every document; empty: of nothing.
    ReadOnlyObjectProperty<Optional<Release>> offered() {
        return offered.getReadOnlyProperty();
    }

    /// Asks now. What is newer is offered, also where it was put away.
    ///
    /// @return the newest version, if this is not the one; completes on this thread, and fails with
    ///     what {@link #trouble} knows
    CompletableFuture<Optional<Release>> ask() {
        return newer().thenApply(newer -> {
            offered.set(newer);
            return newer;
        });
    }

    private CompletableFuture<Optional<Release>> newer() {
        var source = rule.source().orElseThrow(() -> new IllegalStateException("nobody is known"));
        return CompletableFuture.supplyAsync(() -> newest(source), away)
                .orTimeout(ANSWERS_WITHIN.toSeconds(), TimeUnit.SECONDS)
                .whenCompleteAsync(this::asked, home)
                .thenApply(release -> Optional.of(release).filter(it -> it.isNewerThan(own)));
    }

    /// Whoever answered is not asked again today, whatever they said.
    private void asked(@Nullable Release release, @Nullable Throwable failure) {
        if (release != null) {
            LOG.info("event=updates_asked newest={} own={}", release.version(), own);
        }
        boolean answered = failure == null
                || trouble(failure)
                        .map(UpdateException::trouble)
                        .filter(Trouble::isAnAnswer)
                        .isPresent();
        if (failure != null) {
            LOG.warn(
                    "event=updates_unknown why=\"{}\"",
                    trouble(failure).map(Throwable::getMessage).orElse("late"));
        }
        if (answered) {
            note(ASKED, Long.toString(clock.millis()));
        }
    }

    /// Why {@link #ask} failed; empty: the answer did not come in time.
    static Optional<UpdateException> trouble(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(UpdateException.class::isInstance)
                .map(UpdateException.class::cast)
                .findFirst();
    }

    private Release newest(Source source) {
        try {
            return new Announcements(source.address(), source.key()).newest(network, clock);
        } catch (UpdateException e) {
            throw new CompletionException(e);
        }
    }

    void look() {
        next.setIn(LOOK_EVERY);
        if (isDue()) {
            var _ = newer().thenAccept(newer ->
                    offered.set(newer.filter(it -> !it.version().equals(noted.getProperty(PUT_AWAY)))));
        }
    }

    /// A moment that is still to come was noted by a clock that was wrong.
    private boolean isDue() {
        try {
            var now = clock.instant();
            var asked = Instant.ofEpochMilli(Long.parseLong(noted.getProperty(ASKED, "")));
            return asked.isAfter(now) || !now.isBefore(asked.plus(ASK_EVERY));
        } catch (NumberFormatException e) {
            return true; // never asked, or not noted by us
        }
    }

    /// The person knows of what is offered, and is not told of it again by itself.
    void putAway() {
        offered.get().ifPresent(release -> note(PUT_AWAY, release.version()));
        offered.set(Optional.empty());
    }

    private void note(String name, String value) {
        noted.setProperty(name, value);
        file.write(noted, disk);
    }
}
