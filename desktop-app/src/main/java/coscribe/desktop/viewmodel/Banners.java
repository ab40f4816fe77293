package coscribe.desktop.viewmodel;

import coscribe.client.journal.Journal;
import coscribe.client.journal.JournalException;
import coscribe.client.link.LinkLoss;
import coscribe.client.runner.ClientException;
import coscribe.client.runner.KeptCopy;
import coscribe.client.runner.Status;
import coscribe.client.runner.Status.Contact;
import coscribe.desktop.viewmodel.StatusLine.Rank;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.Role;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// Messages under the toolbar: what happened, what was kept, what to do. Never modal. Each goes by
/// itself when its cause is gone, and can be put away before.
///
/// On the thread that draws.
public final class Banners implements AutoCloseable {
    /// How long message 20 stays to be read, once all that it tells of is saved, and message 27.
    static final Duration READ_WITHIN = Duration.ofSeconds(20);

    /// What a banner tells, the most pressing first.
    public enum Topic {
        NOT_CLOSED(24),
        DISK_FULL(14),
        SIGNED_OUT(6),
        ACCESS_REMOVED(10),
        ROLE_LOWERED(11),
        RELOADED(13),
        PROXY(4),
        CERTIFICATE(3),
        UNREACHABLE(1),
        EXPORT_FAILED(22),
        TOO_LONG(21),
        NOT_TYPED(23),
        NOT_ASKED(26),
        NEW_VERSION(25),
        NEWEST_VERSION(27),
        RECOVERED(20);

        private final int number;

        Topic(int number) {
            this.number = number;
        }

        /// What help, logs and support call it: `CS-01` and so on.
        public String code() {
            return "CS-%02d".formatted(number);
        }
    }

    /// What a banner may offer. A window shows those that it can do.
    public enum Action {
        TRY_NOW("banner.tryNow"),
        SIGN_IN("banner.signIn"),
        SIGN_IN_TO_PROXY("banner.signInToProxy"),
        OPEN_COPY("banner.openCopy"),
        REQUEST_ACCESS("banner.requestAccess"),
        EXPORT_COPY("banner.exportCopy"),
        SAVE_COPY("banner.saveCopy"),
        CLOSE_ANYWAY("banner.closeAnyway"),
        SHOW_RELEASE("banner.showRelease"),
        COPY_DIAGNOSTICS("banner.copyDiagnostics");

        private final String key;

        Action(String key) {
            this.key = key;
        }

        public String label(Strings strings) {
            return strings.get(key);
        }
    }

    /// @param copy  what {@link Action#OPEN_COPY} opens
    public record Banner(Topic topic, String words, List<Action> actions, Optional<KeptCopy> copy) {
        public Banner {
            actions = List.copyOf(actions);
        }
    }

    private final Strings strings;
    private final ZoneId zone;
    private final String server;
    private final Supplier<String> title;
    private final ObservableList<Banner> shown = FXCollections.observableArrayList();
    // One for all, held here: a view of a list that nobody holds stops telling of changes.
    private final ObservableList<Banner> shownToAll = FXCollections.unmodifiableObservableList(shown);
    private final Alarm read;
    private final Alarm newestRead;
    private final Map<Topic, Banner> raised = new EnumMap<>(Topic.class);
    private final Set<Topic> putAway = EnumSet.noneOf(Topic.class);
    private Runnable versionSeen = () -> {};
    private Optional<String> askedProxy = Optional.empty(); // that kept somebody from asking for a newer version
    private Optional<Role> roleBefore = Optional.empty();
    private Optional<KeptCopy> copy = Optional.empty();
    private Optional<LinkLoss.Unreachable> barred = Optional.empty(); // by a proxy or a certificate
    private int unsent; // now
    private int unsentLast; // the last time there was something: what a copy holds
    private boolean diskAway; // and takes nothing
    private int copied; // how many edits the newest copy holds

    /// @param server  as people read its address
    /// @param title   the document's, as it is when a message is made
    /// @param alarms  an alarm that wakes what it is given
    public Banners(
            Strings strings, ZoneId zone, String server, Supplier<String> title, Function<Runnable, Alarm> alarms) {
        this.strings = strings;
        this.zone = zone;
        this.server = server;
        this.title = title;
        this.read = alarms.apply(() -> dismiss(Topic.RECOVERED));
        this.newestRead = alarms.apply(() -> dismiss(Topic.NEWEST_VERSION));
    }

    /// The most pressing first.
    public ObservableList<Banner> shown() {
        return shownToAll;
    }

    /// The document stands otherwise, or its status line says something else.
    public void take(Status status, Rank rank) {
        int edits = status.unsaved();
        unsent = edits;
        diskAway = StatusLine.isDiskAway(status);
        unsentLast = edits > 0 ? edits : unsentLast;
        if (rank == Rank.SAVED || rank == Rank.CONNECTED) {
            unsentLast = edits;
            copied = 0;
            if (raised.containsKey(Topic.RECOVERED)) {
                read.setIn(READ_WITHIN);
            }
        }
        barred(status);
        keep(
                Topic.UNREACHABLE,
                rank == Rank.OFFLINE
                        && barred.isEmpty()
                        && !(status.contact() instanceof Contact.Offline || isClosed(status)),
                () -> banner(
                        Topic.UNREACHABLE,
                        counted("banner.unreachable", where(status), edits, server),
                        Action.TRY_NOW));
        keep(
                Topic.SIGNED_OUT,
                rank == Rank.SIGNED_OUT,
                () -> banner(Topic.SIGNED_OUT, counted("banner.signedOut", where(status), edits), Action.SIGN_IN));
        keep(Topic.DISK_FULL, StatusLine.isDiskAway(status), () -> diskFull(status));
        keep(Topic.ACCESS_REMOVED, isShutOut(status), () -> withCopy(Topic.ACCESS_REMOVED, "banner.accessRemoved"));
        role(status);
        notClosed(status);
    }

    private void notClosed(Status status) {
        var said = Optional.ofNullable(raised.get(Topic.NOT_CLOSED));
        boolean edits =
                said.filter(it -> it.actions().contains(Action.SAVE_COPY)).isPresent();
        if (!StatusLine.isDiskAway(status) || (edits && status.isSaved())) {
            raised.remove(Topic.NOT_CLOSED);
            show();
        } else if (edits) {
            notClosed(); // with as many edits as there are now
        }
    }

    /// Something stands in the way that no waiting removes. It stays said while it is tried again.
    private void barred(Status status) {
        if (!(status.contact() instanceof Contact.Connecting)) {
            barred = status.contact() instanceof Contact.Waiting(int _, var _, var cause)
                    ? cause.filter(LinkLoss.Unreachable.class::isInstance).map(LinkLoss.Unreachable.class::cast)
                    : Optional.empty();
            barred = barred.filter(loss -> isProxy(loss) || isCertificate(loss));
        }
        keep(
                Topic.PROXY,
                barred.filter(Banners::isProxy).isPresent(),
                () -> banner(
                        Topic.PROXY,
                        strings.get("banner.proxy" + (status.isSaved() ? "" : where(status))),
                        Action.SIGN_IN_TO_PROXY));
        keep(
                Topic.CERTIFICATE,
                barred.filter(Banners::isCertificate).isPresent(),
                () -> banner(
                        Topic.CERTIFICATE,
                        new Troubles(strings).words(new ClientException(barred.orElseThrow()), server),
                        Action.TRY_NOW));
    }

    private static boolean isProxy(LinkLoss.Unreachable loss) {
        return loss.trouble() == LinkLoss.Trouble.PROXY_SIGN_IN;
    }

    private static boolean isCertificate(LinkLoss.Unreachable loss) {
        return switch (loss.trouble()) {
            case CERTIFICATE, CERTIFICATE_NAME, CERTIFICATE_TIME -> true;
            default -> false;
        };
    }

    /// The network's proxy that wants to be signed in to; empty: none does.
    public Optional<String> proxy() {
        return barred.filter(Banners::isProxy).map(LinkLoss.Unreachable::about).or(() -> askedProxy);
    }

    private void role(Status status) {
        var now = status.role();
        boolean mayEdit = now.atLeast(Role.EDITOR);
        boolean lowered = roleBefore.filter(was -> was.atLeast(Role.EDITOR)).isPresent() && !mayEdit;
        if (lowered || raised.containsKey(Topic.ROLE_LOWERED)) {
            keep(Topic.ROLE_LOWERED, !mayEdit, () -> withCopy(Topic.ROLE_LOWERED, "banner.roleLowered"));
        }
        roleBefore = Optional.of(now);
    }

    /// Text was kept beside the document.
    public void copyKept(KeptCopy kept) {
        copy = Optional.of(kept);
        switch (kept.reason()) {
            case FORKED, OUT_OF_REACH, REFUSED ->
                raise(new Banner(
                        Topic.RELOADED,
                        strings.get("banner.reloaded", title.get(), strings.time(kept.at(), zone)),
                        List.of(Action.OPEN_COPY),
                        copy));
            case ROLE -> {
                copied = Math.max(1, unsentLast);
                for (Topic topic : List.of(Topic.ROLE_LOWERED, Topic.ACCESS_REMOVED)) {
                    if (raised.containsKey(topic)) {
                        raise(withCopy(
                                topic, topic == Topic.ROLE_LOWERED ? "banner.roleLowered" : "banner.accessRemoved"));
                    }
                }
            }
            case RECOVERED -> {}
        }
    }

    /// The app had not ended as it should, and this many edits were found again. There is nothing to
    /// do about it, so it goes by itself a while after they are saved.
    public void recovered(int edits) {
        if (edits > 0) {
            raise(banner(Topic.RECOVERED, strings.count("banner.recovered", edits), Action.COPY_DIAGNOSTICS));
        }
    }

    /// More was to be put into the document than it can hold; it is as it was.
    public void tooLong() {
        raise(new Banner(
                Topic.TOO_LONG,
                strings.get("banner.tooLong", title.get(), Limits.DOCUMENT_UNITS),
                List.of(),
                Optional.empty()));
    }

    /// The writer was no longer let to write when an input method brought what they had composed.
    public void notTyped(String composed) {
        raise(new Banner(
                Topic.NOT_TYPED, strings.get("banner.notTyped", title.get(), composed), List.of(), Optional.empty()));
    }

    /// The document was to be closed, which would lose what is in memory only. Stays said as long as
    /// that is so.
    public void notClosed() {
        raise(
                unsent > 0
                        ? new Banner(
                                Topic.NOT_CLOSED,
                                strings.count("banner.notClosed", unsent, title.get()),
                                List.of(Action.SAVE_COPY, Action.CLOSE_ANYWAY),
                                Optional.empty())
                        : banner(
                                Topic.NOT_CLOSED,
                                strings.get("banner.notClosed.copy", title.get()),
                                Action.CLOSE_ANYWAY));
    }

    /// A file could not be written.
    ///
    /// @param file  its name
    public void exportFailed(String file) {
        raise(banner(Topic.EXPORT_FAILED, strings.get("banner.exportFailed", file), Action.EXPORT_COPY));
    }

    /// A file was written.
    public void exported() {
        keep(Topic.EXPORT_FAILED, false, () -> banner(Topic.EXPORT_FAILED, "", Action.EXPORT_COPY));
    }

    /// There is a newer version; empty: there is none that is worth a word.
    ///
    /// @param own  version
    public void newVersion(Optional<String> newest, String own) {
        keep(
                Topic.NEW_VERSION,
                newest.isPresent(),
                () -> banner(
                        Topic.NEW_VERSION,
                        strings.get("banner.newVersion", newest.orElseThrow(), own),
                        Action.SHOW_RELEASE));
    }

    /// Runs when the reader has put away that there is a newer version.
    public void onVersionSeen(Runnable listener) {
        versionSeen = listener;
    }

    /// Somebody wanted to know whether there is a newer version, and nobody could say.
    ///
    /// @param proxy  of the network, that wants to be signed in to; empty: none does
    public void notAsked(String words, Optional<String> proxy) {
        askedProxy = proxy;
        raise(new Banner(
                Topic.NOT_ASKED,
                words,
                proxy.isPresent() ? List.of(Action.SIGN_IN_TO_PROXY) : List.of(),
                Optional.empty()));
    }

    /// Somebody did say.
    ///
    /// @param newest  version, which is this one; empty: there is a newer one
    public void asked(Optional<String> newest) {
        raised.remove(Topic.NOT_ASKED);
        askedProxy = Optional.empty();
        newest.ifPresentOrElse(
                version -> {
                    raise(new Banner(
                            Topic.NEWEST_VERSION, strings.get("banner.newest", version), List.of(), Optional.empty()));
                    newestRead.setIn(READ_WITHIN);
                },
                this::show);
    }

    /// The reader has seen it. It comes back when it happens again.
    public void dismiss(Topic topic) {
        putAway.add(topic);
        switch (topic) {
            case NOT_CLOSED, RELOADED, TOO_LONG, NOT_TYPED, EXPORT_FAILED, NOT_ASKED, NEWEST_VERSION, RECOVERED ->
                raised.remove(topic);
            case NEW_VERSION -> versionSeen.run();
            case DISK_FULL, SIGNED_OUT, ACCESS_REMOVED, ROLE_LOWERED, PROXY, CERTIFICATE, UNREACHABLE -> {}
        }
        show();
    }

    private Banner diskFull(Status status) {
        boolean full = status.journal() instanceof Journal.State.Failing(var kind, var _)
                && kind == JournalException.Kind.FULL;
        String key = full ? "banner.diskFull" : "banner.diskBroken";
        String words = status.savedAt()
                .map(at -> strings.get(key, strings.time(at, zone)))
                .orElseGet(() -> strings.get(key + (status.isSaved() ? ".saved" : ".none")));
        return banner(Topic.DISK_FULL, words, Action.EXPORT_COPY);
    }

    private Banner withCopy(Topic topic, String key) {
        var actions = new ArrayList<Action>();
        if (copied > 0) {
            actions.add(Action.OPEN_COPY);
        }
        if (topic == Topic.ROLE_LOWERED) {
            actions.add(Action.REQUEST_ACCESS);
        }
        String words;
        if (copied > 0) {
            words = strings.count(key, copied, title.get());
        } else if (diskAway && unsentLast > 0) {
            words = strings.count(key + ".memory", unsentLast, title.get()); // also what waits to be made a copy of
        } else {
            words = counted(key, ".held", unsent, title.get());
        }
        return new Banner(topic, words, actions, copied > 0 ? copy : Optional.empty());
    }

    /// Empty: on this computer's disk.
    private static String where(Status status) {
        return StatusLine.isDiskAway(status) ? ".memory" : "";
    }

    /// Where there is nothing to count, a sentence without a number.
    ///
    /// @param where  the edits are
    private String counted(String key, String where, int edits, Object... given) {
        if (edits > 0) {
            return strings.count(key + where, edits, given);
        }
        var all = new Object[given.length + 1];
        all[0] = 0;
        System.arraycopy(given, 0, all, 1, given.length);
        return strings.get(key + ".none", all);
    }

    private static Banner banner(Topic topic, String words, Action action) {
        return new Banner(topic, words, List.of(action), Optional.empty());
    }

    private static boolean isClosed(Status status) {
        return status.contact() instanceof Contact.Closed;
    }

    private static boolean isShutOut(Status status) {
        return status.contact() instanceof Contact.Stopped(var code, var _)
                && switch (code) {
                    case NO_ACCESS, FORBIDDEN -> true;
                    case UNAUTHENTICATED,
                            EXPIRED,
                            INVITE_EXPIRED,
                            INVITE_USED,
                            MALFORMED,
                            OUT_OF_ORDER,
                            VERSION,
                            LIMIT,
                            STORE_AWAY,
                            DAMAGED -> false;
                };
    }

    private void keep(Topic topic, boolean holds, Supplier<Banner> banner) {
        if (holds) {
            raised.put(topic, banner.get());
        } else {
            raised.remove(topic);
            putAway.remove(topic);
        }
        show();
    }

    private void raise(Banner banner) {
        putAway.remove(banner.topic());
        raised.put(banner.topic(), banner);
        show();
    }

    private void show() {
        var wanted = raised.values().stream()
                .filter(banner -> !putAway.contains(banner.topic()))
                .filter(banner -> banner.topic() != Topic.DISK_FULL || !raised.containsKey(Topic.NOT_CLOSED))
                .sorted(Comparator.comparing(Banner::topic))
                .toList();
        if (!wanted.equals(shown)) {
            shown.setAll(wanted);
        }
    }

    /// The window is gone.
    @Override
    public void close() {
        read.close();
        newestRead.close();
    }
}
