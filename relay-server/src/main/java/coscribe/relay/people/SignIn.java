package coscribe.relay.people;

import coscribe.ot.protocol.Credential;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.RelayId;
import coscribe.ot.protocol.ServerMessage.Tokens;
import coscribe.relay.auth.AccessTokens;
import coscribe.relay.auth.Principal;
import coscribe.relay.auth.Principal.Origin;
import coscribe.relay.auth.TokenReader;
import coscribe.relay.auth.TokenVerdict;
import coscribe.relay.people.SignInResult.Denied;
import coscribe.relay.people.SignInResult.SignedIn;
import coscribe.relay.store.DamagedDocumentException;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.PeopleStore;
import coscribe.relay.store.PeopleStore.Account;
import coscribe.relay.store.PeopleStore.Grants;
import coscribe.relay.store.PeopleStore.Redemption;
import coscribe.relay.store.PeopleStore.Rotation;
import coscribe.relay.store.PeopleStore.Standing;
import coscribe.relay.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/// Who is at the door: by the code of an invite link, by an access token, or by the refresh
/// credential of a device. Any thread; never blocks; answers on a thread of the store's. A store
/// that is away is an answer too.
public final class SignIn {
    /// How long a device may stay away and still be signed in.
    public static final Duration DEVICE_LIFE = Duration.ofDays(90);

    private static final int REFRESH_BYTES = 32;
    private static final int LONGEST_REFRESH = 200;

    private final PeopleStore people;
    private final DocumentStore documents;
    private final Accounts accounts;
    private final RelayId relay;
    private final AccessTokens tokens;
    private final TokenReader reader;
    private final boolean takesCodes;
    private final InstantSource clock;
    private final RandomGenerator random;

    /// @param takesCodes  whether invite codes are a way in
    /// @param random      unguessable, and safe for any thread
    public SignIn(
            PeopleStore people,
            DocumentStore documents,
            Accounts accounts,
            RelayId relay,
            AccessTokens tokens,
            TokenReader reader,
            boolean takesCodes,
            InstantSource clock,
            RandomGenerator random) {
        this.people = people;
        this.documents = documents;
        this.accounts = accounts;
        this.relay = relay;
        this.tokens = tokens;
        this.reader = reader;
        this.takesCodes = takesCodes;
        this.clock = clock;
        this.random = random;
    }

    /// @param authorization  the header of the upgrade, where there was one
    /// @param device         as the client names itself
    public CompletionStage<SignInResult> signIn(
            Credential credential, Optional<String> authorization, DeviceId device) {
        var answer = switch (credential) {
            case Credential.AccessToken(var token) -> byToken(reader.read(token), device);
            case Credential.Header() -> byToken(reader.readHeader(authorization), device);
            case Credential.InviteCode(var code, var name) -> byCode(code, name, device);
            case Credential.Refresh(var secret) -> byRefresh(secret);
        };
        return answer.exceptionally(SignIn::storeFailed);
    }

    private CompletionStage<SignInResult> byToken(TokenVerdict verdict, DeviceId device) {
        return switch (verdict) {
            case TokenVerdict.Rejected(var reason, var sentence) -> denied(reason.failure(), sentence);
            case TokenVerdict.Accepted(var principal) ->
                switch (principal.origin()) {
                    case Origin.Own(var version) -> byOwnToken(principal, version, device);
                    case Origin.Foreign(var name) -> byForeignToken(principal, name, device);
                };
        };
    }

    private CompletionStage<SignInResult> byOwnToken(Principal principal, long version, DeviceId device) {
        return accounts.account(principal.person(), version).thenApply(found -> {
            if (found.isEmpty() || version < found.get().tokenVersion()) {
                return new Denied(FailureCode.UNAUTHENTICATED, Sentences.SIGNED_OUT);
            }
            return admit(found.get(), device, Optional.empty(), principal.expires(), principal);
        });
    }

    /// Somebody whom the team's own service vouches for has an account from the first time on.
    private CompletionStage<SignInResult> byForeignToken(Principal principal, String name, DeviceId device) {
        return accounts.account(principal.person())
                .thenCompose(found -> ensure(found, principal.person(), name, Standing.MEMBER))
                .thenApply(account -> admit(account, device, Optional.empty(), principal.expires(), principal));
    }

    private CompletionStage<SignInResult> byRefresh(String secret) {
        if (secret.isEmpty() || secret.length() > LONGEST_REFRESH) {
            return denied(FailureCode.UNAUTHENTICATED, Sentences.SIGNED_OUT);
        }
        var now = clock.instant();
        var next = newRefresh();
        return people.rotate(hash(secret), hash(next), now, now.plus(DEVICE_LIFE))
                .thenCompose(rotation -> switch (rotation) {
                    case Rotation.Rotated(var device, var person) ->
                        accounts.account(person).thenApply(found -> admitAgain(found, device, next));
                    case Rotation.Reused(var _, var _) -> denied(FailureCode.UNAUTHENTICATED, Sentences.COPIED);
                    case Rotation.Unknown() -> denied(FailureCode.UNAUTHENTICATED, Sentences.SIGNED_OUT);
                });
    }

    private SignInResult admitAgain(Optional<Account> found, DeviceId device, String refresh) {
        if (found.isEmpty()) {
            return new Denied(FailureCode.UNAUTHENTICATED, Sentences.SIGNED_OUT);
        }
        return admitWithTokens(found.get(), device, refresh, Optional.empty());
    }

    private CompletionStage<SignInResult> byCode(String typed, String name, DeviceId device) {
        if (!takesCodes) {
            return denied(FailureCode.UNAUTHENTICATED, Sentences.CODES_OFF);
        }
        var code = JoinCode.parse(typed);
        if (code.isEmpty()) {
            return denied(FailureCode.UNAUTHENTICATED, Sentences.NO_CODE);
        }
        var candidate = personOf(device);
        return people.redeem(code.get().hash(), device, candidate, clock.instant())
                .thenCompose(redemption -> switch (redemption) {
                    case Redemption.Redeemed(var person, var grants) -> redeemed(person, name, grants, device);
                    case Redemption.Expired(var since) ->
                        denied(FailureCode.INVITE_EXPIRED, Sentences.inviteExpired(since));
                    case Redemption.UsedUp() -> denied(FailureCode.INVITE_USED, Sentences.INVITE_USED);
                    // Revoked, or guessed: nobody learns which codes once were.
                    case Redemption.Unknown() -> denied(FailureCode.INVITE_USED, Sentences.INVITE_USED);
                });
    }

    /// Each step may be done again: a client whose answer was lost redeems the code a second time.
    private CompletionStage<SignInResult> redeemed(PersonId person, String name, Grants grants, DeviceId device) {
        return accounts.account(person).thenCompose(found -> {
            if (found.isPresent() && found.get().disabled()) {
                return denied(FailureCode.UNAUTHENTICATED, Sentences.DISABLED);
            }
            return switch (grants) {
                case Grants.AtRelay(var standing) ->
                    ensure(found, person, name, standing)
                            .thenCompose(account -> admitDevice(account, device, Optional.empty()));
                case Grants.InDocument grant ->
                    ensure(found, person, name, Standing.GUEST).thenCompose(account -> enter(account, grant, device));
            };
        });
    }

    private CompletionStage<SignInResult> enter(Account account, Grants.InDocument grant, DeviceId device) {
        var document = grant.document();
        var role = grant.role();
        return documents.access(document).thenCompose(access -> {
            var has = Optional.ofNullable(access.roles().get(account.id()));
            var granted = has.isPresent() && has.get().atLeast(role)
                    ? CompletableFuture.completedFuture(true)
                    : documents.grant(document, account.id(), Optional.of(role));
            return granted.thenCompose(there -> there
                    ? admitDevice(account, device, Optional.of(grant))
                    : denied(FailureCode.NO_ACCESS, Sentences.NO_DOCUMENT));
        });
    }

    private CompletionStage<SignInResult> admitDevice(
            Account account, DeviceId device, Optional<Grants.InDocument> invitedTo) {
        var refresh = newRefresh();
        return people.putDevice(
                        device, account.id(), hash(refresh), clock.instant().plus(DEVICE_LIFE))
                .thenApply(_ -> admitWithTokens(account, device, refresh, invitedTo));
    }

    private SignInResult admitWithTokens(
            Account account, DeviceId device, String refresh, Optional<Grants.InDocument> invitedTo) {
        if (account.disabled()) {
            return new Denied(FailureCode.UNAUTHENTICATED, Sentences.DISABLED);
        }
        var access = tokens.issue(account.id(), account.tokenVersion());
        return new SignedIn(
                account,
                device,
                Optional.of(new Tokens(access.text(), refresh)),
                access.expires(),
                Optional.empty(),
                invitedTo);
    }

    private static SignInResult admit(
            Account account, DeviceId device, Optional<Tokens> tokens, Instant expires, Principal principal) {
        if (account.disabled()) {
            return new Denied(FailureCode.UNAUTHENTICATED, Sentences.DISABLED);
        }
        return new SignedIn(account, device, tokens, expires, principal.ceiling(), Optional.empty());
    }

    /// The account with at least that standing; a new one where there is none.
    private CompletionStage<Account> ensure(Optional<Account> found, PersonId person, String name, Standing standing) {
        if (found.isPresent() && found.get().standing().compareTo(standing) <= 0) {
            return CompletableFuture.completedFuture(found.get());
        }
        var account = found.map(old -> new Account(person, old.name(), standing, old.disabled(), old.tokenVersion()))
                .orElseGet(() -> new Account(person, PersonName.clean(name), standing, false, 0));
        return accounts.put(account).thenApply(_ -> account);
    }

    /// A computer that redeems a second code is still the same person, so the id follows from the
    /// device; the device does not follow from the id.
    private PersonId personOf(DeviceId device) {
        var text = "person at " + relay.hex() + " on " + device.hex();
        return new PersonId(Sha256.hex(text.getBytes(StandardCharsets.US_ASCII)).substring(0, 32));
    }

    private String newRefresh() {
        var bytes = new byte[REFRESH_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String hash(String refresh) {
        return Sha256.hex(refresh.getBytes(StandardCharsets.UTF_8));
    }

    private static CompletionStage<SignInResult> denied(FailureCode code, String sentence) {
        return CompletableFuture.completedFuture(new Denied(code, sentence));
    }

    private static SignInResult storeFailed(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return switch (cause) {
            case StoreUnavailableException _ -> new Denied(FailureCode.STORE_AWAY, Sentences.STORE_AWAY);
            case DamagedDocumentException _ -> new Denied(FailureCode.DAMAGED, Sentences.DAMAGED);
            case RuntimeException bug -> throw bug;
            default -> throw new CompletionException(cause);
        };
    }
}
