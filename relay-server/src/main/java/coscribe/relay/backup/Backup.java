package coscribe.relay.backup;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.ListPlace;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.relay.store.DamagedDocumentException;
import coscribe.relay.store.DocumentStore;
import coscribe.relay.store.HeldDocument;
import coscribe.relay.store.Holdings;
import coscribe.relay.store.LoadResult;
import coscribe.relay.store.LogEntry;
import coscribe.relay.store.ReadResult;
import coscribe.relay.store.StoreUnavailableException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Writes everything that a store holds as one stream, while relays go on: each document at one
/// revision, with what belongs to it at that revision. Holds one document at a time. The form is
/// told in docs/BACKUP.md.
public final class Backup {
    static final String MAGIC = "coscribe-backup";
    static final String FORMAT = "1";
    private static final int LOG_BYTES = 4 << 20;
    private static final int LISTED_AT_ONCE = 500;
    private static final int ATTEMPTS = 3;

    private final DocumentStore documents;
    private final Holdings holdings;
    private final LineWriter out;
    /// Everybody who has a role somewhere or an account: their lists are asked for.
    private final Set<PersonId> people = new LinkedHashSet<>();

    private long copied;

    private Backup(DocumentStore documents, Holdings holdings, OutputStream out) {
        this.documents = documents;
        this.holdings = holdings;
        this.out = new LineWriter(out);
    }

    /// Blocks. A store that fails in the middle leaves a stream that says so and is no backup.
    ///
    /// @param only     a document; then nothing else is in it, and it is no backup to restore
    /// @param made     the time that the backup says it is of
    /// @param version  of this Coscribe
    /// @throws IOException  where `stream` does not take it
    public static void write(
            DocumentStore documents,
            Holdings holdings,
            Optional<DocumentId> only,
            Instant made,
            String version,
            OutputStream stream)
            throws IOException {
        var backup = new Backup(documents, holdings, stream);
        try {
            backup.out.line(MAGIC, FORMAT, version, made);
            if (only.isPresent()) {
                backup.document(only.get());
            } else {
                backup.documents();
                backup.people();
            }
            backup.out.line("end", backup.copied, backup.out.sum());
        } catch (StoreUnavailableException e) {
            backup.out.line("failed", "the store failed: " + e.getMessage());
        }
        backup.out.flush();
    }

    private void documents() throws IOException {
        var seen = new HashSet<DocumentId>();
        var after = Optional.of("");
        while (after.isPresent()) {
            var page = Waiting.on(holdings.documents(after.get()));
            for (var id : page.ids()) {
                if (seen.add(id)) {
                    document(id);
                }
            }
            after = page.next();
        }
    }

    /// A document and its text, both at the revision of the former.
    private record Found(HeldDocument held, Replay text) {}

    private void document(DocumentId id) throws IOException {
        try {
            var found = found(id);
            if (found.isPresent()) {
                write(found.get());
                copied++;
            }
        } catch (DamagedDocumentException e) {
            out.line("damaged", id, String.valueOf(e.getMessage()));
        }
    }

    /// Whoever commits meanwhile moves the head: what is missing up to the head that was seen
    /// together with clients and roles is read from the log, which does not change.
    private Optional<Found> found(DocumentId id) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var loaded = Waiting.on(documents.load(id));
            var held = Waiting.on(holdings.document(id));
            if (!(loaded instanceof LoadResult.Loaded copy) || held.isEmpty()) {
                return Optional.empty();
            }
            var head = held.get().head();
            if (!head.epoch().equals(copy.head().epoch())
                    || copy.head().revision().isAfter(head.revision())) {
                continue; // it was restored between the two answers
            }
            var text = new Replay(id, copy.snapshot());
            copy.tail().forEach(text::take);
            while (head.revision().isAfter(text.revision())) {
                read(held.get(), text.revision()).forEach(text::take);
            }
            if (!text.chain().equals(head.chain())) {
                throw new DamagedDocumentException(id, "its log does not end at the head, " + head.revision());
            }
            return Optional.of(new Found(held.get(), text));
        }
        throw new StoreUnavailableException("document " + id + " is changed by a restore");
    }

    /// At least one commit after `after`; none beyond the head.
    private List<LogEntry> read(HeldDocument document, Revision after) {
        var head = document.head().revision();
        int most = (int) (Holdings.RUN_COMMITS - after.number() % Holdings.RUN_COMMITS);
        var read = Waiting.on(documents.read(document.id(), after, most, LOG_BYTES));
        if (read instanceof ReadResult.Entries(var _, var entries) && !entries.isEmpty()) {
            return entries.stream()
                    .filter(entry -> !entry.revision().isAfter(head))
                    .toList();
        }
        throw new DamagedDocumentException(document.id(), "its log does not go on after revision " + after);
    }

    private void write(Found found) throws IOException {
        var held = found.held();
        var head = held.head();
        out.line(
                "document",
                held.id(),
                held.access().title(),
                head.epoch(),
                head.revision(),
                head.chain().hex(),
                held.access().version());
        for (var role : held.roles().entrySet()) {
            people.add(role.getKey());
            out.line("role", role.getKey(), role.getValue().word());
        }
        for (var client : held.clients().entrySet()) {
            var record = client.getValue();
            out.line(
                    "client",
                    client.getKey(),
                    record.person(),
                    record.device(),
                    record.open() ? "open" : "closed",
                    record.lastSeq(),
                    record.lastRevision());
        }
        log(held);
        out.line("content", Sums.of(found.text().content()), found.text().length());
    }

    private void log(HeldDocument held) throws IOException {
        var at = Revision.ZERO;
        var chain = ChainHash.START;
        while (held.head().revision().isAfter(at)) {
            var entries = read(held, at);
            long bytes = 0;
            for (var entry : entries) {
                bytes += Integer.BYTES + entry.bytes().length;
            }
            out.line("log", entries.size(), bytes);
            for (var entry : entries) {
                out.counted(entry.bytes());
            }
            at = entries.getLast().revision();
            chain = entries.getLast().chain();
        }
        if (!chain.equals(held.head().chain())) {
            throw new DamagedDocumentException(held.id(), "its log is of another history than its text");
        }
    }

    private void people() throws IOException {
        var all = Waiting.on(holdings.people());
        all.accounts().forEach(account -> people.add(account.id()));
        for (var person : people) {
            uses(person);
        }
        if (all.identity().isPresent()) {
            var identity = all.identity().get();
            out.line("relay", identity.relay().hex(), PeopleLines.hex(identity.tokenSecret()));
        }
        for (var account : all.accounts()) {
            PeopleLines.write(out, account);
        }
        for (var device : all.devices()) {
            PeopleLines.write(out, device);
        }
        for (var invite : all.invites()) {
            PeopleLines.write(out, invite);
        }
    }

    private void uses(PersonId person) throws IOException {
        Optional<ListPlace> after = Optional.empty();
        do {
            var page = Waiting.on(documents.list(person, after, LISTED_AT_ONCE));
            for (var listed : page.documents()) {
                out.line("used", person, listed.document(), listed.usedAtMillis());
            }
            after = page.next();
        } while (after.isPresent());
    }
}
