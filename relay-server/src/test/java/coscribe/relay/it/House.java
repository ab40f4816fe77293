package coscribe.relay.it;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import coscribe.client.CoscribeClient;
import coscribe.client.link.RelayAddress;
import coscribe.kit.RawClient;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Role;
import coscribe.relay.RealRelays;
import coscribe.relay.Relay;
import coscribe.relay.Stores;
import coscribe.relay.auth.ForeignTokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// One relay on a free port, that takes invite codes and the tokens of a team's own service, and
/// everybody who calls on it.
final class House implements AutoCloseable {
    static final String SECRET = "kX2vQ9mZr4Tn8bLw1sYd6hGf3jPc7uAe5iRo0tNq";
    static final String AUDIENCE = "coscribe-test";
    static final String ISSUER = "https://team.example";

    final Waits waits = new Waits();
    private final Path folder;
    private final RealRelays.Started started;
    private final Deque<AutoCloseable> callers = new ArrayDeque<>();
    private int profiles;

    private House(Path folder, Map<String, String> flags) {
        this.folder = folder;
        this.started = RealRelays.start(flags, waits, _ -> waits, House::counted);
    }

    private static Stores counted(Stores stores) {
        return new Stores(
                stores.documents(),
                stores.feed(),
                new CountedPeople(stores.people()),
                stores.presence(),
                stores.holdings(),
                stores.mark(),
                stores.state(),
                stores.shown(),
                stores.whole());
    }

    /// On an embedded store in `folder`.
    ///
    /// @param more  further flags and their values
    static House in(Path folder, String... more) {
        var flags = new HashMap<>(Map.of(
                "--bind", "127.0.0.1:0",
                "--metrics-bind", "off",
                "--data-dir", folder.resolve("data").toString(),
                "--shutdown-drain", "0s",
                "--auth-mode", "invite,jwt",
                "--auth-jwt-secret", SECRET,
                "--auth-jwt-audience", AUDIENCE));
        for (int i = 0; i < more.length; i += 2) {
            flags.put(more[i], more[i + 1]);
        }
        return new House(folder, flags);
    }

    Relay relay() {
        return started.relay();
    }

    Stores stores() {
        return started.stores();
    }

    int port() {
        return relay().listening().getPort();
    }

    // --- tokens

    /// Good for an hour, for whoever the team's service calls `name`.
    String tokenOf(String name) {
        return token(name, SECRET, AUDIENCE, Duration.ofMinutes(55), Optional.empty());
    }

    String token(String name, String secret, String audience, Duration life, Optional<Narrow> narrow) {
        var token = JWT.create()
                .withIssuer(ISSUER)
                .withSubject(name)
                .withClaim("name", name)
                .withAudience(audience)
                .withExpiresAt(waits.instant().plus(life));
        narrow.ifPresent(to -> token.withClaim("doc", to.document().hex())
                .withClaim("role", to.role().word()));
        return token.sign(Algorithm.HMAC256(secret.getBytes(StandardCharsets.UTF_8)));
    }

    /// What a token is narrowed to.
    record Narrow(DocumentId document, Role role) {}

    static PersonId personOf(String name) {
        return ForeignTokens.person(ISSUER, name);
    }

    // --- callers

    /// Connected, with nothing said.
    Caller stranger(String... headers) throws IOException {
        var caller = new Caller(RawClient.connect(port()).upgrade(headers));
        callers.push(caller);
        return caller;
    }

    /// Another connection of the same device, with nothing said.
    Caller sameDevice(Caller first) throws IOException {
        var caller = new Caller(RawClient.connect(port()).upgrade(), first.device);
        callers.push(caller);
        return caller;
    }

    /// The same person at the same device, who comes from elsewhere. Signed in, in no document.
    Caller moved(String name, Caller first) throws IOException {
        var caller = sameDevice(first);
        caller.hello(tokenOf(name));
        return caller;
    }

    /// Signed in, in no document.
    Caller caller(String name) throws IOException {
        var caller = stranger();
        caller.hello(tokenOf(name));
        return caller;
    }

    /// In a document, up to date.
    Caller caller(String name, DocumentId document) throws IOException {
        var caller = caller(name);
        caller.join(document);
        return caller;
    }

    /// Somebody with the real client. Has no document open yet.
    CoscribeClient client(String name) {
        var client = CoscribeClient.connect(
                        new RelayAddress("127.0.0.1", port(), false), folder.resolve("profile" + profiles++))
                .withToken(tokenOf(name));
        callers.push(client);
        return client;
    }

    /// A new document of this person's.
    DocumentId document(String owner) throws IOException {
        return caller(owner).create("Plan");
    }

    void grant(DocumentId document, String name, Role role) {
        set(document, name, Optional.of(role));
    }

    void revoke(DocumentId document, String name) {
        set(document, name, Optional.empty());
    }

    private void set(DocumentId document, String name, Optional<Role> role) {
        if (!Stores.wait(stores().documents().grant(document, personOf(name), role))) {
            throw new AssertionError("there is no such document");
        }
    }

    /// How often an account was looked up in the store.
    long accountReads() {
        return stores().people() instanceof CountedPeople counted ? counted.accountReads() : -1;
    }

    @Override
    public void close() throws Exception {
        while (!callers.isEmpty()) {
            callers.pop().close();
        }
        relay().close();
        waits.shutdownNow();
    }
}
