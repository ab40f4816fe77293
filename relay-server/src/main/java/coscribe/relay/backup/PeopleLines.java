package coscribe.relay.backup;

import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.RelayId;
import coscribe.ot.protocol.Role;
import coscribe.relay.store.HeldPeople;
import coscribe.relay.store.HeldPeople.Device;
import coscribe.relay.store.HeldPeople.HeldInvite;
import coscribe.relay.store.PeopleStore.Account;
import coscribe.relay.store.PeopleStore.Grants;
import coscribe.relay.store.PeopleStore.Identity;
import coscribe.relay.store.PeopleStore.Invite;
import coscribe.relay.store.PeopleStore.Standing;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The lines about people, both ways.
final class PeopleLines {
    private static final String AT_RELAY = "relay";
    private static final String NONE = "-";

    private Optional<Identity> identity = Optional.empty();
    private final List<Account> accounts = new ArrayList<>();
    private final List<Device> devices = new ArrayList<>();
    private final Map<String, Invite> invites = new LinkedHashMap<>();
    private final Map<String, Map<DeviceId, PersonId>> redeemed = new HashMap<>();

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static void write(LineWriter out, Account account) throws IOException {
        out.line(
                "account",
                account.id(),
                word(account.standing()),
                account.disabled() ? "disabled" : "active",
                account.tokenVersion(),
                account.name());
    }

    static void write(LineWriter out, Device device) throws IOException {
        out.line(
                "device",
                device.id(),
                device.person(),
                device.newest(),
                device.expires().toEpochMilli(),
                device.before().orElse(NONE),
                device.beforeUntil().toEpochMilli());
    }

    static void write(LineWriter out, HeldInvite held) throws IOException {
        var invite = held.invite();
        var where = switch (invite.grants()) {
            case Grants.AtRelay _ -> AT_RELAY;
            case Grants.InDocument(var document, var _) -> document.hex();
        };
        var what = switch (invite.grants()) {
            case Grants.AtRelay(var standing) -> word(standing);
            case Grants.InDocument(var _, var role) -> role.word();
        };
        out.line("invite", invite.codeHash(), where, what, invite.expires().toEpochMilli(), invite.uses());
        for (var each : held.redeemed().entrySet()) {
            out.line("redemption", invite.codeHash(), each.getKey(), each.getValue());
        }
    }

    private static String word(Standing standing) {
        return standing.name().toLowerCase(Locale.ROOT);
    }

    private static Standing standing(String word) {
        return Standing.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /// Whether the line is one about people.
    boolean read(Line line) {
        switch (line.word()) {
            case "relay" ->
                identity = Optional.of(
                        new Identity(new RelayId(line.text(0)), HexFormat.of().parseHex(line.text(1))));
            case "account" ->
                accounts.add(new Account(
                        new PersonId(line.text(0)),
                        line.text(4),
                        standing(line.text(1)),
                        line.text(2).equals("disabled"),
                        line.number(3)));
            case "device" ->
                devices.add(new Device(
                        new DeviceId(line.text(0)),
                        new PersonId(line.text(1)),
                        line.text(2),
                        line.moment(3),
                        Optional.of(line.text(4)).filter(hash -> !hash.equals(NONE)),
                        line.moment(5)));
            case "invite" -> invites.put(line.text(0), invite(line));
            case "redemption" ->
                redeemed.computeIfAbsent(line.text(0), _ -> new LinkedHashMap<>())
                        .put(new DeviceId(line.text(1)), new PersonId(line.text(2)));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static Invite invite(Line line) {
        var where = line.text(1);
        Grants grants = where.equals(AT_RELAY)
                ? new Grants.AtRelay(standing(line.text(2)))
                : new Grants.InDocument(
                        new DocumentId(where), Role.ofWord(line.text(2)).orElseThrow(IllegalArgumentException::new));
        Instant expires = line.moment(3);
        return new Invite(line.text(0), grants, expires, Math.toIntExact(line.number(4)));
    }

    HeldPeople all() {
        var held = invites.values().stream()
                .map(invite -> new HeldInvite(invite, redeemed.getOrDefault(invite.codeHash(), Map.of())))
                .toList();
        return new HeldPeople(identity, accounts, devices, held);
    }
}
