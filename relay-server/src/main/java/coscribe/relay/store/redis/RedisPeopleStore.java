package coscribe.relay.store.redis;

import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.RelayId;
import coscribe.ot.protocol.Role;
import coscribe.relay.store.PeopleStore;
import coscribe.relay.store.PeopleStore.Rotation.Unknown;
import coscribe.relay.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import redis.clients.jedis.Protocol.Command;

/// The relay's people. They are few and seldom asked for, so their keys share one hash tag and with
/// it one node.
final class RedisPeopleStore implements PeopleStore {
    static final String STEM = "cs:{people}:";
    private static final int ID = 32;
    private static final String PARENT_OF_THE_FIRST = "none";
    /// A credential that is void comes back within this time: its device is signed out; afterwards it
    /// is merely unknown. Keeping every one for as long as the newest lives would cost megabytes a
    /// device.
    static final Duration REUSE_IS_NOTICED = Duration.ofDays(7);
    /// What is of no more use is kept a while longer, for clocks differ.
    private static final Duration MARGIN = Duration.ofDays(1);
    /// A device that redeemed an invite may ask for the answer again for so long after its time.
    private static final Duration REDEEMED_KEPT = Duration.ofDays(90);

    private final CommandLine commands;
    private final InstantSource clock;

    RedisPeopleStore(CommandLine commands, InstantSource clock) {
        this.commands = commands;
        this.clock = clock;
    }

    static byte[] key(String name) {
        return Words.bytes(STEM + name);
    }

    @Override
    public CompletionStage<Identity> identity(RelayId candidate, byte[] secretCandidate) {
        var relay = Words.bytes(candidate.hex());
        var value = Arrays.copyOf(relay, relay.length + secretCandidate.length);
        System.arraycopy(secretCandidate, 0, value, relay.length, secretCandidate.length);
        var words =
                new Words(Command.SET).add(key("identity")).add(value).add("NX").add("GET");
        return commands.send(words, reply -> identity(reply.isNothing() ? value : reply.bytes()));
    }

    static Identity identity(byte[] value) {
        return new Identity(
                new RelayId(new String(value, 0, ID, StandardCharsets.US_ASCII)),
                Arrays.copyOfRange(value, ID, value.length));
    }

    @Override
    public CompletionStage<Optional<Account>> account(PersonId person) {
        var words = new Words(Command.HGET).add(key("accounts")).add(person.hex());
        return commands.send(
                words, reply -> reply.isNothing() ? Optional.empty() : Optional.of(account(person, reply.text())));
    }

    /// `standing disabled version name`, the name last, for it may hold spaces.
    static Account account(PersonId person, String text) {
        var parts = text.split(" ", 4);
        return new Account(
                person, parts[3], Standing.valueOf(parts[0]), parts[1].equals("1"), Long.parseLong(parts[2]));
    }

    @Override
    public CompletionStage<Void> putAccount(Account account) {
        boolean admin = account.standing() == Standing.ADMIN && !account.disabled();
        return commands.send(Script.PUT_ACCOUNT
                .call(key("accounts"), key("admins"))
                .add(account.id().hex())
                .add(account.standing() + " " + (account.disabled() ? 1 : 0) + " " + account.tokenVersion() + " "
                        + account.name())
                .add(admin ? "1" : "0"));
    }

    @Override
    public CompletionStage<Boolean> hasAdmin() {
        return commands.send(new Words(Command.HLEN).add(key("admins")), reply -> reply.number() > 0);
    }

    static byte[] device(DeviceId device) {
        return key("device:" + device.hex());
    }

    static byte[] credential(String hash) {
        return key("credential:" + hash);
    }

    /// How long to keep what is good until then.
    long keptMillis(Instant until) {
        return millis(Duration.between(clock.instant(), until), MARGIN);
    }

    private static long millis(Duration from, Duration margin) {
        return Math.max(0, from.toMillis()) + margin.toMillis();
    }

    @Override
    public CompletionStage<Void> putDevice(DeviceId device, PersonId person, String refreshHash, Instant expires) {
        return commands.send(Script.PUT_DEVICE
                .call(device(device), credential(refreshHash))
                .add(device.hex())
                .add(person.hex())
                .add(refreshHash)
                .add(expires.toEpochMilli())
                .add(keptMillis(expires)));
    }

    @Override
    public CompletionStage<Rotation> rotate(String oldHash, String newHash, Instant now, Instant newExpires) {
        var held = commands.send(
                new Words(Command.GET).add(credential(oldHash)),
                reply -> reply.isNothing()
                        ? Optional.<String[]>empty()
                        : Optional.of(reply.text().split(" ")));
        return held.thenCompose(found -> found.isEmpty()
                ? CompletableFuture.completedStage(new Unknown())
                : rotate(new DeviceId(found.get()[0]), parent(found.get()), oldHash, newHash, now, newExpires));
    }

    /// The credential that this one replaced.
    private static Optional<String> parent(String[] credential) {
        return credential.length > 2 ? Optional.of(credential[2]) : Optional.empty();
    }

    private CompletionStage<Rotation> rotate(
            DeviceId device, Optional<String> parent, String oldHash, String newHash, Instant now, Instant newExpires) {
        var words = Script.ROTATE
                .call(
                        device(device),
                        credential(oldHash),
                        credential(newHash),
                        credential(parent.orElse(PARENT_OF_THE_FIRST)))
                .add(oldHash)
                .add(newHash)
                .add(now.toEpochMilli())
                .add(newExpires.toEpochMilli())
                .add(millis(Duration.between(now, newExpires), MARGIN))
                .add(REUSE_IS_NOTICED.toMillis());
        return commands.send(words, reply -> switch (reply.word()) {
            case "rotated" ->
                new Rotation.Rotated(device, new PersonId(reply.at(1).text()));
            case "reused" ->
                new Rotation.Reused(device, new PersonId(reply.at(1).text()));
            case "late" -> throw new StoreUnavailableException("a request was overtaken by one that was made later");
            default -> new Rotation.Unknown();
        });
    }

    static byte[] invite(String codeHash) {
        return key("invite:" + codeHash);
    }

    @Override
    public CompletionStage<Void> putInvite(Invite invite) {
        var grants = switch (invite.grants()) {
            case Grants.AtRelay(var standing) -> "relay " + standing;
            case Grants.InDocument(var document, var role) -> "document " + document.hex() + " " + role.word();
        };
        return commands.send(Script.PUT_INVITE
                .call(invite(invite.codeHash()))
                .add(grants)
                .add(invite.expires().toEpochMilli())
                .add(invite.uses())
                .add(millis(Duration.between(clock.instant(), invite.expires()), REDEEMED_KEPT)));
    }

    @Override
    public CompletionStage<Redemption> redeem(String codeHash, DeviceId device, PersonId candidate, Instant now) {
        var words = Script.REDEEM
                .call(invite(codeHash))
                .add(device.hex())
                .add(candidate.hex())
                .add(now.toEpochMilli());
        return commands.send(words, reply -> switch (reply.word()) {
            case "redeemed" ->
                new Redemption.Redeemed(
                        new PersonId(reply.at(1).text()), grants(reply.at(2).text()));
            case "expired" ->
                new Redemption.Expired(Instant.ofEpochMilli(reply.at(1).number()));
            case "used" -> new Redemption.UsedUp();
            default -> new Redemption.Unknown();
        });
    }

    static Grants grants(String text) {
        var parts = text.split(" ", 3);
        return parts[0].equals("relay")
                ? new Grants.AtRelay(Standing.valueOf(parts[1]))
                : new Grants.InDocument(
                        new DocumentId(parts[1]),
                        Role.ofWord(parts[2]).orElseThrow(() -> new IllegalStateException("an invite grants no role")));
    }
}
