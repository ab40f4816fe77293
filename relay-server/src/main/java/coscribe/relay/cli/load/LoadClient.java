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
import java.util.Optional;

/// One person in one document: a real replica, the client's own step, over a bare socket. No
/// journal and no second try: whoever is lost is counted.
final class LoadClient implements LoadSocket.Listener {
    private final LoadLoop loop;
    private final InetSocketAddress relay;
    private final String token;
    private final DeviceId device;
    private final DocumentId document;
    private final Watcher watcher;
    private Optional<LoadSocket> socket = Optional.empty();
    private Optional<Session> session = Optional.empty();
    private long startedNanos;
    private boolean live;
    private boolean gone;

    /// Hears how a client fares.
    interface Watcher {
        /// The document is there, `nanos` after the connection was begun.
        void joined(LoadClient client, long nanos);

        /// A submission goes out with everything typed so far.
        void submitted(LoadClient client, long seq);

        /// Somebody's commit was applied to this client's text, or its own was acknowledged.
        void applied(LoadClient client, Committed commit);

        void lost(LoadClient client, String why);
    }

    LoadClient(
            LoadLoop loop,
            InetSocketAddress relay,
            String token,
            DeviceId device,
            DocumentId document,
            Watcher watcher) {
        this.loop = loop;
        this.relay = relay;
        this.token = token;
        this.device = device;
        this.document = document;
        this.watcher = watcher;
    }

    void start() {
        startedNanos = System.nanoTime();
        socket = Optional.of(loop.connect(relay, this));
    }

    boolean isLive() {
        return live && !gone;
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

    void edit(Change change) {
        step(new Event.Edited(change, Intent.EDIT, false, Optional.empty()));
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
            case ServerMessage.Failed(var code, var sentence, long ignored) -> lost(code + ": " + sentence);
            case Committed commit -> {
                step(new Event.Received(commit));
                watcher.applied(this, commit);
            }
            case ServerMessage other -> step(new Event.Received(other));
        }
        if (!live && session.isPresent() && session.get().phase() instanceof Phase.Live) {
            live = true;
            watcher.joined(this, System.nanoTime() - startedNanos);
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
                case Effect.ResendAfter(long seq, var delay, var _) ->
                    loop.at(System.nanoTime() + delay.toNanos(), () -> resend(seq));
                case Effect.Connect _, Effect.Write _, Effect.RetryAfter _, Effect.Show _, Effect.RenameRefused _ -> {}
            }
        }
    }

    private void resend(long seq) {
        if (!gone) {
            step(new Event.ResendDue(seq));
        }
    }

    private void send(ClientMessage message) {
        socket.ifPresent(open -> open.send(Wire.encode(message)));
    }

    @Override
    public void lost(String why) {
        if (!gone) {
            close();
            watcher.lost(this, why);
        }
    }
}
