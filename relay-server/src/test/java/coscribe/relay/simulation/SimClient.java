package coscribe.relay.simulation;

import coscribe.client.journal.Balance;
import coscribe.client.journal.RecordCodec;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.document.Text;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.Credential;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.session.Effect;
import coscribe.ot.session.Event;
import coscribe.ot.session.JournalRecord;
import coscribe.ot.session.Phase;
import coscribe.ot.session.Session;
import coscribe.ot.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One writer: a production session, a journal that may lose its end, and a view that is only told
/// what changed.
final class SimClient {
    private static final long FORCE_MICROS = 200_000;

    private final World world;
    private final Scheduler scheduler;
    final PersonId person;
    private final DeviceId device;
    final SimHand hand;
    private final SimJournal journal = new SimJournal();
    private Session session;
    private Text view = Document.EMPTY.text();
    private Optional<SimLink> link = Optional.empty();
    private Revision reached = Revision.ZERO; // before the step that is performed
    private boolean alive;
    private int life;

    /// Submissions that were refused for good.
    final List<Named> refused = new ArrayList<>();
    /// Submissions that were nothing but undo.
    final Map<Named, Boolean> pureUndo = new HashMap<>();
    private boolean onlyUndo = true;
    private boolean afterRange;
    private final List<Word> unsaved = new ArrayList<>();
    /// Everything that was written and that the journal still holds.
    private final List<Word> written = new ArrayList<>();
    /// What the document is to be called: asked for, and neither refused nor lost with the journal.
    private Optional<Word> title = Optional.empty();

    record Named(ClientId client, long seq) {}

    private record Word(String token, long journalPosition) {}

    SimClient(World world, int number) {
        this.world = world;
        this.scheduler = world.scheduler;
        this.person = PersonId.random(scheduler.random);
        this.device = DeviceId.random(scheduler.random);
        this.session = Session.fresh(person, world.document);
        this.hand = new SimHand(world, this);
    }

    Session session() {
        return session;
    }

    boolean alive() {
        return alive;
    }

    void start() {
        alive = true;
        life++;
        feed(new Event.Started());
    }

    // --- events and effects

    void feed(Event event) {
        if (!alive) {
            return;
        }
        reached = session.revision();
        var step = session.step(event);
        session = step.session();
        step.effects().forEach(this::perform);
        journal.shows(session.shown());
        if (session.textSaved()) {
            unsaved.clear();
        }
        world.require(
                view.equals(session.shown().text()),
                () -> "the view shows " + view + " but the session "
                        + session.shown().text());
    }

    private void log(String what) {
        if (Boolean.getBoolean("coscribe.sim.log")) {
            System.out.println(scheduler.nowMicros() + " " + person.hex().substring(0, 4) + " " + what);
        }
    }

    private void perform(Effect effect) {
        log(String.valueOf(effect));
        switch (effect) {
            case Effect.Connect() -> connect();
            case Effect.Disconnect(var why) -> {
                scheduler.trace("disconnect " + why);
                link.ifPresent(SimLink::hangUp);
                link = Optional.empty();
                later(100, () -> feed(new Event.LinkLost()));
            }
            case Effect.Send(var message) -> send(message);
            case Effect.Write(var entry, boolean now) -> write(entry, now);
            case Effect.RetryAfter(var atLeast, var bound) ->
                later(
                        atLeast.toNanos() / 1_000 + scheduler.between(0, bound.toNanos() / 1_000),
                        () -> feed(new Event.RetryDue()));
            case Effect.ResendAfter(long seq, var delay, var _) ->
                later(delay.toNanos() / 1_000, () -> feed(new Event.ResendDue(seq)));
            case Effect.RenameAfter(var delay) -> later(delay.toNanos() / 1_000, () -> feed(new Event.RenameDue()));
            case Effect.Show(var change, boolean own) -> show(change, own);
            case Effect.RenameRefused(var code, var _) -> {
                scheduler.trace("not renamed " + code);
                title = Optional.empty();
            }
            case Effect.KeepCopy(var text, var reason) -> {
                scheduler.trace("copy " + reason);
                world.seen.saw(Seen.What.COPIES);
                world.require(world.tier.forgot() || mayBe(reason), () -> "a copy was kept because " + reason);
                String plain = text.text().plain();
                written.forEach(word -> world.tokens.keep(word.token, plain));
            }
        }
    }

    /// Nothing in this world damages a copy or makes a change that is not allowed but for the role, and the log is
    /// all there but for what was trimmed.
    private boolean mayBe(Effect.CopyReason reason) {
        return switch (reason) {
            case ROLE -> true;
            case OUT_OF_REACH ->
                world.tier.trimmed().stream().anyMatch(gone -> gone.revision().isAfter(reached));
            case FORKED, REFUSED -> false;
        };
    }

    private void later(long micros, Runnable task) {
        int mine = life;
        scheduler.at(micros, () -> {
            if (alive && life == mine) {
                task.run();
            }
        });
    }

    private void show(Change change, boolean own) {
        if (own) {
            hand.noteDeletions(change.delta());
        }
        view = view.apply(change.delta());
    }

    private void write(JournalRecord entry, boolean now) {
        journal.append(entry);
        if (now) {
            journal.force();
        } else {
            later(FORCE_MICROS, journal::force);
        }
        note(entry);
    }

    private void note(JournalRecord entry) {
        switch (entry) {
            case JournalRecord.Sent(long seq, boolean _) -> {
                var named = new Named(session.client().orElseThrow(), seq);
                pureUndo.put(named, onlyUndo);
                onlyUndo = true;
            }
            case JournalRecord.Entered ignored -> onlyUndo = onlyUndo && session.textSaved();
            case JournalRecord.Checkpoint checkpoint -> {
                onlyUndo = false;
                checkpoint.then().forEach(this::note);
            }
            case JournalRecord.Edited(var change, var intent, var _) -> onlyUndo = onlyUndo && intent == Intent.UNDO;
            case JournalRecord.Reopened() -> {}
            case JournalRecord.Unsent() -> onlyUndo = false;
            case JournalRecord.Titled _, JournalRecord.Renaming _ -> {}
            case JournalRecord.Others ignored -> {}
            case JournalRecord.Acknowledged ignored -> {}
        }
    }

    // --- the link

    private void connect() {
        var relays = world.relays.stream().filter(SimRelay::alive).toList();
        if (relays.isEmpty() || world.faulty(0.1)) {
            later(world.delay(), () -> feed(new Event.LinkLost()));
            return;
        }
        var made = world.link(this, relays.get(scheduler.random.nextInt(relays.size())));
        link = Optional.of(made);
        later(world.delay(), () -> {
            if (made.isOpen() && made.relay.alive()) {
                made.relay.reception().opened(made);
                say(made, new ClientMessage.Hello(1, 1, new Credential.AccessToken(person.hex()), device));
            } else if (link.equals(Optional.of(made))) {
                link = Optional.empty();
                feed(new Event.LinkLost());
            }
        });
    }

    private void say(SimLink through, ClientMessage message) {
        through.say(new String(Wire.encode(message), StandardCharsets.UTF_8));
    }

    private void send(ClientMessage message) {
        if (message instanceof ClientMessage.Submit(var submission)) {
            var named = new Named(session.client().orElseThrow(), submission.seq());
            if (!world.sent.add(named) && link.isPresent()) {
                world.seen.saw(Seen.What.RESENDS);
            }
            world.bases.put(named, submission.base().number());
        }
        link.ifPresent(through -> {
            say(through, message);
            if (message instanceof ClientMessage.Submit && world.faulty(0.1)) {
                // Sent twice; meanwhile the role may have changed.
                scheduler.at(scheduler.between(0, 100_000), () -> world.demoteTwice(person));
                later(scheduler.between(0, 300_000), () -> {
                    world.seen.saw(Seen.What.DOUBLED);
                    say(through, message);
                });
            }
        });
    }

    void hear(SimLink from, String text) {
        if (!alive || !link.equals(Optional.of(from))) {
            return;
        }
        var message = Wire.decodeServer(text);
        world.shown.told(message);
        switch (message) {
            case ServerMessage.Welcome ignored -> feed(new Event.LinkUp());
            case ServerMessage.Range ignored -> {
                world.seen.saw(Seen.What.RANGES);
                feed(new Event.Received(message));
            }
            case Committed commit -> {
                if (afterRange && commit.author().equals(person)) {
                    world.seen.saw(Seen.What.RANGES_BEFORE_OWN);
                }
                feed(new Event.Received(message));
            }
            case ServerMessage.SnapshotPart ignored -> {
                world.seen.saw(Seen.What.SNAPSHOTS);
                feed(new Event.Received(message));
            }
            case ServerMessage.Refused refusal -> {
                noteRefusal(refusal);
                feed(new Event.Received(message));
            }
            default -> feed(new Event.Received(message));
        }
        afterRange = message instanceof ServerMessage.Range;
    }

    private void noteRefusal(ServerMessage.Refused refusal) {
        if (refusal.reason().isFinal() && refusal.reason() != Refusal.CLIENT_CLOSED) {
            refused.add(new Named(session.client().orElseThrow(), refusal.seq()));
        }
    }

    void linkLost(SimLink lost) {
        if (alive && link.equals(Optional.of(lost))) {
            link = Optional.empty();
            feed(new Event.LinkLost());
        }
    }

    void cut() {
        link.ifPresent(open -> {
            world.seen.saw(Seen.What.CUTS);
            open.cut();
        });
    }

    void stall() {
        link.ifPresent(open -> {
            world.seen.saw(Seen.What.SLOW_READS);
            open.stall(scheduler.between(50_000, 1_000_000));
        });
    }

    void nudge() {
        feed(new Event.Nudged());
    }

    // --- crashes

    void crash() {
        if (!alive) {
            return;
        }
        world.seen.saw(Seen.What.CLIENT_CRASHES);
        alive = false;
        link.ifPresent(SimLink::cut);
        link = Optional.empty();
        boolean whole = journal.isForced() || scheduler.chance(0.25);
        int kept = whole ? journal.size() : (int) scheduler.between(journal.forced(), journal.size() - 1);
        if (kept < journal.size()) {
            noteLost(kept);
        }
        log("CRASH keeps " + kept + " of " + journal.size() + " forced " + journal.forced());
        journal.loseAfter(kept);
        journal.force();
        long survived = journal.position();
        unsaved.stream()
                .filter(word -> word.journalPosition > survived)
                .forEach(word -> world.tokens.excuse(word.token));
        written.stream()
                .filter(word -> word.journalPosition > survived)
                .forEach(word -> world.tokens.leaveToStore(word.token));
        unsaved.removeIf(word -> word.journalPosition > survived);
        written.removeIf(word -> word.journalPosition > survived);
        title = title.filter(asked -> asked.journalPosition <= survived);
        session = Session.restored(person, world.document, journal.records());
        world.require(
                journal.shownNow().map(session.shown()::equals).orElse(true),
                () -> "the journal gives back another text than was shown");
        world.require(
                session.allSaved() || !looksSettled(),
                () -> "a look at the journal's kinds of records takes what is unsent for saved");
        view = session.shown().text();
        onlyUndo = session.textSaved();
    }

    private void noteLost(int kept) {
        world.seen.saw(Seen.What.LOST_SUFFIXES);
        if (session.isSending()) {
            world.seen.saw(Seen.What.LOST_UNDER_WAY);
            var lost = journal.records().subList(kept, journal.size());
            if (lost.stream().anyMatch(JournalRecord.Sent.class::isInstance)) {
                world.seen.saw(Seen.What.LOST_MARKS);
            }
        }
    }

    private boolean looksSettled() {
        var balance = new Balance();
        for (JournalRecord entry : journal.records()) {
            var bytes = RecordCodec.encode(entry);
            balance.take(RecordCodec.kindOf(bytes[0]).orElseThrow(), bytes.length);
        }
        return balance.isSettled();
    }

    // --- writing

    boolean canWrite() {
        return alive && session.hasDocument() && !(session.phase() instanceof Phase.Stopped);
    }

    /// Applies an edit that its writer sees at once.
    void edits(Change change, Optional<Caret> caret) {
        view = view.apply(change.delta());
        feed(new Event.Edited(change, Intent.EDIT, scheduler.chance(0.3), caret));
    }

    /// A word that is in the next record of the journal.
    void wrote(String token) {
        var word = new Word(token, journal.position() + 1);
        unsaved.add(word);
        written.add(word);
    }

    void renames(String asked) {
        title = Optional.of(new Word(asked, journal.position() + 1));
        feed(new Event.RenameAsked(asked));
    }

    Optional<String> askedTitle() {
        return title.map(Word::token);
    }

    void compact() {
        if (journal.isForced()) {
            journal.rewrite(session.checkpoint());
            journal.shows(session.shown());
        }
    }

    /// What the writer sees, made of nothing but what was told.
    Text view() {
        return view;
    }
}
