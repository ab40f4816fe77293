package coscribe.client.link.websocket;

import coscribe.client.link.Link;
import coscribe.client.link.LinkListener;
import coscribe.client.link.LinkLoss;
import coscribe.client.link.TokenSource;
import coscribe.client.link.TokenSource.SignedOutException;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Credential;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.wire.MalformedMessageException;
import coscribe.ot.wire.Wire;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection and its life: token, socket, `Hello`, `Welcome`, messages, `lost`. The library's
/// part is {@link Socket}.
///
/// Every field below `lock` is guarded by it; nothing of the library's and no listener is called
/// while it is held.
final class WebSocketConnection implements Link.Connection {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketConnection.class);
    private static final long TICK_MILLIS = 250;
    /// What may wait for the network, in bytes.
    static final long OUT_BOUND = 4L * 1024 * 1024;

    private final WebSocketLink link;
    private final LinkListener listener;
    private final Intake intake;
    private final Renewal renewal;

    private final Object lock = new Object();
    private Optional<Socket> socket = Optional.empty();
    private Optional<TokenSource.Ticket> ticket = Optional.empty();
    private boolean welcomed;
    private boolean lost;
    private boolean closely;
    private long deadline; // nanoTime until which the next thing must have happened, while not welcomed
    private long heard; // nanoTime of the newest sign of life
    private long pinged; // nanoTime of the newest ping
    private boolean pingOpen; // nothing was heard since that ping
    private Optional<Future<?>> ticking = Optional.empty();
    private volatile boolean closedHere;

    WebSocketConnection(WebSocketLink link, LinkListener listener) {
        this.link = link;
        this.listener = listener;
        this.intake = new Intake(link.executor);
        this.renewal = new Renewal(link, new Renewal.Line() {
            @Override
            public void renew(Credential credential) {
                transmit(new ClientMessage.Renew(credential));
            }

            @Override
            public void silent() {
                lose(new LinkLoss.Silent(link.address + " no longer answers."));
            }
        });
    }

    void begin() {
        synchronized (lock) {
            deadline = System.nanoTime() + link.pace.answerWithin().toNanos();
            ticking = Optional.of(
                    link.timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS));
        }
        var _ = link.tokens.next().whenComplete((got, failure) -> {
            if (got != null) {
                connect(got);
            } else {
                Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                String sentence =
                        cause instanceof SignedOutException out ? out.sentence() : "The sign-in cannot be read.";
                fail(FailureCode.UNAUTHENTICATED, sentence);
                lose(new LinkLoss.SignedOut(sentence));
            }
        });
    }

    private void connect(TokenSource.Ticket got) {
        if (!link.network.allowed().test(link.address)) {
            got.unanswered();
            lose(new LinkLoss.Unreachable(
                    LinkLoss.Trouble.NOT_ALLOWED, "This computer may not connect to " + link.address + "."));
            return;
        }
        var made = new Socket(link, this);
        synchronized (lock) {
            if (!lost) {
                ticket = Optional.of(got);
                socket = Optional.of(made);
                deadline = System.nanoTime() + link.pace.answerWithin().toNanos();
            }
        }
        if (isLost()) {
            got.unanswered();
        } else {
            made.start();
        }
    }

    private boolean isLost() {
        synchronized (lock) {
            return lost;
        }
    }

    // --- what the socket tells, on its reading thread

    void opened() {
        Optional<ClientMessage> hello;
        synchronized (lock) {
            hello = ticket.map(held -> new ClientMessage.Hello(
                    Limits.PROTOCOL_VERSION, Limits.PROTOCOL_VERSION, held.credential(), link.tokens.device()));
            deadline = System.nanoTime() + link.pace.answerWithin().toNanos();
        }
        hello.ifPresent(this::transmit);
    }

    void said(String text) {
        alive();
        try {
            take(Wire.decodeServer(text));
        } catch (MalformedMessageException e) {
            LOG.warn("relay message not understood relay={}", link.address, e);
            lose(new LinkLoss.Silent("What the relay said could not be understood."));
        }
    }

    void alive() {
        synchronized (lock) {
            heard = System.nanoTime();
        }
    }

    void ponged() {
        long now = System.nanoTime();
        Optional<Duration> took;
        synchronized (lock) {
            heard = now;
            took = pingOpen ? Optional.of(Duration.ofNanos(now - pinged)) : Optional.empty();
            pingOpen = false;
        }
        took.ifPresent(roundTrip -> tell(() -> listener.answered(roundTrip)));
    }

    private void take(ServerMessage message) {
        switch (message) {
            case ServerMessage.Welcome welcome -> welcome(welcome);
            case ServerMessage.Renewed(var tokens, long expires) -> renewal.renewed(tokens, expires);
            case ServerMessage.Failed failed when failed.renewal() -> renewal.failed(failed);
            case ServerMessage.Failed failed when !isWelcomed() -> turnedAway(failed);
            default -> {
                if (isWelcomed()) {
                    tell(() -> listener.received(message));
                }
            }
        }
    }

    private boolean isWelcomed() {
        synchronized (lock) {
            return welcomed;
        }
    }

    private void welcome(ServerMessage.Welcome welcome) {
        Optional<TokenSource.Ticket> held = takeTicket();
        if (held.isEmpty() || isWelcomed()) {
            return;
        }
        try {
            held.get().accepted(welcome);
        } catch (SignedOutException e) {
            fail(FailureCode.UNAUTHENTICATED, e.sentence());
            lose(new LinkLoss.SignedOut(e.sentence()));
            return;
        } catch (RuntimeException e) {
            held.get().unanswered();
            LOG.error("sign-in could not be stored relay={}", link.address, e);
            lose(new LinkLoss.Silent("The sign-in could not be stored on this computer."));
            return;
        }
        synchronized (lock) {
            welcomed = true;
        }
        renewal.until(welcome.expiresAtMillis());
        tell(() -> listener.up(welcome));
    }

    private Optional<TokenSource.Ticket> takeTicket() {
        synchronized (lock) {
            var held = ticket;
            ticket = Optional.empty();
            return held;
        }
    }

    private void turnedAway(ServerMessage.Failed failed) {
        boolean another = takeTicket().map(held -> held.refused(failed.code())).orElse(false);
        if (!another) {
            tell(() -> listener.received(failed));
        }
        lose(new LinkLoss.Closed(1000, failed.sentence()));
    }

    void closed(LinkLoss loss) {
        lose(loss);
    }

    // --- what the client tells

    @Override
    public void send(ClientMessage message) {
        if (isWelcomed() && !isLost()) {
            transmit(message);
        }
    }

    private void transmit(ClientMessage message) {
        Optional<Socket> through;
        synchronized (lock) {
            through = lost ? Optional.empty() : socket;
        }
        if (through.isEmpty()) {
            return;
        }
        long waiting = through.get().waitingBytes();
        if (message instanceof ClientMessage.MoveCaret && waiting > 0) {
            return; // the newest caret goes out once the network takes something again
        }
        if (waiting > OUT_BOUND) {
            lose(new LinkLoss.Silent("The network takes nothing."));
            return;
        }
        through.get().transmit(Wire.encodeText(message));
    }

    @Override
    public void watch(boolean now) {
        synchronized (lock) {
            closely = now;
        }
    }

    @Override
    public void close(String why) {
        closedHere = true;
        lose(new LinkLoss.Ended(why));
    }

    // --- deadlines and pings, on the timer

    private void tick() {
        long now = System.nanoTime();
        Optional<Socket> ping = Optional.empty();
        Optional<LinkLoss> loss = Optional.empty();
        synchronized (lock) {
            if (lost) {
                return;
            }
            if (!welcomed) {
                if (now - deadline > 0 && socket.isPresent()) {
                    loss = Optional.of(
                            new LinkLoss.Unreachable(LinkLoss.Trouble.NO_ANSWER, link.address + " does not answer."));
                }
            } else if (pingOpen && heard - pinged > 0) {
                pingOpen = false;
            } else if (pingOpen && now - pinged > link.pace.pongWithin().toNanos()) {
                loss = Optional.of(new LinkLoss.Silent(link.address + " no longer answers."));
            }
            if (welcomed && loss.isEmpty() && !pingOpen && isPingDue(now)) {
                pinged = now;
                pingOpen = true;
                ping = socket;
            }
        }
        loss.ifPresent(this::lose);
        ping.ifPresent(Socket::ping);
    }

    private boolean isPingDue(long now) {
        return closely
                ? now - pinged > link.pace.pingEvery().toNanos()
                : now - heard > link.pace.idlePingAfter().toNanos();
    }

    // --- the end

    private void fail(FailureCode code, String sentence) {
        tell(() -> listener.received(new ServerMessage.Failed(code, sentence, 0)));
    }

    private void lose(LinkLoss loss) {
        Optional<Socket> was;
        Optional<TokenSource.Ticket> held;
        synchronized (lock) {
            if (lost) {
                return;
            }
            lost = true;
            was = socket;
            held = ticket;
            ticket = Optional.empty();
            ticking.ifPresent(task -> task.cancel(false));
        }
        renewal.end();
        held.ifPresent(TokenSource.Ticket::unanswered);
        intake.last(() -> listener.lost(loss));
        was.ifPresent(gone -> gone.end(loss instanceof LinkLoss.Ended));
    }

    /// Hands a word to the listener, unless this end closed meanwhile.
    private void tell(Runnable word) {
        try {
            intake.next(() -> {
                if (!closedHere) {
                    word.run();
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("word dropped, nobody listens any more relay={}", link.address, e);
        }
    }
}
