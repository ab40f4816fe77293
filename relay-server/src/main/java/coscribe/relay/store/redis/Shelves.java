package coscribe.relay.store.redis;

import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.ListPlace;
import coscribe.ot.protocol.ListedDocument;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Role;
import coscribe.relay.store.DamagedDocumentException;
import coscribe.relay.store.DocumentStore.Page;
import coscribe.relay.store.Shelf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Protocol.Command;

/// When each person used each document last: a sorted set of documents by milliseconds in a
/// person's own key, `cs:{PERSON}:used`. Only a hint, on another node than the document's keys
/// perhaps, and so in no one's atomic step; the next time the document is entered repairs it.
final class Shelves {
    private static final Logger LOG = LoggerFactory.getLogger(Shelves.class);

    private final Line commands;

    Shelves(Line commands) {
        this.commands = commands;
    }

    static byte[] used(PersonId person) {
        return Words.bytes("cs:{" + person.hex() + "}:used");
    }

    /// Nobody waits for it: whoever lists later asks behind it, on the same connection.
    void use(PersonId person, DocumentId document) {
        var words = Script.USE.call(used(person)).add(document.hex());
        var _ = commands.send(words).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.debug("event=use_not_noted doc={}", document, failure);
            }
        });
    }

    CompletionStage<Page> list(PersonId person, Optional<ListPlace> after, int most) {
        var words = Script.USED
                .call(used(person))
                .add(most + 1L)
                .add(after.map(place -> Long.toString(place.usedAtMillis())).orElse(""))
                .add(after.map(place -> place.document().hex()).orElse(""));
        return commands.send(words, reply -> hints(person, reply)).thenCompose(hints -> look(person, hints, most));
    }

    private static List<ListPlace> hints(PersonId person, Reply reply) {
        var items = reply.items();
        var hints = new ArrayList<ListPlace>();
        for (int i = 0; i < items.size(); i += 2) {
            try {
                hints.add(new ListPlace(
                        items.get(i + 1).number(), new DocumentId(items.get(i).text())));
            } catch (IllegalArgumentException e) {
                LOG.warn("event=hint_senseless person={}", person, e);
            }
        }
        return hints;
    }

    /// Each document is asked for itself, all in one pipeline.
    private CompletionStage<Page> look(PersonId person, List<ListPlace> hints, int most) {
        CompletionStage<List<ListedDocument>> all = CompletableFuture.completedStage(new ArrayList<>());
        for (ListPlace hint : hints.subList(0, Math.min(most, hints.size()))) {
            var keys = new DocumentKeys(hint.document());
            var role = commands.send(
                    new Words(Command.HGET).add(keys.acl()).add(person.hex()),
                    hint.document(),
                    reply -> reply.isNothing() ? Optional.<Role>empty() : Role.ofWord(reply.text()));
            var title = commands.send(
                    new Words(Command.HGET).add(keys.head()).add("title"),
                    hint.document(),
                    reply -> reply.isNothing() ? Optional.<String>empty() : Optional.of(reply.text()));
            var one = role.thenCombine(
                            title,
                            (may, called) -> may.flatMap(known -> called.map(
                                    name -> new ListedDocument(hint.document(), name, known, hint.usedAtMillis()))))
                    .exceptionallyCompose(Shelves::withoutDamaged);
            all = all.thenCombine(one, (listed, document) -> {
                document.ifPresent(listed::add);
                return listed;
            });
        }
        return all.thenApply(listed -> new Page(listed, Shelf.next(hints, most)));
    }

    private static CompletionStage<Optional<ListedDocument>> withoutDamaged(Throwable failure) {
        var cause = failure.getCause() == null ? failure : failure.getCause();
        return failure instanceof DamagedDocumentException || cause instanceof DamagedDocumentException
                ? CompletableFuture.completedStage(Optional.empty())
                : CompletableFuture.failedStage(failure);
    }
}
