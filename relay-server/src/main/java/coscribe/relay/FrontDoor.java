package coscribe.relay;

import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.Credential;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.Role;
import coscribe.relay.people.Invites;
import coscribe.relay.people.SignIn;
import coscribe.relay.people.SignInResult;
import coscribe.relay.session.Doorkeeper;
import coscribe.relay.store.PeopleStore.Account;
import coscribe.relay.store.PeopleStore.Grants;
import coscribe.relay.store.PeopleStore.Standing;
import coscribe.relay.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// Lets the people room decide who may come into a session.
final class FrontDoor implements Doorkeeper {
    private static final Duration SHORTEST_INVITE = Duration.ofSeconds(1);

    private final SignIn signIn;
    private final Invites invites;
    private final Consumer<String> counter;

    /// @param counter  hears the result of each attempt: `ok` or the word of a failure
    FrontDoor(SignIn signIn, Invites invites, Consumer<String> counter) {
        this.signIn = signIn;
        this.invites = invites;
        this.counter = counter;
    }

    @Override
    public CompletionStage<Admission> admit(Credential credential, Optional<String> header, DeviceId device) {
        return signIn.signIn(credential, header, device).thenApply(result -> switch (result) {
            case SignInResult.SignedIn in -> {
                counter.accept("ok");
                yield admitted(in);
            }
            case SignInResult.Denied(var code, var sentence) -> {
                counter.accept(code.word());
                // Nobody's fault at the door: the session says so and asks to come again.
                if (code == FailureCode.STORE_AWAY) {
                    throw new StoreUnavailableException(sentence);
                }
                yield new Admission.Refused(code, sentence);
            }
        });
    }

    private static Admission admitted(SignInResult.SignedIn in) {
        var ceiling = in.ceiling().map(most -> new Grant(most.document(), most.role()));
        var invited = in.invitedTo().map(grant -> new Grant(grant.document(), grant.role()));
        return new Admission.Admitted(
                person(in.account()),
                in.expires(),
                in.account().standing() != Standing.GUEST && ceiling.isEmpty(),
                in.tokens(),
                invited.or(() -> ceiling),
                ceiling);
    }

    /// As others see them, but for what a document makes of their look.
    static Person person(Account account) {
        return new Person(
                account.id(), account.name(), PaletteSlot.of(account.id().hex()));
    }

    @Override
    public CompletionStage<NewInvite> invite(DocumentId document, Role role, Duration ttl, int uses) {
        var atMost = ttl.compareTo(Invites.LONGEST_LIFE) > 0 ? Invites.LONGEST_LIFE : ttl;
        var life = atMost.compareTo(SHORTEST_INVITE) < 0 ? SHORTEST_INVITE : atMost;
        return invites.make(new Grants.InDocument(document, role), life, Math.clamp(uses, 1, Invites.MOST_USES))
                .thenApply(made -> new NewInvite(made.code().text(), made.expires()));
    }
}
