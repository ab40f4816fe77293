package coscribe.client.runner;

import coscribe.client.link.Link;
import coscribe.client.link.LinkListener;
import coscribe.client.link.LinkLoss;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.ServerMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The connection without a document: for signing in, and for requests, one at a time and in their
/// order. Connects when something is asked, and leaves when nothing was asked for a while. What was
/// asked when the connection goes is not asked again: nobody knows whether it was done.
///
/// Its methods may be called from anywhere; answers come at {@link Home}.
public final class HomeLine implements AutoCloseable {
    private static final Duration LEAVES_AFTER = Duration.ofSeconds(30);

    private final Surroundings around;
    private final Link link;
    private final Deque<Request> requests = new ArrayDeque<>();
    private Optional<Link.Connection> connection = Optional.empty();
    private Optional<ServerMessage.Welcome> welcome = Optional.empty();
    private Optional<Request> asked = Optional.empty();
    private Optional<ServerMessage.Failed> refusal = Optional.empty();
    private Optional<Future<?>> leaving = Optional.empty();
    private boolean closed;

    private record Request(Optional<ClientMessage> message, CompletableFuture<ServerMessage> answer) {}

    /// @param link  calls its listeners at `around.home()`
    public HomeLine(Surroundings around, Link link) {
        this.around = around;
        this.link = link;
    }

    /// Completes when the relay has let this person in. Fails with {@link ClientException}; its
    /// `loss` says how, where the relay was not reached.
    public CompletableFuture<ServerMessage.Welcome> signIn() {
        return put(Optional.empty()).thenApply(ServerMessage.Welcome.class::cast);
    }

    /// Asks and completes with the answer. Fails with {@link ClientException} if the relay refuses
    /// or is lost meanwhile.
    public CompletableFuture<ServerMessage> ask(ClientMessage message) {
        return put(Optional.of(message));
    }

    private CompletableFuture<ServerMessage> put(Optional<ClientMessage> message) {
        var request = new Request(message, new CompletableFuture<>());
        around.home().execute(() -> {
            if (closed) {
                fail(request, new ClientException("The client was closed."));
                return;
            }
            requests.add(request);
            leaving.ifPresent(task -> task.cancel(false));
            leaving = Optional.empty();
            if (connection.isEmpty()) {
                connection = Optional.of(link.connect(new Ear()));
            } else {
                next();
            }
        });
        return request.answer();
    }

    private void next() {
        while (asked.isEmpty() && welcome.isPresent() && !requests.isEmpty()) {
            var request = requests.remove();
            if (request.message().isEmpty()) {
                request.answer().complete(welcome.get());
            } else {
                asked = Optional.of(request);
                connection.ifPresent(open -> open.send(request.message().get()));
            }
        }
        if (asked.isEmpty() && welcome.isPresent() && leaving.isEmpty()) {
            leaving = Optional.of(around.timer()
                    .schedule(
                            () -> around.home().execute(this::leave), LEAVES_AFTER.toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    private void leave() {
        if (asked.isEmpty() && requests.isEmpty()) {
            connection.ifPresent(open -> open.close("nothing to ask"));
        }
    }

    private final class Ear implements LinkListener {
        @Override
        public void up(ServerMessage.Welcome told) {
            welcome = Optional.of(told);
            connection.ifPresent(open -> open.watch(true));
            next();
        }

        @Override
        public void received(ServerMessage message) {
            switch (message) {
                case ServerMessage.Failed failed
                when welcome.isEmpty() || failed.code() == FailureCode.EXPIRED ->
                    refusal = Optional.of(failed); // of the connection, which ends now
                case ServerMessage.Failed failed ->
                    answer(request -> fail(request, new ClientException(failed.code(), failed.sentence())));
                case ServerMessage.Created ignored ->
                    answer(request -> request.answer().complete(message));
                case ServerMessage.Invited ignored ->
                    answer(request -> request.answer().complete(message));
                case ServerMessage.Renamed ignored ->
                    answer(request -> request.answer().complete(message));
                case ServerMessage.Listed ignored ->
                    answer(request -> request.answer().complete(message));
                default -> {}
            }
        }

        private void answer(Consumer<Request> with) {
            var request = asked;
            asked = Optional.empty();
            request.ifPresent(with);
            next();
        }

        @Override
        public void lost(LinkLoss loss) {
            var why = refusal.map(failed -> new ClientException(failed.code(), failed.sentence()))
                    .orElseGet(() -> new ClientException(loss));
            connection = Optional.empty();
            welcome = Optional.empty();
            refusal = Optional.empty();
            asked.ifPresent(request -> fail(request, why));
            asked = Optional.empty();
            while (!requests.isEmpty()) {
                fail(requests.remove(), why);
            }
        }
    }

    private static void fail(Request request, ClientException why) {
        var _ = request.answer().completeExceptionally(why);
    }

    @Override
    public void close() {
        around.home().execute(() -> {
            closed = true;
            leaving.ifPresent(task -> task.cancel(false));
            connection.ifPresent(open -> open.close("the client was closed"));
        });
    }
}
