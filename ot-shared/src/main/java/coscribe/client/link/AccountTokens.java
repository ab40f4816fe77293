package coscribe.client.link;

import coscribe.ot.protocol.Credential;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.ServerMessage;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Signs in as one person at one relay: by invite code once, then by access token while it is
/// young, else by the refresh credential. Code and refresh credential are good once, so only one
/// connection at a time holds one and the others wait for what it brings. What the relay answers is
/// stored before it is used.
///
/// Thread-safe.
public final class AccountTokens implements TokenSource {
    /// An access token is renewed when this share of its life is over.
    static final double RENEWED_AT = 0.8;

    private final AccountStore store;
    private final DeviceId device;
    private final InstantSource clock;
    private final Object lock = new Object();
    private final Deque<CompletableFuture<Ticket>> waiting = new ArrayDeque<>();
    private Account account;
    private Optional<String> borrowed = Optional.empty();
    private boolean lent;

    public AccountTokens(AccountStore store, DeviceId device, InstantSource clock) {
        this.store = store;
        this.device = device;
        this.clock = clock;
        this.account = store.load();
    }

    public Account account() {
        synchronized (lock) {
            return account;
        }
    }

    /// Redeem this code with the next connection. Stored before this returns; may block.
    public void redeem(String code, String name) {
        synchronized (lock) {
            store.save(account.withInvite(code, name));
            account = account.withInvite(code, name);
        }
    }

    /// Use this access token, which somebody else issued, until the relay refuses it. Never stored.
    public void borrow(String accessToken) {
        synchronized (lock) {
            borrowed = Optional.of(accessToken);
        }
    }

    @Override
    public DeviceId device() {
        return device;
    }

    @Override
    public CompletionStage<Ticket> next() {
        var asked = new CompletableFuture<Ticket>();
        synchronized (lock) {
            waiting.add(asked);
        }
        serve();
        return asked;
    }

    private record Served(CompletableFuture<Ticket> asked, Optional<Ticket> ticket) {}

    private void serve() {
        List<Served> served = new ArrayList<>();
        synchronized (lock) {
            while (!waiting.isEmpty()) {
                var choice = choose();
                if (choice instanceof Choice.Wait) {
                    break;
                }
                var asked = waiting.remove();
                served.add(new Served(
                        asked, choice instanceof Choice.Take(var ticket) ? Optional.of(ticket) : Optional.empty()));
            }
        }
        for (Served each : served) {
            each.ticket()
                    .ifPresentOrElse(
                            each.asked()::complete,
                            () -> each.asked()
                                    .completeExceptionally(new SignedOutException(
                                            "You are signed out. Sign in, and your edits will be" + " sent.")));
        }
    }

    private sealed interface Choice {
        record Take(Ticket ticket) implements Choice {}

        record Wait() implements Choice {}

        record Nothing() implements Choice {}
    }

    private Choice choose() {
        if (borrowed.isPresent()) {
            return new Choice.Take(new Lent(new Credential.AccessToken(borrowed.get())));
        }
        boolean single = account.invite().isPresent()
                || (account.refresh().isPresent()
                        && account.access().filter(this::isYoung).isEmpty());
        if (single && lent) {
            return new Choice.Wait();
        }
        if (account.invite().isPresent()) {
            var invite = account.invite().get();
            lent = true;
            return new Choice.Take(new Lent(new Credential.InviteCode(invite.code(), invite.name())));
        }
        if (single) {
            lent = true;
            return new Choice.Take(
                    new Lent(new Credential.Refresh(account.refresh().orElseThrow())));
        }
        if (account.access().isPresent()) {
            return new Choice.Take(
                    new Lent(new Credential.AccessToken(account.access().get().token())));
        }
        return new Choice.Nothing();
    }

    private boolean isYoung(Account.Access access) {
        long life = access.expiresAtMillis() - access.gotAtMillis();
        long age = clock.millis() - access.gotAtMillis();
        return age >= 0 && age < life * RENEWED_AT;
    }

    /// One credential in use.
    private final class Lent implements Ticket {
        private final Credential credential;
        private boolean answered;

        Lent(Credential credential) {
            this.credential = credential;
        }

        @Override
        public Credential credential() {
            return credential;
        }

        @Override
        public void accepted(ServerMessage.Welcome welcome) {
            synchronized (lock) {
                boolean another = account.relay().isPresent()
                        && !account.relay().get().equals(welcome.relay())
                        && !(credential instanceof Credential.InviteCode);
                if (!another) {
                    keep(welcome.tokens(), welcome.expiresAtMillis(), Optional.of(welcome));
                }
                release();
                if (another) {
                    throw new SignedOutException("Another server answers at this address. Nothing was sent to it. Ask"
                            + " for a new invite link if the server was replaced.");
                }
            }
            serve();
        }

        @Override
        public void renewed(Optional<ServerMessage.Tokens> tokens, long expiresAtMillis) {
            synchronized (lock) {
                keep(tokens, expiresAtMillis, Optional.empty());
                release();
            }
            serve();
        }

        private void keep(
                Optional<ServerMessage.Tokens> tokens, long expiresAtMillis, Optional<ServerMessage.Welcome> welcome) {
            var access = tokens.map(got -> new Account.Access(got.access(), clock.millis(), expiresAtMillis));
            var next = new Account(
                    welcome.map(ServerMessage.Welcome::relay).or(() -> account.relay()),
                    welcome.map(ServerMessage.Welcome::person).or(() -> account.person()),
                    access.or(() -> account.access()),
                    tokens.map(ServerMessage.Tokens::refresh).or(() -> account.refresh()),
                    credential instanceof Credential.InviteCode ? Optional.empty() : account.invite());
            if (!next.equals(account)) {
                store.save(next);
                account = next;
            }
        }

        @Override
        public boolean refused(FailureCode code) {
            boolean another = false;
            synchronized (lock) {
                switch (credential) {
                    case Credential.InviteCode ignored
                    when isAboutCredential(code) -> {
                        account = new Account(
                                account.relay(),
                                account.person(),
                                account.access(),
                                account.refresh(),
                                Optional.empty());
                        store.save(account);
                    }
                    // `expired` is said of tokens alone, and a store that is away of none of them.
                    case Credential.Refresh ignored
                    when code == FailureCode.UNAUTHENTICATED ->
                        // Forgotten here, kept on disk: a restart asks once more.
                        account = new Account(
                                account.relay(),
                                account.person(),
                                Optional.empty(),
                                Optional.empty(),
                                account.invite());
                    case Credential.AccessToken(var token)
                    when isAboutCredential(code) -> {
                        borrowed = borrowed.filter(had -> !had.equals(token));
                        account = account.withAccess(
                                account.access().filter(had -> !had.token().equals(token)));
                        another = borrowed.isPresent()
                                || account.refresh().isPresent()
                                || account.access().isPresent()
                                || account.invite().isPresent();
                    }
                    case Credential ignored -> {}
                }
                release();
            }
            serve();
            return another;
        }

        private boolean isAboutCredential(FailureCode code) {
            return switch (code) {
                case UNAUTHENTICATED, EXPIRED, INVITE_EXPIRED, INVITE_USED -> true;
                case NO_ACCESS, FORBIDDEN, MALFORMED, OUT_OF_ORDER, VERSION, LIMIT, STORE_AWAY, DAMAGED -> false;
            };
        }

        @Override
        public void unanswered() {
            synchronized (lock) {
                release();
            }
            serve();
        }

        private void release() {
            if (!answered && !(credential instanceof Credential.AccessToken)) {
                lent = false;
            }
            answered = true;
        }
    }

    /// Who one is at this relay, where that is known without asking it.
    public Optional<Person> person() {
        return account().person();
    }
}
