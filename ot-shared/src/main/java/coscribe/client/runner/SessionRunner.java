package coscribe.client.runner;

import coscribe.client.journal.Journal;
import coscribe.client.link.Link;
import coscribe.client.link.LinkListener;
import coscribe.client.link.LinkLoss;
import coscribe.ot.document.Change;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.session.Effect;
import coscribe.ot.session.Event;
import coscribe.ot.session.Phase;
import coscribe.ot.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs one session: feeds it events one at a time, performs its effects in their order, and minds
/// its timers. Lives at {@link Home}; only what is `volatile` is read elsewhere.
final class SessionRunner {
    private static final Logger LOG = LoggerFactory.getLogger(SessionRunner.class);
    private static final Duration MEND_AFTER = Duration.ofSeconds(5);

    /// Hears about each step, at home.
    interface Watcher {
        void shown(Change change, boolean own);

        void stepped(Session before, Session after);

        /// Unsent text will not become part of the document.
        void textWithdrawn();

        /// The document keeps the title that it has.
        void renameRefused(FailureCode code, String sentence);

        /// A copy is on the disk.
        void keptCopy(KeptCopy copy);

        void statusMayHaveChanged();
    }

    private final Surroundings around;
    private final Link link;
    private final Keeper keeper;
    private final Watcher watcher;
    private final CaretPace carets;
    private final Standing standing;
    private final Deque<Event> events = new ArrayDeque<>();
    private volatile Session session;
    private final Deque<Runnable> notices = new ArrayDeque<>();
    private boolean stepping;
    private boolean telling;
    private boolean closed;
    private boolean focused;
    private boolean closely;
    private boolean compactDue;
    private boolean offline; // as the writer asked

    private Optional<Object> connection = Optional.empty(); // names the one that is listened to
    private Optional<Future<?>> retry = Optional.empty();
    private Optional<Future<?>> resend = Optional.empty();
    private Optional<Future<?>> rename = Optional.empty();
    private Optional<Future<?>> mending = Optional.empty();

    SessionRunner(Surroundings around, Link link, Journal journal, Copies copies, Session session, Watcher watcher) {
        this.around = around;
        this.link = link;
        this.session = session;
        this.watcher = watcher;
        this.carets = new CaretPace(around.clock(), this::later, caret -> feed(new Event.CaretMoved(caret)));
        this.standing = new Standing(journal, around.clock());
        this.keeper = new Keeper(
                journal,
                copies,
                copy -> around.home().execute(() -> watcher.keptCopy(copy)),
                owed -> around.home().execute(() -> copyOwed(owed)),
                () -> around.home().execute(this::mendLater),
                () -> around.home().execute(() -> compactDue = true));
        journal.listen(state -> around.home().execute(() -> journalIs(state)));
    }

    Session session() {
        return session;
    }

    void start() {
        if (standing.journal() instanceof Journal.State.Failing) {
            mendLater();
        }
        feed(new Event.Started());
    }

    /// Takes an event, and all that follows from it. The watcher hears of it when every step is
    /// taken, so that an edit made by a listener meets the text as it is and is taken at once.
    void feed(Event event) {
        if (closed) {
            return;
        }
        events.add(event);
        if (!stepping) {
            stepping = true;
            try {
                while (!events.isEmpty()) {
                    step(events.remove());
                }
            } finally {
                stepping = false;
            }
            tellAll();
        }
    }

    private void tellAll() {
        if (telling) {
            return;
        }
        telling = true;
        try {
            while (!notices.isEmpty()) {
                tell(notices.remove());
            }
        } finally {
            telling = false;
        }
    }

    /// A listener that throws keeps nobody else from hearing.
    private static void tell(Runnable notice) {
        try {
            notice.run();
        } catch (RuntimeException e) {
            LOG.error("a listener failed", e);
        }
    }

    private void step(Event event) {
        if (!allows(event)) {
            return;
        }
        Session before = session;
        var step = before.step(event);
        session = step.session();
        Session after = session;
        Optional<Effect.Show> shown = Optional.empty();
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.Show show) {
                carets.through(show.change().delta(), show.own());
                shown = shown.map(had -> new Effect.Show(had.change().compose(show.change()), had.own() && show.own()))
                        .or(() -> Optional.of(show));
            } else {
                perform(effect);
            }
        }
        if (isShutOut(after) && !isShutOut(before) && !after.textSaved()) {
            perform(new Effect.KeepCopy(after.shown(), Effect.CopyReason.ROLE));
        }
        settle(before);
        shown.ifPresent(all -> notices.add(() -> watcher.shown(all.change(), all.own())));
        notices.add(() -> watcher.stepped(before, after));
    }

    /// Access was taken away. What is unsent stays in the journal, in case it is given back, and is
    /// kept as a copy for the writer to have.
    private static boolean isShutOut(Session session) {
        return session.phase() instanceof Phase.Stopped(var code, var _)
                && (code == FailureCode.NO_ACCESS || code == FailureCode.FORBIDDEN);
    }

    /// A listener may have asked for an undo of what is gone meanwhile, or a late word may come
    /// from a connection that was left.
    private boolean allows(Event event) {
        return switch (event) {
            case Event.RenameAsked ignored -> session.hasDocument();
            case Event.UndoAsked() -> session.canUndo();
            case Event.RedoAsked() -> session.canRedo();
            case Event.RetryDue(), Event.Nudged() -> !offline;
            default -> true;
        };
    }

    private void settle(Session before) {
        standing.settle(before, session);
        if (compactDue && !session.isSending()) {
            compactDue = false;
            checkpoint();
        }
        boolean now = focused || !session.allSaved();
        if (now != closely) {
            closely = now;
            around.disk().execute(() -> keeper.watch(now));
        }
    }

    private void perform(Effect effect) {
        var disk = around.disk();
        switch (effect) {
            case Effect.Connect() -> connect();
            case Effect.Disconnect(var why) -> disconnect(why);
            case Effect.Send(var message) -> disk.execute(() -> keeper.send(message));
            case Effect.Write(var entry, boolean now) -> {
                standing.noted(entry, session.hasUnsent());
                disk.execute(() -> keeper.write(entry, now));
            }
            case Effect.RetryAfter(var atLeast, var bound) -> retryAfter(atLeast, bound);
            case Effect.ResendAfter(long seq, var delay, var refused) -> {
                standing.refused(refused);
                resendAfter(seq, delay);
            }
            case Effect.RenameAfter(var delay) -> {
                rename.ifPresent(task -> task.cancel(false));
                rename = Optional.of(later(delay, () -> feed(new Event.RenameDue())));
            }
            case Effect.KeepCopy copy -> {
                String title = session.title();
                Instant at = around.clock().instant();
                disk.execute(() -> keeper.keepCopy(copy, title, at));
                if (copy.reason() != Effect.CopyReason.FORKED && !isShutOut(session)) {
                    notices.add(watcher::textWithdrawn);
                }
            }
            case Effect.RenameRefused(var code, var sentence) ->
                notices.add(() -> watcher.renameRefused(code, sentence));
            case Effect.Show ignored -> {}
        }
    }

    // --- the link

    private void connect() {
        var name = new Object();
        connection = Optional.of(name);
        boolean near = closely;
        around.disk().execute(() -> {
            var made = link.connect(new Ear(name));
            made.watch(near);
            keeper.use(Optional.of(made));
        });
    }

    private void disconnect(String why) {
        if (connection.isEmpty()) {
            return;
        }
        connection = Optional.empty();
        around.disk().execute(() -> keeper.disconnect(why));
        // What the old connection still says is not listened to, so the session need not wait for its end.
        standing.lost(new LinkLoss.Ended(why));
        events.add(new Event.LinkLost());
    }

    /// Hears one connection, as long as it is the one that counts.
    private final class Ear implements LinkListener {
        private final Object name;

        Ear(Object name) {
            this.name = name;
        }

        private boolean counts() {
            return !closed && connection.filter(now -> now == name).isPresent();
        }

        @Override
        public void up(ServerMessage.Welcome welcome) {
            if (!counts()) {
                return;
            }
            standing.up();
            if (welcome.person().id().equals(session.person())) {
                feed(new Event.LinkUp());
            } else {
                feed(new Event.Received(new ServerMessage.Failed(
                        FailureCode.FORBIDDEN, "You are signed in as somebody else. Sign in again.", 0)));
            }
        }

        @Override
        public void received(ServerMessage message) {
            if (counts()) {
                standing.heard();
                if (message instanceof ServerMessage.Joined joined) {
                    standing.joined(joined, session);
                }
                feed(new Event.Received(message));
            }
        }

        @Override
        public void answered(Duration took) {
            if (counts()) {
                standing.answered(took);
                watcher.statusMayHaveChanged();
            }
        }

        @Override
        public void lost(LinkLoss how) {
            if (counts()) {
                connection = Optional.empty();
                standing.lost(how);
                around.disk().execute(() -> keeper.use(Optional.empty()));
                feed(new Event.LinkLost());
            }
        }
    }

    // --- timers: of each kind only the newest counts

    private void retryAfter(Duration atLeast, Duration bound) {
        long wait = atLeast.toMillis() + (long) (around.random().nextDouble() * bound.toMillis());
        standing.retryAt(around.clock().instant().plusMillis(wait));
        retry.ifPresent(task -> task.cancel(false));
        retry = Optional.of(later(Duration.ofMillis(wait), () -> feed(new Event.RetryDue())));
    }

    private void resendAfter(long seq, Duration delay) {
        resend.ifPresent(task -> task.cancel(false));
        resend = Optional.of(later(delay, () -> feed(new Event.ResendDue(seq))));
    }

    /// Not after closing.
    private Future<?> later(Duration delay, Runnable task) {
        return around.timer()
                .schedule(
                        () -> around.home().execute(() -> {
                            if (!closed) {
                                task.run();
                            }
                        }),
                        delay.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    // --- the journal

    private void journalIs(Journal.State state) {
        if (standing.journalIs(state)) {
            watcher.statusMayHaveChanged();
        }
        if (state instanceof Journal.State.Failing) {
            mendLater();
        }
    }

    /// What is typed now is not written either, for it would forget the text of that copy.
    private void copyOwed(Optional<Journal.State.Failing> how) {
        if (standing.copyOwed(how)) {
            watcher.statusMayHaveChanged();
        }
    }

    private void mendLater() {
        if (mending.isEmpty() && !closed) {
            mending = Optional.of(later(MEND_AFTER, () -> {
                mending = Optional.empty();
                checkpoint();
            }));
        }
    }

    /// Asks the disk once more to take what it did not, and tells what is in memory only then.
    void tellLoss(CompletableFuture<Boolean> wanted) {
        if (standing.journal() instanceof Journal.State.Failing) {
            checkpoint();
        }
        boolean unsent = !session.allSaved();
        around.disk().execute(() -> keeper.tellLoss(unsent, wanted));
    }

    /// Writes the journal anew. The checkpoint is of this moment and takes its place behind the
    /// effects so far.
    private void checkpoint() {
        var records = session.checkpoint();
        around.disk().execute(() -> keeper.rewrite(records));
    }

    // --- the caret

    /// At most 20 a second; the newest wins.
    void caretMoved(Optional<Caret> caret) {
        carets.moved(caret);
    }

    /// The caret travels with an edit: what was about to be told of it is old.
    void edited(Event.Edited event) {
        carets.forget();
        feed(event);
    }

    // --- what the program wants

    void focus(boolean now) {
        focused = now;
        settle(session);
        if (now) {
            feed(new Event.Nudged());
        }
    }

    /// Leaves the relay and does not look for it until this is taken back.
    void workOffline(boolean now) {
        if (offline == now) {
            return;
        }
        offline = now;
        if (!now) {
            feed(new Event.RetryDue());
            return;
        }
        retry.ifPresent(task -> task.cancel(false));
        if (connection.isPresent()) {
            connection = Optional.empty();
            around.disk().execute(() -> keeper.disconnect("working offline"));
            feed(new Event.LinkLost());
        }
        watcher.statusMayHaveChanged();
    }

    void close() {
        if (closed) {
            return;
        }
        closed = true;
        connection = Optional.empty();
        for (var task : List.of(retry, resend, mending)) {
            task.ifPresent(waiting -> waiting.cancel(false));
        }
        watcher.statusMayHaveChanged();
    }

    Keeper keeper() {
        return keeper;
    }

    boolean isClosed() {
        return closed;
    }

    Status status() {
        return standing.status(session, contact(), connection.isPresent());
    }

    private Status.Contact contact() {
        if (closed) {
            return new Status.Contact.Closed();
        }
        if (offline && !(session.phase() instanceof Phase.Stopped)) {
            return new Status.Contact.Offline();
        }
        return standing.contact(session);
    }
}
