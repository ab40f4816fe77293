package coscribe.relay.store.redis;

import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.PersonId;
import coscribe.relay.store.HeldPeople;
import coscribe.relay.store.HeldPeople.Device;
import coscribe.relay.store.HeldPeople.HeldInvite;
import coscribe.relay.store.PeopleStore.Account;
import coscribe.relay.store.PeopleStore.Identity;
import coscribe.relay.store.PeopleStore.Invite;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import redis.clients.jedis.Protocol.Command;

/// The relay's people, all at once. Each device and each invite is read at one moment of its own.
final class HeldRedisPeople {
    private static final String DEVICE = "device:";
    private static final String INVITE = "invite:";
    private static final String REDEEMED_BY = "by ";

    private final CommandLine bulk;
    private final RedisPeopleStore store;

    HeldRedisPeople(CommandLine bulk, RedisPeopleStore store) {
        this.bulk = bulk;
        this.store = store;
    }

    /// What is found while keys are scanned; Redis may name a key twice.
    private record Found(LinkedHashMap<String, Device> devices, LinkedHashMap<String, HeldInvite> invites) {}

    CompletionStage<HeldPeople> all() {
        var identity = bulk.send(
                new Words(Command.GET).add(RedisPeopleStore.key("identity")),
                reply -> reply.isNothing()
                        ? Optional.<Identity>empty()
                        : Optional.of(RedisPeopleStore.identity(reply.bytes())));
        var accounts =
                bulk.send(new Words(Command.HGETALL).add(RedisPeopleStore.key("accounts")), HeldRedisPeople::accounts);
        return scan("0", new Found(new LinkedHashMap<>(), new LinkedHashMap<>()))
                .thenCompose(found -> identity.thenCombine(
                        accounts,
                        (who, all) -> new HeldPeople(
                                who,
                                all,
                                List.copyOf(found.devices().values()),
                                List.copyOf(found.invites().values()))));
    }

    private static List<Account> accounts(Reply reply) {
        var accounts = new ArrayList<Account>();
        var fields = reply.items();
        for (int i = 0; i < fields.size(); i += 2) {
            accounts.add(RedisPeopleStore.account(
                    new PersonId(fields.get(i).text()), fields.get(i + 1).text()));
        }
        return accounts;
    }

    private CompletionStage<Found> scan(String cursor, Found found) {
        return RedisHoldings.scan(bulk, cursor, RedisPeopleStore.STEM + "*").thenCompose(keys -> {
            CompletionStage<Boolean> read = CompletableFuture.completedStage(true);
            for (var name : keys.names()) {
                read = read.thenCombine(look(name, found), (_, _) -> true);
            }
            return read.thenCompose(
                    _ -> keys.isLast() ? CompletableFuture.completedStage(found) : scan(keys.next(), found));
        });
    }

    private CompletionStage<Boolean> look(String key, Found found) {
        var name = key.substring(RedisPeopleStore.STEM.length());
        if (name.startsWith(DEVICE)) {
            var words = new Words(Command.HMGET)
                    .add(key)
                    .add("person")
                    .add("newest")
                    .add("expires")
                    .add("before")
                    .add("until");
            return bulk.send(words, reply -> {
                if (!reply.at(0).isNothing()) { // else its time came meanwhile
                    found.devices().put(name, device(name.substring(DEVICE.length()), reply));
                }
                return true;
            });
        }
        if (name.startsWith(INVITE)) {
            return bulk.send(new Words(Command.HGETALL).add(key), reply -> {
                if (reply.size() > 0) {
                    found.invites().put(name, invite(name.substring(INVITE.length()), reply));
                }
                return true;
            });
        }
        return CompletableFuture.completedStage(true);
    }

    private static Device device(String id, Reply reply) {
        return new Device(
                new DeviceId(id),
                new PersonId(reply.at(0).text()),
                reply.at(1).text(),
                Instant.ofEpochMilli(reply.at(2).number()),
                Optional.of(reply.at(3).text()).filter(hash -> !hash.isEmpty()),
                Instant.ofEpochMilli(reply.at(4).number()));
    }

    private static HeldInvite invite(String hash, Reply reply) {
        var fields = new LinkedHashMap<String, String>();
        var redeemed = new LinkedHashMap<DeviceId, PersonId>();
        var items = reply.items();
        for (int i = 0; i < items.size(); i += 2) {
            var name = items.get(i).text();
            if (name.startsWith(REDEEMED_BY)) {
                redeemed.put(
                        new DeviceId(name.substring(REDEEMED_BY.length())),
                        new PersonId(items.get(i + 1).text()));
            } else {
                fields.put(name, items.get(i + 1).text());
            }
        }
        var invite = new Invite(
                hash,
                RedisPeopleStore.grants(fields.getOrDefault("grants", "")),
                Instant.ofEpochMilli(Long.parseLong(fields.getOrDefault("expires", "0"))),
                Integer.parseInt(fields.getOrDefault("uses", "0")));
        return new HeldInvite(invite, redeemed);
    }

    CompletionStage<Void> put(HeldPeople people) {
        CompletionStage<Void> put = CompletableFuture.completedStage(null);
        for (var account : people.accounts()) {
            put = put.thenCompose(_ -> store.putAccount(account));
        }
        for (var device : people.devices()) {
            put = put.thenCompose(_ -> put(device));
        }
        for (var invite : people.invites()) {
            put = put.thenCompose(_ -> put(invite));
        }
        if (people.identity().isEmpty()) {
            return put;
        }
        var identity = people.identity().get();
        return put.thenCompose(_ -> store.identity(identity.relay(), identity.tokenSecret()))
                .thenAccept(_ -> {});
    }

    private CompletionStage<Void> put(Device device) {
        var signedIn = store.putDevice(device.id(), device.person(), device.newest(), device.expires());
        if (device.before().isEmpty()) {
            return signedIn;
        }
        var before = device.before().get();
        return signedIn.thenCompose(_ -> bulk.send(new Words(Command.HSET)
                        .add(RedisPeopleStore.device(device.id()))
                        .add("before")
                        .add(before)
                        .add("until")
                        .add(device.beforeUntil().toEpochMilli())))
                .thenCompose(_ -> bulk.send(new Words(Command.SET)
                        .add(RedisPeopleStore.credential(before))
                        .add(device.id().hex() + " " + device.newest())
                        .add("PX")
                        .add(store.keptMillis(device.beforeUntil()))));
    }

    private CompletionStage<Void> put(HeldInvite held) {
        var put = store.putInvite(held.invite());
        if (held.redeemed().isEmpty()) {
            return put;
        }
        var words = new Words(Command.HSET)
                .add(RedisPeopleStore.invite(held.invite().codeHash()));
        held.redeemed()
                .forEach((device, person) ->
                        words.add(REDEEMED_BY + device.hex()).add(person.hex()));
        return put.thenCompose(_ -> bulk.send(words));
    }
}
