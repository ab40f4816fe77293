package coscribe.relay.store.redis;

import coscribe.ot.document.CanonicalForm;
import coscribe.ot.document.Document;
import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.ListPlace;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage.Resumed;
import coscribe.relay.store.CommitResult;
import coscribe.relay.store.DamagedDocumentException;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.Entry;
import coscribe.relay.store.Head;
import coscribe.relay.store.JoinResult;
import coscribe.relay.store.LoadResult;
import coscribe.relay.store.ReadResult;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import redis.clients.jedis.Protocol.Command;

/// Documents as one relay sees them. What is atomic is one script, or reads what never changes.
final class RedisDocumentStore implements DocumentStore {
    private static final long TURN_MILLIS = 50;
    private static final int HEADS_AT_ONCE = 1000;
    private static final byte[] EMPTY_DOCUMENT = CanonicalForm.of(Document.EMPTY);
    private static final String EMPTY_SUM = RedisLog.sum(EMPTY_DOCUMENT);

    private final Line commits;
    private final Line commands;
    private final Line bulk;
    private final Gate gate;
    private final RedisLog log;
    private final Archive archive;
    private final Commits committing;
    private final Shelves shelves;
    private final InstantSource clock;

    /// @param commits     for what must not be lost once it was answered
    /// @param keptSingle  how many of the newest commits stay out of segments
    RedisDocumentStore(Line commits, Line commands, Line bulk, Gate gate, InstantSource clock, long keptSingle) {
        this.commits = commits;
        this.gate = gate;
        this.commands = commands;
        this.bulk = bulk;
        this.clock = clock;
        this.log = new RedisLog(bulk);
        this.archive = new Archive(bulk, log, clock, keptSingle);
        this.shelves = new Shelves(commands);
        this.committing = new Commits(commits, commands, log, clock);
    }

    @Override
    public CompletionStage<Creation> create(DocumentId document, Epoch epoch, String title, PersonId owner) {
        var keys = new DocumentKeys(document);
        var words = Script.CREATE
                .call(
                        keys.head(),
                        keys.log(),
                        keys.segments(),
                        keys.snapshot(),
                        keys.clients(),
                        keys.acl(),
                        keys.people())
                .add(epoch.hex())
                .add(title)
                .add(owner.hex())
                .add(ChainHash.START.hex())
                .add(EMPTY_SUM)
                .add(EMPTY_DOCUMENT);
        return gate.through(() -> commits.confirmed(words, document, reply -> switch (reply.word()) {
            case "created" -> {
                shelves.use(owner, document);
                yield Creation.CREATED;
            }
            case "existed" -> Creation.EXISTED;
            default -> throw new DamagedDocumentException(document, "its head is missing");
        }));
    }

    @Override
    public CompletionStage<JoinResult> join(
            DocumentId document,
            PersonId person,
            DeviceId device,
            ClientId fresh,
            Optional<ClientId> resume,
            Optional<Role> grant) {
        var keys = new DocumentKeys(document);
        var words = Script.JOIN
                .call(keys.head(), keys.clients(), keys.acl())
                .add(person.hex())
                .add(device.hex())
                .add(fresh.hex())
                .add(resume.map(ClientId::hex).orElse(""))
                .add(grant.map(Role::word).orElse(""))
                .add(clock.instant().getEpochSecond())
                .add(cover());
        var answer = commits.confirmed(words, document, reply -> switch (reply.word()) {
            case "joined" -> {
                var joined = joined(document, reply);
                shelves.use(person, document);
                yield Optional.of(joined);
            }
            case "none" -> Optional.<JoinResult>of(new JoinResult.NoAccess());
            default -> Optional.<JoinResult>empty();
        });
        return answer.thenApply(result -> result.orElseThrow(
                () -> new IllegalArgumentException("client id " + fresh + " was issued to somebody else")));
    }

    /// Whether a script is to make sure that the `WAIT` behind it covers what it tells of.
    private String cover() {
        return commits.confirms() ? "1" : "";
    }

    private static JoinResult joined(DocumentId document, Reply reply) {
        var resumed = switch (reply.at(7).text()) {
            case "at" ->
                new Resumed.At(reply.at(8).number(), new Revision(reply.at(9).number()));
            case "unknown" -> new Resumed.Unknown();
            default -> new Resumed.Nothing();
        };
        return new JoinResult.Joined(
                reply.at(4).text(),
                role(document, reply.at(6)),
                reply.at(5).number(),
                RedisLog.head(reply, 1),
                resumed);
    }

    private static Role role(DocumentId document, Reply word) {
        return Role.ofWord(word.text())
                .orElseThrow(() -> new DamagedDocumentException(document, "a role in it is none"));
    }

    @Override
    public CompletionStage<LoadResult> load(DocumentId document) {
        return log.load(document);
    }

    @Override
    public CompletionStage<ReadResult> read(DocumentId document, Revision after, int maxEntries, int maxBytes) {
        return log.read(document, after, maxEntries, maxBytes);
    }

    @Override
    public CompletionStage<CommitResult> commit(DocumentId document, String relay, Head expected, List<Entry> entries) {
        return gate.through(() -> committing.commit(document, relay, expected, entries));
    }

    @Override
    public CompletionStage<Boolean> takeTurn(DocumentId document, String relay) {
        var keys = new DocumentKeys(document);
        var words = Script.TURN.call(keys.head(), keys.turn()).add(relay).add(TURN_MILLIS);
        return commands.send(words, document, reply -> reply.number() == 1);
    }

    @Override
    public CompletionStage<Void> keepSnapshot(DocumentId document, Revision revision, ChainHash chain, byte[] bytes) {
        return archive.keep(document, revision, chain, bytes);
    }

    @Override
    public CompletionStage<Optional<Revision>> snapshotRevision(DocumentId document) {
        var words = new Words(Command.HGET)
                .add(new DocumentKeys(document).snapshot())
                .add("revision");
        return commands.send(
                words,
                document,
                reply -> reply.isNothing() ? Optional.empty() : Optional.of(new Revision(reply.number())));
    }

    @Override
    public CompletionStage<Map<DocumentId, HeadSeen>> heads(Collection<DocumentId> documents) {
        return heads(List.copyOf(documents), new LinkedHashMap<>());
    }

    /// All in one pipeline, or a few if they are very many.
    private CompletionStage<Map<DocumentId, HeadSeen>> heads(
            List<DocumentId> documents, Map<DocumentId, HeadSeen> before) {
        CompletionStage<Map<DocumentId, HeadSeen>> all = CompletableFuture.completedStage(before);
        int now = Math.min(documents.size(), HEADS_AT_ONCE);
        for (DocumentId document : documents.subList(0, now)) {
            var words = new Words(Command.HMGET)
                    .add(new DocumentKeys(document).head())
                    .add("epoch")
                    .add("revision")
                    .add("chain")
                    .add("acl");
            var one = bulk.send(words, document, RedisDocumentStore::seen)
                    .exceptionallyCompose(RedisDocumentStore::withoutDamaged);
            all = all.thenCombine(one, (seen, head) -> {
                head.ifPresent(found -> seen.put(document, found));
                return seen;
            });
        }
        return now == documents.size()
                ? all
                : all.thenCompose(seen -> heads(documents.subList(now, documents.size()), seen));
    }

    private static CompletionStage<Optional<HeadSeen>> withoutDamaged(Throwable failure) {
        return failure instanceof DamagedDocumentException
                ? CompletableFuture.completedStage(Optional.empty())
                : CompletableFuture.failedStage(failure);
    }

    private static Optional<HeadSeen> seen(Reply reply) {
        return reply.at(0).isNothing()
                ? Optional.empty()
                : Optional.of(new HeadSeen(RedisLog.head(reply, 0), reply.at(3).number()));
    }

    @Override
    public CompletionStage<Access> access(DocumentId document) {
        var keys = new DocumentKeys(document);
        return bulk.confirmed(Script.ACCESS.call(keys.head(), keys.acl()).add(cover()), document, reply -> {
            var roles = new LinkedHashMap<PersonId, Role>();
            if (reply.word().equals("absent")) {
                return Access.NONE;
            }
            var list = reply.at(2).items();
            for (int i = 0; i < list.size(); i += 2) {
                roles.put(new PersonId(list.get(i).text()), role(document, list.get(i + 1)));
            }
            return new Access(reply.at(1).number(), reply.at(3).text(), roles);
        });
    }

    @Override
    public CompletionStage<Boolean> grant(DocumentId document, PersonId person, Optional<Role> role) {
        var keys = new DocumentKeys(document);
        var words = Script.GRANT
                .call(keys.head(), keys.acl())
                .add(person.hex())
                .add(role.map(Role::word).orElse(""))
                .add(keys.channel())
                .add(cover());
        return commits.confirmed(words, document, reply -> reply.number() == 1);
    }

    @Override
    public CompletionStage<Renaming> rename(DocumentId document, PersonId person, String title) {
        var keys = new DocumentKeys(document);
        var words = Script.RENAME
                .call(keys.head(), keys.acl())
                .add(person.hex())
                .add(title)
                .add(keys.channel())
                .add(cover());
        return gate.through(() -> commits.confirmed(words, document, reply -> switch (reply.word()) {
            case "renamed" -> Renaming.RENAMED;
            case "refused" -> Renaming.REFUSED;
            default -> Renaming.ABSENT;
        }));
    }

    @Override
    public CompletionStage<Page> list(PersonId person, Optional<ListPlace> after, int most) {
        return shelves.list(person, after, most);
    }

    @Override
    public CompletionStage<Void> ping() {
        return commands.send(new Words(Command.PING));
    }

    @Override
    public void close() {
        commits.close();
        commands.close();
        bulk.close();
    }
}
