package coscribe.relay.session;

import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.ServerMessage;
import coscribe.relay.sequencing.Serial;
import coscribe.relay.session.Doorkeeper.Admission.Admitted;
import coscribe.relay.transport.Connection;
import java.util.Optional;

/// The way of one connection into a document: past what its person may ask for, past the queue of
/// those who come in, into the hall. It holds the place that was given on the way until the
/// connection ends. Lives in the conversation's serial.
final class WayIn {
    private final Connection connection;
    private final Reception reception;
    private final Serial serial;
    private final Traveller traveller;
    /// Counts the document that this person is in, or on the way into.
    private Budgets.Stay stay = () -> {};
    /// While this person is on the way into a document.
    private Optional<Admissions.Ticket> ticket = Optional.empty();

    /// Who is on the way.
    interface Traveller extends Requests.Asker {
        /// From here on nothing else is expected until they arrive or turn back.
        Admitted setsOut();

        /// Who is on the way; empty: gone meanwhile.
        Optional<Admitted> onTheWay();

        /// Whether they were still on the way, and are in the hall now.
        boolean arrives(Hall hall);

        /// Whether they were still on the way, and are where they were before.
        boolean turnsBack();
    }

    WayIn(Connection connection, Reception reception, Serial serial, Traveller traveller) {
        this.connection = connection;
        this.reception = reception;
        this.serial = serial;
        this.traveller = traveller;
    }

    /// The connection has ended.
    void end() {
        stay.end();
        ticket.ifPresent(Admissions.Ticket::gone);
    }

    void join(Admitted who, DeviceId device, ClientMessage.Join join) {
        var ceiling = who.ceiling();
        if (ceiling.isPresent() && !ceiling.get().document().equals(join.document())) {
            traveller.say(new ServerMessage.Failed(FailureCode.NO_ACCESS, "Your sign-in is for another document.", 0));
            return;
        }
        switch (reception.budgets().join(who.person().id())) {
            case Pace.Turn.After(var wait) -> traveller.ask(who, reception.after(wait), _ -> comeIn(device, join));
            case Pace.Turn.Refused(var wait) -> {
                reception.metrics().overBudget("joins");
                traveller.say(new ServerMessage.Failed(
                        FailureCode.LIMIT,
                        "You came in too often. Nothing was changed; you will join by yourself later.",
                        wait.toMillis()));
            }
        }
    }

    private void comeIn(DeviceId device, ClientMessage.Join join) {
        Admitted who = traveller.setsOut();
        var entered = reception.budgets().enter(who.person().id(), join.document());
        if (entered.isEmpty()) {
            reception.metrics().overBudget("documents");
            notInside(
                    FailureCode.LIMIT,
                    "You have " + Limits.DOCUMENTS_OPEN
                            + " documents open, as many as one person may. Close one; you will join by yourself then.");
            return;
        }
        stay = entered.get();
        ticket = Optional.of(reception
                .admissions()
                .ask(
                        () -> serial.execute(() -> arrive(device, join)),
                        wait -> notInside(
                                FailureCode.LIMIT,
                                "Very many people come in now. Nothing was changed; you will join by yourself in a while.",
                                wait.toMillis())));
    }

    private void arrive(DeviceId device, ClientMessage.Join join) {
        traveller
                .onTheWay()
                .ifPresent(who -> reception
                        .halls()
                        .arrive(
                                join.document(),
                                new Arrival(
                                        connection,
                                        who.person(),
                                        device,
                                        ClientId.random(reception.random()),
                                        join.resume(),
                                        join.known(),
                                        Arrival.roleOf(who.grant(), join.document()),
                                        Arrival.roleOf(who.ceiling(), join.document()),
                                        new Arrival.Answer() {
                                            @Override
                                            public void entered(Hall hall) {
                                                serial.execute(() -> inside(hall));
                                            }

                                            @Override
                                            public void refused(FailureCode code, String sentence) {
                                                serial.execute(() -> notInside(code, sentence));
                                            }
                                        })));
    }

    private void inside(Hall hall) {
        if (traveller.arrives(hall)) {
            ticket.ifPresent(Admissions.Ticket::answered);
            reception.metrics().joined();
        } else {
            hall.leave(connection.id()); // gone before it was in
        }
    }

    private void notInside(FailureCode code, String sentence) {
        notInside(code, sentence, retryAfterMillis(code));
    }

    private void notInside(FailureCode code, String sentence, long retryAfterMillis) {
        if (traveller.turnsBack()) {
            stay.end();
            ticket.ifPresent(Admissions.Ticket::answered);
            traveller.say(new ServerMessage.Failed(code, sentence, retryAfterMillis));
        }
    }

    private static long retryAfterMillis(FailureCode code) {
        return switch (code) {
            case STORE_AWAY -> 1_000;
            case LIMIT -> 5_000; // until somebody leaves
            default -> 0;
        };
    }
}
