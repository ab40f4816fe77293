package coscribe.relay.store.redis;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.relay.store.ClientRecord;
import coscribe.relay.store.DamagedDocumentException;
import coscribe.relay.store.DocumentStore.Access;
import coscribe.relay.store.HeldDocument;
import coscribe.relay.store.HeldPeople;
import coscribe.relay.store.Holdings;
import coscribe.relay.store.LogEntry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import redis.clients.jedis.Protocol.Command;

/// Everything under `cs:`, on the connection for what is large. A document's head is written last:
/// what is there without one is nobody's document.
final class RedisHoldings implements Holdings {
    private static final int SCANNED_AT_ONCE = 1_000;
    private static final int FIELDS_AT_ONCE = 500;
    private static final String HEADS = "cs:{*}:head";
    private static final int STEM = "cs:{".length();
    private static final int ID = 32;

    private final CommandLine bulk;
    private final HeldRedisPeople people;
    private final InstantSource clock;
    private final long keptSingle;

    /// @param keptSingle  how many of the newest commits stay out of segments
    RedisHoldings(CommandLine bulk, HeldRedisPeople people, InstantSource clock, long keptSingle) {
        this.bulk = bulk;
        this.people = people;
        this.clock = clock;
        this.keptSingle = keptSingle;
    }

    /// A step through the keys. Redis may name one twice, and may name none and yet go on.
    record Keys(String next, List<String> names) {
        boolean isLast() {
            return next.equals("0");
        }
    }

    static CompletionStage<Keys> scan(CommandLine line, String cursor, String pattern) {
        var words = new Words(Command.SCAN)
                .add(cursor)
                .add("MATCH")
                .add(pattern)
                .add("COUNT")
                .add(SCANNED_AT_ONCE);
        return line.send(
                words,
                reply -> new Keys(
                        reply.at(0).text(),
                        reply.at(1).items().stream().map(Reply::text).toList()));
    }

    @Override
    public CompletionStage<Ids> documents(String after) {
        return scan(bulk, after.isEmpty() ? "0" : after, HEADS).thenApply(keys -> {
            var ids = new LinkedHashSet<DocumentId>();
            for (var name : keys.names()) {
                ids.add(new DocumentId(name.substring(STEM, STEM + ID)));
            }
            return new Ids(ids, keys.isLast() ? Optional.empty() : Optional.of(keys.next()));
        });
    }

    @Override
    public CompletionStage<Optional<HeldDocument>> document(DocumentId document) {
        var keys = new DocumentKeys(document);
        return bulk.send(Script.WHOLE.call(keys.head(), keys.acl(), keys.clients()), document, reply -> {
            if (reply.word().equals("absent")) {
                return Optional.empty();
            }
            var access = new Access(
                    reply.at(4).number(),
                    reply.at(5).text(),
                    roles(document, reply.at(6).items()));
            return Optional.of(new HeldDocument(
                    document,
                    RedisLog.head(reply, 1),
                    access,
                    clients(reply.at(7).items())));
        });
    }

    private static Map<PersonId, Role> roles(DocumentId document, List<Reply> fields) {
        var roles = new LinkedHashMap<PersonId, Role>();
        for (int i = 0; i < fields.size(); i += 2) {
            var role = Role.ofWord(fields.get(i + 1).text())
                    .orElseThrow(() -> new DamagedDocumentException(document, "a role in it is none"));
            roles.put(new PersonId(fields.get(i).text()), role);
        }
        return roles;
    }

    /// `state person device seq revision seconds`.
    private static Map<ClientId, ClientRecord> clients(List<Reply> fields) {
        var clients = new LinkedHashMap<ClientId, ClientRecord>();
        for (int i = 0; i < fields.size(); i += 2) {
            var parts = fields.get(i + 1).text().split(" ", -1);
            clients.put(
                    new ClientId(fields.get(i).text()),
                    new ClientRecord(
                            new PersonId(parts[1]),
                            new DeviceId(parts[2]),
                            parts[0].equals("o"),
                            Long.parseLong(parts[3]),
                            new Revision(Long.parseLong(parts[4]))));
        }
        return clients;
    }

    @Override
    public CompletionStage<HeldPeople> people() {
        return people.all();
    }

    @Override
    public CompletionStage<Void> clear() {
        return clear("0");
    }

    private CompletionStage<Void> clear(String cursor) {
        return scan(bulk, cursor, "cs:*").thenCompose(keys -> {
            CompletionStage<Void> gone = CompletableFuture.completedStage(null);
            var names = keys.names().stream()
                    .filter(name -> !name.equals(RedisRestoreMark.KEY))
                    .toList();
            if (!names.isEmpty()) {
                var words = new Words(Command.DEL);
                names.forEach(words::add);
                gone = bulk.send(words);
            }
            return keys.isLast() ? gone : gone.thenCompose(_ -> clear(keys.next()));
        });
    }

    /// Up to here the log of a document that ends at `head` is in segments.
    private long base(Revision head) {
        return Math.max(0, head.number() - keptSingle) / Segment.SIZE * Segment.SIZE;
    }

    @Override
    public CompletionStage<Void> putLog(HeldDocument document, ChainHash before, List<LogEntry> run) {
        var keys = new DocumentKeys(document.id());
        if (run.getLast().revision().number() <= base(document.head().revision())) {
            var start = new Revision(run.getFirst().revision().number() - 1);
            var segment = Segment.of(document.id(), start, before, run);
            return bulk.send(new Words(Command.HSET)
                    .add(keys.segments())
                    .add(segment.number())
                    .add(segment.bytes()));
        }
        var words = new Words(Command.HSET).add(keys.log());
        for (var entry : run) {
            words.add(entry.revision().number()).add(value(entry));
        }
        return bulk.send(words);
    }

    private static byte[] value(LogEntry entry) {
        var chain = entry.chain().hex().getBytes(StandardCharsets.US_ASCII);
        var value = Arrays.copyOf(chain, chain.length + entry.bytes().length);
        System.arraycopy(entry.bytes(), 0, value, chain.length, entry.bytes().length);
        return value;
    }

    @Override
    public CompletionStage<Void> putDocument(HeldDocument document, Map<PersonId, Revision> authors, byte[] content) {
        var keys = new DocumentKeys(document.id());
        var head = document.head();
        var clients = new LinkedHashMap<String, String>();
        long now = clock.instant().getEpochSecond();
        document.clients().forEach((id, client) -> clients.put(id.hex(), value(client, now)));
        var roles = new LinkedHashMap<String, String>();
        document.roles().forEach((person, role) -> roles.put(person.hex(), role.word()));
        var people = new LinkedHashMap<String, String>();
        authors.forEach((person, first) -> people.put(person.hex(), Long.toString(first.number())));
        return put(keys.clients(), clients)
                .thenCompose(_ -> put(keys.acl(), roles))
                .thenCompose(_ -> put(keys.people(), people))
                .thenCompose(_ -> bulk.send(new Words(Command.HSET)
                        .add(keys.snapshot())
                        .add("revision")
                        .add(head.revision().number())
                        .add("chain")
                        .add(head.chain().hex())
                        .add("sum")
                        .add(RedisLog.sum(content))
                        .add("bytes")
                        .add(content)))
                .thenCompose(_ -> bulk.send(new Words(Command.HSET)
                        .add(keys.head())
                        .add("epoch")
                        .add(head.epoch().hex())
                        .add("revision")
                        .add(head.revision().number())
                        .add("chain")
                        .add(head.chain().hex())
                        .add("title")
                        .add(document.access().title())
                        .add("acl")
                        .add(document.access().version())
                        .add("base")
                        .add(base(head.revision()))));
    }

    private static String value(ClientRecord client, long now) {
        return (client.open() ? "o " : "c ") + client.person().hex() + " "
                + client.device().hex() + " " + client.lastSeq() + " "
                + client.lastRevision().number() + " " + now;
    }

    private CompletionStage<Void> put(byte[] key, Map<String, String> fields) {
        CompletionStage<Void> put = CompletableFuture.completedStage(null);
        var left = new ArrayList<>(fields.entrySet());
        for (int from = 0; from < left.size(); from += FIELDS_AT_ONCE) {
            var words = new Words(Command.HSET).add(key);
            for (var field : left.subList(from, Math.min(left.size(), from + FIELDS_AT_ONCE))) {
                words.add(field.getKey()).add(field.getValue());
            }
            put = put.thenCompose(_ -> bulk.send(words));
        }
        return put;
    }

    @Override
    public CompletionStage<Void> putUse(PersonId person, DocumentId document, Instant when) {
        return bulk.send(new Words(Command.ZADD)
                .add(Shelves.used(person))
                .add(when.toEpochMilli())
                .add(document.hex()));
    }

    @Override
    public CompletionStage<Void> putPeople(HeldPeople all) {
        return people.put(all);
    }
}
