package coscribe.relay.session;

import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.CloseReason;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.protocol.RelayId;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.protocol.Titles;
import coscribe.ot.wire.MalformedMessageException;
import coscribe.ot.wire.Wire;
import coscribe.relay.sequencing.Serial;
import coscribe.relay.sequencing.Timers;
import coscribe.relay.session.Doorkeeper.Admission;
import coscribe.relay.session.Doorkeeper.Admission.Admitted;
import coscribe.relay.transport.Connection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/// One connection's manners: hello first, then requests, then one document. What comes in is
/// handled one message after the other; while an answer is being looked up, nothing but a ping or a
/// renewal is expected, and whoever talks on is out of order.
final class Conversation implements WayIn.Traveller {
    private static final Duration LEEWAY = Duration.ofSeconds(60);

    private final Connection connection;
    private final Reception reception;
    private final RelayId relay;
    private final Serial serial;
    private final Turnstile turnstile;
    private final Requests requests;
    private final WayIn wayIn;
    private State state = new State.Greeting();
    private Optional<DeviceId> device = Optional.empty();
    /// The end of patience with whoever says no hello, later of the sign-in.
    private Timers.Due due = Timers.Due.NEVER;

    private sealed interface State {
        record Greeting() implements State {}

        /// An answer is being looked up; `home` is where it goes back to.
        record Busy(Optional<Admitted> who) implements State {}

        record Home(Admitted who) implements State {}

        record Inside(Admitted who, Hall hall) implements State {}

        record Over() implements State {}
    }

    Conversation(Connection connection, Reception reception) {
        this.connection = connection;
        this.reception = reception;
        this.relay = reception.relayId();
        this.serial = new Serial(Runnable::run, connection.id());
        this.turnstile = new Turnstile(
                connection, reception.budgets(), reception.timers(), serial, reception.metrics(), new Way());
        this.requests = new Requests(reception, this);
        this.wayIn = new WayIn(connection, reception, serial, this);
    }

    /// What stands behind the turnstile.
    private final class Way implements Turnstile.Way {
        @Override
        public Optional<PersonId> payer() {
            return who().map(who -> who.person().id());
        }

        @Override
        public long work(ClientMessage message) {
            if (state instanceof State.Inside(var ignored, var hall)) {
                if (message instanceof ClientMessage.Submit(var submission)) {
                    return hall.stepsFor(submission);
                }
                if (message instanceof ClientMessage.CatchUp(var revision)) {
                    return hall.stepsToCatchUp(revision);
                }
            }
            return 0;
        }

        @Override
        public void pass(ClientMessage message) {
            take(message);
        }

        @Override
        public void busy(ClientMessage message, Duration retryAfter) {
            if (message instanceof ClientMessage.Submit(var submission)) {
                reception.metrics().refused(Refusal.BUSY);
                say(new ServerMessage.Refused(
                        submission.seq(),
                        Refusal.BUSY,
                        "Your edits cost this relay much; it takes this one later.",
                        retryAfter.toMillis()));
            } else {
                tooMuch(retryAfter); // without its answer nothing could go on
            }
        }

        @Override
        public void tooMuch(Duration retryAfter) {
            say(new ServerMessage.Failed(
                    FailureCode.LIMIT,
                    "You send more than this relay takes from one person. Connect again later.",
                    retryAfter.toMillis()));
            end(CloseReason.LIMIT);
        }
    }

    void opened() {
        serial.execute(() -> waitFor(Limits.HELLO_WITHIN, () -> {
            if (state instanceof State.Greeting) {
                end(CloseReason.HELLO_LATE);
            }
        }));
    }

    /// One wait at a time: the one before is over.
    private void waitFor(Duration delay, Runnable then) {
        due.cancel();
        due = reception.timers().after(delay, () -> serial.execute(then));
    }

    void received(String text) {
        ClientMessage message;
        try {
            message = Wire.decodeClient(text);
        } catch (MalformedMessageException e) {
            serial.execute(() -> {
                say(new ServerMessage.Failed(FailureCode.MALFORMED, String.valueOf(e.getMessage()), 0));
                end(CloseReason.MALFORMED);
            });
            return;
        }
        serial.execute(() -> turnstile.arrive(message, text.length()));
    }

    void writable() {
        serial.execute(() -> {
            if (state instanceof State.Inside(var ignored, var hall)) {
                hall.writable(connection.id());
            }
        });
    }

    void closed() {
        serial.execute(() -> {
            if (state instanceof State.Inside(var ignored, var hall)) {
                hall.leave(connection.id());
            }
            over();
        });
    }

    private void over() {
        due.cancel();
        turnstile.end();
        wayIn.end();
        state = new State.Over();
    }

    private void take(ClientMessage message) {
        switch (state) {
            case State.Greeting() -> {
                if (message instanceof ClientMessage.Hello hello) {
                    hello(hello);
                } else {
                    outOfOrder("The first message must be hello.");
                }
            }
            case State.Busy(var who) -> takeBusy(who, message);
            case State.Home(var who) -> takeAtHome(who, message);
            case State.Inside(var who, var hall) -> takeInside(who, hall, message);
            case State.Over() -> {}
        }
    }

    private void takeBusy(Optional<Admitted> who, ClientMessage message) {
        if (message instanceof ClientMessage.Ping(long number)) {
            say(new ServerMessage.Pong(number)); // whoever waits may ask whether the line still stands
        } else if (message instanceof ClientMessage.Renew renew && who.isPresent()) {
            renew(who.get(), renew); // its time comes whatever else is asked
        } else {
            outOfOrder("Wait for the answer before the next request.");
        }
    }

    private void outOfOrder(String sentence) {
        say(new ServerMessage.Failed(FailureCode.OUT_OF_ORDER, sentence, 0));
        end(CloseReason.OUT_OF_ORDER);
    }

    @Override
    public void say(ServerMessage message) {
        if (message instanceof ServerMessage.Failed failed) {
            reception.metrics().failed(failed.code());
        }
        var ignored = connection.send(Frames.of(message));
    }

    private void end(CloseReason reason) {
        if (state instanceof State.Inside(var ignored, var hall)) {
            hall.leave(connection.id());
        }
        over();
        connection.close(Closing.of(reason));
    }

    // --- signing in

    private void hello(ClientMessage.Hello hello) {
        if (hello.oldest() > Limits.PROTOCOL_VERSION || hello.newest() < Limits.PROTOCOL_VERSION) {
            say(new ServerMessage.Failed(
                    FailureCode.VERSION, "This relay speaks protocol " + Limits.PROTOCOL_VERSION + " only.", 0));
            end(CloseReason.VERSION);
            return;
        }
        device = Optional.of(hello.device());
        ask(
                Optional.empty(),
                reception
                        .doorkeeper()
                        .admit(hello.credential(), connection.upgrade().authorization(), hello.device()),
                admission -> {
                    switch (admission) {
                        case Admission.Refused(var code, var sentence) -> turnAway(code, sentence);
                        case Admitted who -> {
                            connection.authenticated();
                            state = new State.Home(who);
                            say(new ServerMessage.Welcome(
                                    Limits.PROTOCOL_VERSION,
                                    relay,
                                    who.person(),
                                    who.tokens(),
                                    who.expires().toEpochMilli(),
                                    who.grant().map(Doorkeeper.Grant::document),
                                    who.mayCreate()));
                            endAt(who);
                        }
                    }
                });
    }

    private void turnAway(FailureCode code, String sentence) {
        say(new ServerMessage.Failed(code, sentence, 0));
        end(CloseReason.UNAUTHENTICATED);
    }

    private void endAt(Admitted admitted) {
        Duration left = Duration.between(reception.clock().instant(), admitted.expires())
                .plus(LEEWAY);
        waitFor(left.isNegative() ? Duration.ZERO : left, () -> {
            if (who().filter(now -> now.expires().equals(admitted.expires())).isPresent()) {
                turnAway(FailureCode.EXPIRED, "Your sign-in has run out. Your edits are kept; sign in again.");
            }
        });
    }

    private Optional<Admitted> who() {
        return switch (state) {
            case State.Greeting _, State.Over _ -> Optional.empty();
            case State.Busy(var who) -> who;
            case State.Home(var who) -> Optional.of(who);
            case State.Inside(var who, var _) -> Optional.of(who);
        };
    }

    private void renew(Admitted who, ClientMessage.Renew renew) {
        reception
                .doorkeeper()
                .admit(renew.credential(), Optional.empty(), device.orElseThrow())
                .whenComplete((admission, failure) -> serial.execute(() -> {
                    if (failure != null) {
                        say(new ServerMessage.Failed(
                                FailureCode.STORE_AWAY, "The relay's store does not answer. Try again.", 1_000, true));
                    } else if (admission instanceof Admitted next
                            && next.person().id().equals(who.person().id())) {
                        renewed(next);
                    } else {
                        say(new ServerMessage.Failed(
                                FailureCode.UNAUTHENTICATED,
                                "The sign-in could not be renewed. Sign in again.",
                                0,
                                true));
                    }
                }));
    }

    private void renewed(Admitted next) {
        switch (state) {
            case State.Home _ -> state = new State.Home(next);
            case State.Inside(var _, var hall) -> state = new State.Inside(next, hall);
            case State.Busy _ -> state = new State.Busy(Optional.of(next));
            case State.Greeting _, State.Over _ -> {
                return;
            }
        }
        say(new ServerMessage.Renewed(next.tokens(), next.expires().toEpochMilli()));
        endAt(next);
    }

    // --- at home

    private void takeAtHome(Admitted who, ClientMessage message) {
        switch (message) {
            case ClientMessage.Hello ignored -> outOfOrder("hello was said before.");
            case ClientMessage.Renew renew -> renew(who, renew);
            case ClientMessage.Create(var title) -> requests.create(who, title);
            case ClientMessage.Rename rename -> requests.rename(who, rename);
            case ClientMessage.ListDocuments list -> requests.list(who, list);
            case ClientMessage.Invite invite -> requests.invite(who, invite);
            case ClientMessage.Join join -> wayIn.join(who, device.orElseThrow(), join);
            case ClientMessage.Submit ignored -> outOfOrder("Join a document first.");
            case ClientMessage.MoveCaret ignored -> outOfOrder("Join a document first.");
            case ClientMessage.CatchUp ignored -> outOfOrder("Join a document first.");
            case ClientMessage.Ping(long number) -> say(new ServerMessage.Pong(number));
        }
    }

    @Override
    public <T> void ask(Admitted who, CompletionStage<T> question, Consumer<T> answered) {
        ask(Optional.of(who), question, answered);
    }

    /// Looks something up; until the answer is there, nothing else is expected.
    private <T> void ask(Optional<Admitted> who, CompletionStage<T> question, Consumer<T> answered) {
        state = new State.Busy(who);
        question.whenComplete((answer, failure) -> serial.execute(() -> {
            if (!(state instanceof State.Busy(var now))) {
                return; // gone meanwhile
            }
            now.ifPresent(home -> state = new State.Home(home));
            if (failure != null) {
                say(new ServerMessage.Failed(
                        FailureCode.STORE_AWAY, "The relay's store does not answer. Nothing was changed.", 1_000));
                if (now.isEmpty()) {
                    end(CloseReason.RESTARTING);
                }
            } else {
                answered.accept(answer);
            }
        }));
    }

    // --- on the way into a document

    @Override
    public Admitted setsOut() {
        Admitted who = who().orElseThrow(); // the answer to a question finds its asker at home
        state = new State.Busy(Optional.of(who));
        return who;
    }

    @Override
    public Optional<Admitted> onTheWay() {
        return state instanceof State.Busy(var who) ? who : Optional.empty();
    }

    @Override
    public boolean arrives(Hall hall) {
        return becomes(who -> new State.Inside(who, hall));
    }

    @Override
    public boolean turnsBack() {
        return becomes(State.Home::new);
    }

    private boolean becomes(Function<Admitted, State> next) {
        var who = onTheWay();
        who.ifPresent(there -> state = next.apply(there));
        return who.isPresent();
    }

    // --- in a document

    private void takeInside(Admitted who, Hall hall, ClientMessage message) {
        switch (message) {
            case ClientMessage.Submit(var submission) -> hall.submit(connection.id(), submission);
            case ClientMessage.MoveCaret(var revision, var caret) -> hall.moveCaret(connection.id(), revision, caret);
            case ClientMessage.CatchUp(var revision) -> hall.catchUp(connection.id(), revision);
            case ClientMessage.Rename(var document, var title)
            when document.equals(hall.document()) -> hall.rename(connection.id(), Titles.clean(title));
            case ClientMessage.Renew renew -> renew(who, renew);
            case ClientMessage.Ping(long number) -> say(new ServerMessage.Pong(number));
            case ClientMessage.Rename _,
                    ClientMessage.Hello _,
                    ClientMessage.Create _,
                    ClientMessage.ListDocuments _,
                    ClientMessage.Invite _,
                    ClientMessage.Join _ -> outOfOrder("This connection is in a document; open another one for that.");
        }
    }
}
