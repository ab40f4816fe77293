package coscribe.relay.store.redis;

import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.relay.store.PresenceStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import redis.clients.jedis.Protocol.Command;

/// Who is in a document: one hash for each document. Redis 7.0 expires keys only, not fields, so
/// each record carries its own expiry, by Redis' clock, beside that of the key.
final class RedisPresenceStore implements PresenceStore {
    /// Many more would not fit on Lua's stack.
    private static final int AT_ONCE = 1000;

    private final CommandLine commands;
    private final Duration timeToLive;

    RedisPresenceStore(CommandLine commands, Duration timeToLive) {
        this.commands = commands;
        this.timeToLive = timeToLive;
    }

    @Override
    public CompletionStage<Void> renew(DocumentId document, Map<ClientId, byte[]> records) {
        var rest = List.copyOf(records.entrySet());
        CompletionStage<Void> all = renewSome(document, rest.subList(0, Math.min(rest.size(), AT_ONCE)));
        for (int from = AT_ONCE; from < rest.size(); from += AT_ONCE) {
            var some = renewSome(document, rest.subList(from, Math.min(rest.size(), from + AT_ONCE)));
            all = all.thenCombine(some, (done, _) -> done);
        }
        return all;
    }

    private CompletionStage<Void> renewSome(DocumentId document, List<Map.Entry<ClientId, byte[]>> records) {
        var words = Script.RENEW.call(new DocumentKeys(document).presence()).add(timeToLive.toMillis());
        records.forEach(record -> words.add(record.getKey().hex()).add(record.getValue()));
        return commands.send(words);
    }

    @Override
    public CompletionStage<Void> remove(DocumentId document, ClientId client) {
        return commands.send(new Words(Command.HDEL)
                .add(new DocumentKeys(document).presence())
                .add(client.hex()));
    }

    @Override
    public CompletionStage<Map<ClientId, byte[]>> present(DocumentId document) {
        var words = Script.PRESENT.call(new DocumentKeys(document).presence());
        return commands.send(words, document, reply -> {
            var present = new LinkedHashMap<ClientId, byte[]>();
            var items = reply.items();
            for (int i = 0; i < items.size(); i += 2) {
                present.put(new ClientId(items.get(i).text()), items.get(i + 1).bytes());
            }
            return present;
        });
    }

    @Override
    public CompletionStage<PaletteSlot> seat(
            DocumentId document, PersonId person, PaletteSlot wish, Set<PersonId> here, Duration keep) {
        var words = Script.SEAT
                .call(new DocumentKeys(document).seats())
                .add(person.hex())
                .add(wish.colour())
                .add(wish.shape())
                .add(keep.toMillis());
        here.stream().limit(AT_ONCE).forEach(other -> words.add(other.hex()));
        return commands.send(words, document, reply -> {
            var items = reply.items();
            return new PaletteSlot(
                    (int) items.get(0).number(), (int) items.get(1).number());
        });
    }
}
