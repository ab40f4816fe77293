package coscribe.desktop.viewmodel;

import coscribe.client.journal.Journal;
import coscribe.client.link.LinkLoss;
import coscribe.client.runner.Status;
import coscribe.client.runner.Status.Contact;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage.Durability;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// What the status line says: one state at a time, the most pressing first. "Saved" only ever means
/// that the relay confirmed everything on the screen as stored.
///
/// On the thread that draws. Words change by themselves as time goes by; {@link #untilChange} says
/// when to {@link #refresh} next.
public final class StatusLine {
    private static final Duration QUIET_SAVING = Duration.ofMillis(400);
    private static final Duration GREEN = Duration.ofSeconds(2);
    private static final Duration FLASH = Duration.ofSeconds(4); // long enough to be read by who looks up
    private static final Duration OFFLINE_AFTER = Duration.ofSeconds(60);

    /// The states, the most pressing first.
    public enum Rank {
        SIGNED_OUT,
        READ_ONLY,
        OFFLINE,
        RECONNECTING,
        SAVING,
        SAVED,
        CONNECTED
    }

    /// How it is coloured; never the only sign.
    public enum Tone {
        RED,
        AMBER,
        BLUE,
        GREEN,
        GREY
    }

    /// @param words  the same at the bottom and beside the title
    public record Shown(Rank rank, Tone tone, String words) {}

    private record Flash(String words, Instant until) {}

    private final Strings strings;
    private final InstantSource clock;
    private final ZoneId zone;
    private final ReadOnlyObjectWrapper<Status> status;
    private final ReadOnlyObjectWrapper<Shown> shown;
    private Optional<Instant> withoutSince; // since when there is no connection
    private boolean wasConnected;
    private boolean inNetwork = true;
    private Optional<Flash> flash = Optional.empty();
    private boolean backlog; // the edits that wait were kept while there was no connection

    /// @param zone  for times of day
    public StatusLine(Strings strings, InstantSource clock, ZoneId zone, Status first) {
        this.strings = strings;
        this.clock = clock;
        this.zone = zone;
        this.withoutSince = Optional.of(clock.instant());
        this.status = new ReadOnlyObjectWrapper<>(first);
        this.shown = new ReadOnlyObjectWrapper<>(new Shown(Rank.CONNECTED, Tone.GREY, ""));
        take(first);
    }

    public ReadOnlyObjectProperty<Shown> shown() {
        return shown.getReadOnlyProperty();
    }

    public Status status() {
        return status.get();
    }

    /// Changes more often than what is shown of it.
    public ReadOnlyObjectProperty<Status> statusProperty() {
        return status.getReadOnlyProperty();
    }

    /// The document stands otherwise.
    public void take(Status now) {
        boolean connected = isConnected(now);
        wasConnected |= connected;
        backlog = now.unsaved() > 0 && (backlog || !connected);
        withoutSince = connected ? Optional.empty() : withoutSince.or(() -> Optional.of(clock.instant()));
        status.set(now);
        refresh();
    }

    /// Whether this computer is in a network, where the server is not on it itself: without one
    /// nothing is to be waited for.
    public void network(boolean is) {
        inNetwork = is;
        refresh();
    }

    /// Time went by.
    public void refresh() {
        var now = clock.instant();
        var words = words(status.get(), now);
        flash = flash.filter(it -> now.isBefore(it.until()));
        shown.set(flash.filter(ignored -> words.rank().compareTo(Rank.SAVING) >= 0)
                .map(it -> new Shown(words.rank(), Tone.GREEN, it.words()))
                .orElse(words));
    }

    /// The words without seconds that are counted: for a window's title, which the list of windows
    /// shows, too, and which is not to change all the time.
    public String withoutSeconds() {
        boolean counted =
                shown.get().rank() == Rank.RECONNECTING && status.get().contact() instanceof Contact.Waiting;
        return counted ? strings.get("status.reconnecting") : shown.get().words();
    }

    /// Says that something was done, for {@link #FLASH}; never in the place of something pressing.
    public void flash(String words) {
        flash = Optional.of(new Flash(words, clock.instant().plus(FLASH)));
        refresh();
    }

    /// How long until the words change if nothing happens; empty: they do not.
    public Optional<Duration> untilChange() {
        var now = clock.instant();
        var state = status.get();
        Stream<Instant> moments = Stream.of(
                        state.unsavedSince()
                                .map(since -> since.plus(QUIET_SAVING).plusMillis(1)),
                        state.savedAt().map(at -> at.plus(GREEN)),
                        flash.map(Flash::until),
                        withoutSince.map(since -> since.plus(OFFLINE_AFTER)),
                        shown.get().rank() == Rank.RECONNECTING
                                        && state.contact() instanceof Contact.Waiting(int _, Instant at, var _)
                                ? Optional.of(nextSecond(now, at))
                                : Optional.<Instant>empty())
                .flatMap(Optional::stream);
        return moments.filter(moment -> moment.isAfter(now))
                .min(Instant::compareTo)
                .map(moment -> Duration.between(now, moment));
    }

    /// When the number of whole seconds until `at`, rounded up, becomes another.
    private static Instant nextSecond(Instant now, Instant at) {
        long left = Duration.between(now, at).toMillis();
        return left <= 0 ? now : at.minusMillis((left - 1) / 1000 * 1000);
    }

    private Shown words(Status now, Instant at) {
        int edits = now.unsaved();
        if (isSignedOut(now)) {
            return new Shown(
                    Rank.SIGNED_OUT,
                    Tone.RED,
                    edits == 0
                            ? strings.get("status.signedOut")
                            : strings.count("status.signedOut" + whereKept(now), edits));
        }
        if (isReadOnly(now)) {
            return new Shown(Rank.READ_ONLY, Tone.GREY, readOnly(now));
        }
        return switch (now.contact()) {
            case Contact.Offline(), Contact.Closed() -> offline(now);
            case Contact.None() -> reconnecting(now, at, at);
            case Contact.Waiting(int _, Instant retryAt, var _) -> reconnecting(now, at, retryAt);
            case Contact.Connecting(int _) -> reconnecting(now, at, at);
            case Contact.Stopped(var _, var _) -> offline(now);
            case Contact.CatchingUp(), Contact.Live(), Contact.Full() -> connected(now, at);
        };
    }

    private String readOnly(Status now) {
        if (now.contact() instanceof Contact.Full) {
            return strings.get("status.readOnly.full");
        }
        if (now.unsaved() > 0) {
            return strings.count("status.readOnly" + whereKept(now), now.unsaved());
        }
        boolean viewer = now.role() == Role.VIEWER && !(now.contact() instanceof Contact.Stopped);
        return strings.get(viewer ? "status.readOnly.viewer" : "status.readOnly");
    }

    private Shown offline(Status now) {
        String words = now.unsaved() == 0
                ? strings.get("status.offline.saved")
                : strings.count("status.offline" + whereKept(now), now.unsaved());
        return new Shown(Rank.OFFLINE, Tone.AMBER, words);
    }

    private Shown reconnecting(Status now, Instant at, Instant retryAt) {
        if (!inNetwork
                || withoutSince
                        .filter(since -> !at.isBefore(since.plus(OFFLINE_AFTER)))
                        .isPresent()) {
            return offline(now);
        }
        long seconds = (Duration.between(at, retryAt).toMillis() + 999) / 1000;
        String words;
        if (seconds <= 0) {
            words = strings.get(wasConnected ? "status.reconnecting" : "status.connecting");
        } else if (now.unsaved() == 0) {
            words = strings.get("status.reconnecting.in", seconds);
        } else {
            words = strings.count("status.reconnecting" + whereKept(now), now.unsaved(), seconds);
        }
        return new Shown(Rank.RECONNECTING, Tone.AMBER, words);
    }

    private Shown connected(Status now, Instant at) {
        boolean saving = now.unsavedSince()
                .filter(since -> Duration.between(since, at).compareTo(QUIET_SAVING) > 0 || backlog)
                .isPresent();
        if (saving) {
            String words = backlog ? strings.count("status.sending", now.unsaved()) : strings.get("status.saving");
            return new Shown(Rank.SAVING, Tone.BLUE, words);
        }
        return now.savedAt()
                .map(when -> {
                    boolean fresh = Duration.between(when, at).compareTo(GREEN) < 0;
                    boolean stored = !now.durability().equals(Optional.of(Durability.VOLATILE));
                    return new Shown(
                            Rank.SAVED,
                            fresh ? Tone.GREEN : Tone.GREY,
                            strings.get(stored ? "status.saved" : "status.saved.volatile", strings.time(when, zone)));
                })
                .orElseGet(() -> new Shown(Rank.CONNECTED, Tone.GREY, strings.get("status.connected")));
    }

    static boolean isConnected(Status status) {
        return switch (status.contact()) {
            case Contact.Live(), Contact.Full(), Contact.CatchingUp() -> true;
            case Contact.None(),
                    Contact.Waiting(int _, var _, var _),
                    Contact.Connecting(int _),
                    Contact.Stopped(var _, var _),
                    Contact.Offline(),
                    Contact.Closed() -> false;
        };
    }

    private static String whereKept(Status status) {
        return isDiskAway(status) ? ".memory" : ".kept";
    }

    /// Whether what is typed is in memory only, as long as the relay does not have it.
    static boolean isDiskAway(Status status) {
        return status.journal() instanceof Journal.State.Failing;
    }

    static boolean isSignedOut(Status status) {
        return switch (status.contact()) {
            case Contact.Stopped(var code, var _) ->
                switch (code) {
                    case UNAUTHENTICATED, EXPIRED, INVITE_EXPIRED, INVITE_USED -> true;
                    case NO_ACCESS, FORBIDDEN, MALFORMED, OUT_OF_ORDER, VERSION, LIMIT, STORE_AWAY, DAMAGED -> false;
                };
            case Contact.Waiting(int _, var _, var cause) ->
                cause.filter(loss -> loss instanceof LinkLoss.SignedOut).isPresent();
            case Contact.None(),
                    Contact.Connecting(int _),
                    Contact.CatchingUp(),
                    Contact.Live(),
                    Contact.Full(),
                    Contact.Offline(),
                    Contact.Closed() -> false;
        };
    }

    /// Whether the role, or the relay, forbids edits.
    static boolean isReadOnly(Status status) {
        boolean shutOut = status.contact() instanceof Contact.Stopped && !isSignedOut(status);
        return shutOut
                || status.contact() instanceof Contact.Full
                || !status.role().atLeast(Role.EDITOR);
    }
}
