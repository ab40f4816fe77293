package coscribe.relay;

import coscribe.ot.protocol.RelayId;
import coscribe.relay.auth.AccessTokens;
import coscribe.relay.auth.ForeignTokens;
import coscribe.relay.auth.SigningSecret;
import coscribe.relay.auth.TokenReader;
import coscribe.relay.people.Accounts;
import coscribe.relay.people.Invites;
import coscribe.relay.people.SignIn;
import coscribe.relay.store.PeopleStore.Identity;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// The people's half of a relay, as a running one and a command need it.
record People(Accounts accounts, AccessTokens tokens, Invites invites, SignIn signIn, InstantSource clock) {
    private static final int SECRET_BYTES = 32;

    static People of(
            RelayConfig config, Stores stores, Identity identity, InstantSource clock, RandomGenerator random) {
        var accounts = new Accounts(stores.people(), clock);
        var tokens = new AccessTokens(
                identity.relay(), new SigningSecret(identity.tokenSecret()), config.tokenLife(), clock);
        var foreign = config.teamTokens().map(team -> new ForeignTokens(team.secret(), team.audience(), clock));
        var invites = new Invites(stores.people(), identity, clock, random);
        var signIn = new SignIn(
                stores.people(),
                stores.documents(),
                accounts,
                identity.relay(),
                tokens,
                new TokenReader(tokens, foreign),
                config.takesCodes(),
                clock,
                random);
        return new People(accounts, tokens, invites, signIn, clock);
    }

    AdminDesk desk(Stores stores, Addresses addresses, boolean running, String version) {
        return new AdminDesk(
                new AdminDesk.Identified(stores, invites, accounts, tokens, addresses, running, clock, version));
    }

    /// Who this relay is: as the store knows it, or from now on.
    static Identity identity(Stores stores, RandomGenerator random) {
        var secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return Stores.wait(stores.people().identity(RelayId.random(random), secret));
    }
}
