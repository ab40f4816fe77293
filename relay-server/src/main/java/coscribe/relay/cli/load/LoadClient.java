package coscribe.relay.cli.load;

import coscribe.ot.document.Change;
import coscribe.ot.presence.Caret;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.Credential;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.session.Effect;
import coscribe.ot.session.Event;
import coscribe.ot.session.Phase;
import coscribe.ot.session.Session;
import coscribe.ot.wire.Wire;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/// One person in one document: a real replica, the client's own step, over a bare socket. No
/// journal and no second try: whoever is lost is told of, and whoever hears it may begin again.
final class LoadClient implements LoadSocket.Listener {
    private final int number;
    private final LoadLoop loop;
    private final InetSocketAddress relay;
    private final String token;
    private final DeviceId device;
    private final DocumentId document;
    private Watcher watcher = NOBODY;
    private Optional<LoadSocket> socket = Optional.empty();
    private Optional<Session> session = Optional.empty();
    private long startedNanos;
    private int attempt;
    private boolean live;
    private boolean gone;

    private static final Watcher NOBODY = new Watcher() {
        @Override
        public void joined(LoadClient client, long nanos) {}

        @Override
        public void lost(LoadClient client, Lost how) {}
    };

    /// How a connection ended that should not have.
    ///
    /// @param comeBack  what the relay said: not before so long
    record Lost(String why, Optional<Duration> comeBack) {}

    /// Hears how a client fares.
    interface Watcher {
        /// The document is there, `nanos` after the connection was begun.
        void joined(LoadClient client, long nanos);

        void lost(LoadClient client, Lost how);

        /// A submission goes out with everything typed so far.
        default void submitted(LoadClient client, long seq) {}

        /// The relay told of a commit; the client's text will have it in a moment.
        default void told(LoadClient client, Committed commit) {}

        /// The client's text has all commits behind `before` and up to `now`, its own among them.
        default void advanced(LoadClient client, long before, long now) {}
    }

    LoadClient(int number, LoadLoop loop, InetSocketAddress relay, String token, DeviceId device, DocumentId document) {
        this.number = number;
        this.loop = loop;
        this.relay = relay;
        this.token = token;
        this.device = device;
        this.document = document;
    }

    /// Begins anew, with nothing of what there was before.
    ///
    /// @param watching  hears of it from now on
    void start(Watcher watching) {
        watcher = watching;
        attempt++;
        live = false;
        gone = false;
        session = Optional.empty();
        startedNanos = System.nanoTime();
        try {
            socket = Optional.of(loop.connect(relay, this));
        } catch (LoadException e) {
            lost(String.valueOf(e.getMessage()));
        }
    }

    void watchedBy(Watcher watching) {
        watcher = watching;
    }

    int number() {
        return number;
    }

    boolean isLive() {
        return live && !gone;
    }

    /// Whether it came in, even if it was lost since.
    boolean hasJoined() {
        return live;
    }

    /// The replica; only once live.
    Session session() {
        return session.orElseThrow();
    }

    PersonId person() {
        return session().person();
    }

    DocumentId document() {
        return document;
    }

    /// @param caret  where it is then, if others are to know
    void edit(Change change, Optional<Caret> caret) {
        step(new Event.Edited(change, Intent.EDIT, false, caret));
    }

    void moveCaret(int position) {
        step(new Event.CaretMoved(Optional.of(Caret.at(position))));
    }

    void close() {
        gone = true;
        socket.ifPresent(LoadSocket::close);
    }

    @Override
    public void opened() {
        send(new ClientMessage.Hello(
                Limits.PROTOCOL_VERSION, Limits.PROTOCOL_VERSION, new Credential.AccessToken(token), device));
    }

    @Override
    public void text(byte[] bytes) {
        ServerMessage message = Wire.decodeServer(bytes);
        switch (message) {
            case ServerMessage.Welcome welcome -> {
                session = Optional.of(Session.fresh(welcome.person().id(), document));
                step(new Event.Started());
                step(new Event.LinkUp());
            }
            case ServerMessage.Failed(var code, var sentence, long retryAfterMillis, boolean _) ->
                lost(new Lost(
                        code.word() + ": " + sentence,
                        Optional.of(Duration.ofMillis(retryAfterMillis)).filter(Duration::isPositive)));
            case Committed commit -> {
                watcher.told(this, commit);
                receive(commit);
            }
            case ServerMessage other -> receive(other);
        }
        if (!live && session.isPresent() && session.get().phase() instanceof Phase.Live) {
            live = true;
            watcher.joined(this, System.nanoTime() - startedNanos);
        }
    }

    private void receive(ServerMessage message) {
        long before = session().revision().number();
        step(new Event.Received(message));
        long now = session().revision().number();
        if (now > before) {
            watcher.advanced(this, before, now);
        }
    }

    private void step(Event event) {
        var step = session().step(event);
        session = Optional.of(step.session());
        for (Effect effect : step.effects()) {
            switch (effect) {
                case Effect.Send(var message) -> {
                    if (message instanceof ClientMessage.Submit(var submission)) {
                        watcher.submitted(this, submission.seq());
                    }
                    send(message);
                }
                case Effect.Disconnect(var why) -> lost("hung up: " + why);
                case Effect.KeepCopy(var _, var reason) -> lost("text was kept as a copy: " + reason);
                case Effect.ResendAfter(long seq, var delay, var _) -> resendAfter(delay, seq);
                case Effect.Connect _,
                        Effect.Write _,
                        Effect.RetryAfter _,
                        Effect.Show _,
                        Effect.RenameAfter _,
                        Effect.RenameRefused _ -> {}
            }
        }
    }

    private void resendAfter(Duration delay, long seq) {
        int of = attempt;
        loop.at(System.nanoTime() + delay.toNanos(), () -> {
            if (!gone && of == attempt) {
                step(new Event.ResendDue(seq));
            }
        });
    }

    private void send(ClientMessage message) {
        socket.ifPresent(open -> open.send(Wire.encode(message)));
    }

    @Override
    public void lost(String why) {
        lost(new Lost(why, Optional.empty()));
    }

    private void lost(Lost how) {
        if (!gone) {
            close();
            watcher.lost(this, how);
        }
    }
}
