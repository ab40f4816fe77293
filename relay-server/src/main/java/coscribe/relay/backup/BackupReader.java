package coscribe.relay.backup;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import coscribe.relay.store.ClientRecord;
import coscribe.relay.store.DamagedDocumentException;
import coscribe.relay.store.DocumentStore.Access;
import coscribe.relay.store.Head;
import coscribe.relay.store.HeldDocument;
import coscribe.relay.store.Holdings;
import coscribe.relay.store.LogEntry;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a backup and verifies all of it: every line, each document's chain, the text that its log
/// makes against the text's hash, and the sum of the whole.
public final class BackupReader {
    private final LineReader lines;
    private final Taker taker;
    private final PeopleLines people = new PeopleLines();
    private final List<DocumentId> damaged = new ArrayList<>();
    private Optional<Incoming> incoming = Optional.empty();
    private String version = "";
    private Instant made = Instant.EPOCH;
    private long documents;
    private long commits;

    private BackupReader(InputStream in, Taker taker) {
        this.lines = new LineReader(in);
        this.taker = taker;
    }

    /// A document whose lines are being read.
    private static final class Incoming {
        final HeldDocument bare;
        final Map<PersonId, Role> roles = new LinkedHashMap<>();
        final Map<ClientId, ClientRecord> clients = new LinkedHashMap<>();
        final Replay text;
        final List<LogEntry> run = new ArrayList<>();
        ChainHash beforeRun = ChainHash.START;

        Incoming(Line line) {
            var head = new Head(new Epoch(line.text(2)), new Revision(line.number(3)), new ChainHash(line.text(4)));
            bare = new HeldDocument(
                    new DocumentId(line.text(0)), head, new Access(line.number(5), line.text(1), Map.of()), Map.of());
            text = new Replay(bare.id());
        }

        HeldDocument whole() {
            var access = new Access(bare.access().version(), bare.access().title(), roles);
            return new HeldDocument(bare.id(), bare.head(), access, clients);
        }
    }

    /// Blocks.
    ///
    /// @param in     the stream that {@link Backup} wrote, not compressed, buffered
    /// @param taker  is given what was verified so far; a file that is found damaged later was then
    ///         taken in part
    /// @throws BackupException  where anything does not verify
    public static Summary read(InputStream in, Taker taker) {
        var reader = new BackupReader(in, taker);
        try {
            return reader.all();
        } catch (EOFException e) {
            throw new BackupException("it ends too early, in line " + reader.lines.lines(), e);
        } catch (IOException e) {
            throw new BackupException("it is damaged or can't be read (" + e.getMessage() + ")", e);
        } catch (DamagedDocumentException e) {
            throw new BackupException(String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw new BackupException("line " + reader.lines.lines() + " makes no sense", e);
        }
    }

    private Summary all() throws IOException {
        header(lines.next());
        while (true) {
            var line = lines.next();
            switch (line.word()) {
                case "end" -> {
                    return end(line);
                }
                case "failed" -> throw new BackupException("it was broken off when it was made: " + line.text(0));
                default -> take(line);
            }
        }
    }

    private void header(Line line) {
        if (!line.word().equals(Backup.MAGIC)) {
            throw new BackupException("it is no backup of Coscribe's");
        }
        if (!line.text(0).equals(Backup.FORMAT)) {
            throw new BackupException("its form " + line.text(0) + " is of a newer Coscribe (" + line.text(1)
                    + "); this one reads form " + Backup.FORMAT);
        }
        version = line.text(1);
        made = Instant.parse(line.text(2));
    }

    private void take(Line line) throws IOException {
        switch (line.word()) {
            case "document" -> {
                requireNone();
                incoming = Optional.of(new Incoming(line));
            }
            case "role" -> current().roles.put(new PersonId(line.text(0)), role(line.text(1)));
            case "client" -> current().clients.put(new ClientId(line.text(0)), client(line));
            case "log" -> log(current(), line.number(0), line.number(1));
            case "content" -> content(current(), line);
            case "damaged" -> {
                damaged.add(new DocumentId(line.text(0)));
                incoming = Optional.empty();
            }
            case "used" -> {
                requireNone();
                taker.use(new PersonId(line.text(0)), new DocumentId(line.text(1)), line.moment(2));
            }
            default -> {
                requireNone();
                if (!people.read(line)) {
                    throw new IllegalArgumentException("an unknown word");
                }
            }
        }
    }

    private Incoming current() {
        return incoming.orElseThrow(() -> new IllegalArgumentException("it belongs to no document"));
    }

    private void requireNone() {
        if (incoming.isPresent()) {
            throw new IllegalArgumentException("a document does not end");
        }
    }

    private static Role role(String word) {
        return Role.ofWord(word).orElseThrow(() -> new IllegalArgumentException("no role"));
    }

    private static ClientRecord client(Line line) {
        return new ClientRecord(
                new PersonId(line.text(1)),
                new DeviceId(line.text(2)),
                line.text(3).equals("open"),
                line.number(4),
                new Revision(line.number(5)));
    }

    private void log(Incoming document, long count, long bytes) throws IOException {
        for (var each : lines.counted(count, bytes)) {
            var at = document.text.revision().next();
            var entry = new LogEntry(at, document.text.chain().after(each), each);
            if (document.run.isEmpty()) {
                document.beforeRun = document.text.chain();
            }
            document.text.take(entry);
            document.run.add(entry);
            if (at.number() % Holdings.RUN_COMMITS == 0) {
                hand(document);
            }
        }
    }

    private void hand(Incoming document) {
        if (!document.run.isEmpty()) {
            taker.log(document.bare, document.beforeRun, document.run);
            commits += document.run.size();
            document.run.clear();
        }
    }

    private void content(Incoming document, Line line) {
        var head = document.bare.head();
        if (!document.text.revision().equals(head.revision())
                || !document.text.chain().equals(head.chain())) {
            throw new DamagedDocumentException(document.bare.id(), "its log does not end at " + head.revision());
        }
        var content = document.text.content();
        if (!Sums.of(content).equals(line.text(0)) || document.text.length() != line.number(1)) {
            throw new DamagedDocumentException(document.bare.id(), "its log makes another text than was backed up");
        }
        document.text.require(document.clients);
        hand(document);
        taker.document(document.whole(), document.text.authors(), content);
        documents++;
        incoming = Optional.empty();
    }

    private Summary end(Line line) throws IOException {
        requireNone();
        if (!line.text(1).equals(lines.sumBefore()) || line.number(0) != documents) {
            throw new BackupException("its sum is not what it says at its end");
        }
        if (!lines.isAtEnd()) {
            throw new BackupException("something stands behind its end");
        }
        var all = people.all();
        taker.people(all);
        return new Summary(
                version,
                made,
                all.identity().map(identity -> identity.relay()),
                documents,
                commits,
                all.accounts().size(),
                damaged);
    }
}
