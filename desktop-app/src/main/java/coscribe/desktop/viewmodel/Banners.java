package coscribe.desktop.viewmodel;

import coscribe.client.journal.Journal;
import coscribe.client.journal.JournalException;
import coscribe.client.runner.KeptCopy;
import coscribe.client.runner.Status;
import coscribe.client.runner.Status.Contact;
import coscribe.desktop.viewmodel.StatusLine.Rank;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.Role;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// Messages under the toolbar: what happened, what was kept, what to do. Never modal. Each goes by
/// itself when its cause is gone, and can be put away before.
///
/// On the thread that draws.
public final class Banners {
    /// What a banner tells, the most pressing first.
    public enum Topic {
        DISK_FULL(14),
        SIGNED_OUT(6),
        ACCESS_REMOVED(10),
        ROLE_LOWERED(11),
        RELOADED(13),
        UNREACHABLE(1),
        EXPORT_FAILED(22),
        TOO_LONG(21),
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
        OPEN_COPY("banner.openCopy"),
        REQUEST_ACCESS("banner.requestAccess"),
        EXPORT_COPY("banner.exportCopy"),
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
    private final Map<Topic, Banner> raised = new EnumMap<>(Topic.class);
    private final Set<Topic> putAway = EnumSet.noneOf(Topic.class);
    private Optional<Role> roleBefore = Optional.empty();
    private Optional<KeptCopy> copy = Optional.empty();
    private int unsent; // now
    private int unsentLast; // the last time there was something: what a copy holds
    private int copied; // how many edits the newest copy holds

    /// @param server  as people read its address
    /// @param title   the document's, as it is when a message is made
    public Banners(Strings strings, ZoneId zone, String server, Supplier<String> title) {
        this.strings = strings;
        this.zone = zone;
        this.server = server;
        this.title = title;
    }

    /// The most pressing first.
    public ObservableList<Banner> shown() {
        return shownToAll;
    }

    /// The document stands otherwise, or its status line says something else.
    public void take(Status status, Rank rank) {
        int edits = status.unsaved();
        unsent = edits;
        unsentLast = edits > 0 ? edits : unsentLast;
        if (rank == Rank.SAVED || rank == Rank.CONNECTED) {
            unsentLast = edits;
            copied = 0;
        }
        keep(
                Topic.UNREACHABLE,
                rank == Rank.OFFLINE && !(status.contact() instanceof Contact.Offline || isClosed(status)),
                () -> banner(Topic.UNREACHABLE, counted("banner.unreachable", edits, server), Action.TRY_NOW));
        keep(
                Topic.SIGNED_OUT,
                rank == Rank.SIGNED_OUT,
                () -> banner(Topic.SIGNED_OUT, counted("banner.signedOut", edits), Action.SIGN_IN));
        keep(Topic.DISK_FULL, status.journal() instanceof Journal.State.Failing, () -> diskFull(status));
        keep(Topic.ACCESS_REMOVED, isShutOut(status), () -> withCopy(Topic.ACCESS_REMOVED, "banner.accessRemoved"));
        role(status);
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

    /// The app had not ended as it should, and this many edits were found again.
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

    /// The reader has seen it. It comes back when it happens again.
    public void dismiss(Topic topic) {
        putAway.add(topic);
        switch (topic) {
            case RELOADED, TOO_LONG, EXPORT_FAILED, RECOVERED -> raised.remove(topic);
            case DISK_FULL, SIGNED_OUT, ACCESS_REMOVED, ROLE_LOWERED, UNREACHABLE -> {}
        }
        show();
    }

    private Banner diskFull(Status status) {
        boolean full = status.journal() instanceof Journal.State.Failing(var kind, var _)
                && kind == JournalException.Kind.FULL;
        String key = full ? "banner.diskFull" : "banner.diskBroken";
        String words = status.savedAt()
                .map(at -> strings.get(key, strings.time(at, zone)))
                .orElseGet(() -> strings.get(key + ".none"));
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
        String words = copied == 0 && unsent > 0
                ? strings.count(key + ".held", unsent, title.get())
                : counted(key, copied, title.get());
        return new Banner(topic, words, actions, copied > 0 ? copy : Optional.empty());
    }

    /// Where there is nothing to count, a sentence without a number.
    private String counted(String key, int edits, Object... given) {
        if (edits > 0) {
            return strings.count(key, edits, given);
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
                .sorted(Comparator.comparing(Banner::topic))
                .toList();
        if (!wanted.equals(shown)) {
            shown.setAll(wanted);
        }
    }
}
