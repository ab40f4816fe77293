package coscribe.client.link.websocket;

import coscribe.client.link.TokenSource;
import coscribe.ot.protocol.Credential;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.ServerMessage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a connection keeps its right to be there: it asks when most of the time is over and, where the
/// relay cannot answer then, again and again, with a random wait, until the right has ended. A credential
/// is held only while its answer is awaited, as other connections wait for it.
///
/// A request that gets no answer ends the connection: only then can no late answer come, which would
/// be taken for that of the next request.
///
/// Thread-safe; nothing is called while the lock is held.
final class Renewal {
    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);
    private static final double RENEW_AT = 0.8;
    private static final Duration FIRST_BOUND = Duration.ofSeconds(1);
    private static final int DOUBLINGS = 5;
    /// A renewal may need several answers of the relay's store.
    private static final int ANSWERS = 3;

    private final WebSocketLink link;
    private final Line line;
    private Optional<TokenSource.Ticket> ticket = Optional.empty();
    private Optional<Future<?>> due = Optional.empty();
    private int failures;
    private boolean ended;

    /// The connection.
    interface Line {
        void renew(Credential credential);

        void silent();
    }

    Renewal(WebSocketLink link, Line line) {
        this.link = link;
        this.line = line;
    }

    /// The right lasts until then, by the relay's clock.
    void until(long expiresAtMillis) {
        long left = expiresAtMillis - link.clock.millis();
        synchronized (this) {
            failures = 0;
        }
        after(Math.max((long) (left * RENEW_AT), link.pace.renewAtLeastAfter().toMillis()), this::ask);
    }

    /// One wait at a time: the one before is over.
    private synchronized void after(long millis, Runnable then) {
        due.ifPresent(had -> had.cancel(false));
        due = ended ? Optional.empty() : Optional.of(link.timer.schedule(then, millis, TimeUnit.MILLISECONDS));
    }

    private void ask() {
        var _ = link.tokens.next().whenComplete((got, failure) -> {
            if (got == null) {
                return; // the relay closes when the right ends, and the next sign-in tells why
            }
            boolean use;
            synchronized (this) {
                use = !ended && ticket.isEmpty();
                if (use) {
                    ticket = Optional.of(got);
                }
            }
            if (use) {
                after(link.pace.answerWithin().toMillis() * ANSWERS, line::silent);
                line.renew(got.credential());
            } else {
                got.unanswered();
            }
        });
    }

    void renewed(Optional<ServerMessage.Tokens> tokens, long expiresAtMillis) {
        take().ifPresent(held -> {
            try {
                held.renewed(tokens, expiresAtMillis);
            } catch (RuntimeException e) {
                held.unanswered();
                LOG.error("renewed sign-in could not be stored relay={}", link.address, e);
            }
            until(expiresAtMillis);
        });
    }

    void failed(ServerMessage.Failed failed) {
        take().ifPresent(held -> {
            boolean another = held.refused(failed.code());
            if (another || failed.code() == FailureCode.STORE_AWAY || failed.code() == FailureCode.LIMIT) {
                after(Math.max(0, failed.retryAfterMillis()) + jitter(), this::ask);
            }
        });
    }

    private long jitter() {
        int doublings;
        synchronized (this) {
            doublings = Math.min(failures++, DOUBLINGS);
        }
        return link.random.nextLong((FIRST_BOUND.toMillis() << doublings) + 1);
    }

    private synchronized Optional<TokenSource.Ticket> take() {
        var held = ticket;
        ticket = Optional.empty();
        due.ifPresent(waiting -> waiting.cancel(false));
        return held;
    }

    /// The connection is lost.
    void end() {
        synchronized (this) {
            ended = true;
        }
        take().ifPresent(TokenSource.Ticket::unanswered);
    }
}
