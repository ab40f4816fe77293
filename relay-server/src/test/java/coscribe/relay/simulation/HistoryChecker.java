package coscribe.relay.simulation;

import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.document.Document;
import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.wire.Wire;
import coscribe.relay.store.LoadResult;
import coscribe.relay.store.LogEntry;
import coscribe.relay.store.ReadResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Judges a finished run by the log: dense, chained, every submission once, everything acknowledged
/// in it, everybody's text its outcome, and no undo that took away what somebody else had put
/// there.
final class HistoryChecker {
    private final World world;

    HistoryChecker(World world) {
        this.world = world;
    }

    void check() {
        List<LogEntry> log = log();
        Map<SimClient.Named, Revision> committed = new HashMap<>();
        Map<SimClient.Named, Boolean> pureUndo = new HashMap<>();
        world.clients.forEach(client -> pureUndo.putAll(client.pureUndo));
        Document document = Document.EMPTY;
        List<PersonId> owners = new ArrayList<>();
        owners.add(new PersonId("0".repeat(32)));
        ChainHash chain = ChainHash.START;
        Revision at = Revision.ZERO;
        for (LogEntry entry : log) {
            var commit = (Committed) Wire.decodeServer(entry.bytes());
            if (Boolean.getBoolean("coscribe.sim.log")) {
                System.out.println(commit.revision() + " "
                        + commit.author().hex().substring(0, 4) + " "
                        + commit.client().hex().substring(0, 4) + "#" + commit.seq() + " " + commit.intent() + " "
                        + commit.change().delta().toString().replaceAll("\\{[^}]*\\}", ""));
            }
            at = at.next();
            chain = chain.after(entry.bytes());
            Revision expected = at;
            world.require(
                    entry.revision().equals(expected) && commit.revision().equals(expected),
                    () -> "revision " + entry.revision() + " where " + expected + " belongs");
            ChainHash linked = chain;
            world.require(entry.chain().equals(linked), () -> "the chain breaks at " + expected);
            var named = new SimClient.Named(commit.client(), commit.seq());
            world.require(
                    committed.put(named, expected) == null, () -> named + " was committed twice, again at " + expected);
            Long base = world.bases.get(named);
            if (base != null && base < expected.number() - 1) {
                world.seen.saw(Seen.What.REBASES);
            }
            world.seen.saw(Seen.What.COMMITS);
            boolean undo = commit.intent() == Intent.UNDO && pureUndo.getOrDefault(named, false);
            if (undo) {
                world.seen.saw(Seen.What.UNDOS_JUDGED);
            }
            owners = follow(owners, commit, undo);
            document = document.apply(commit.change());
            Document now = document;
            if (!world.tier.forgot()) {
                world.shown.checkText(world, expected, now);
            }
            commit.contentHash()
                    .ifPresent(hash ->
                            world.require(hash.equals(now.contentHash()), () -> "a wrong content hash at " + expected));
        }
        if (!world.tier.forgot()) {
            world.shown.checkText(world, Revision.ZERO, Document.EMPTY);
            world.shown.checkAll(world, committed);
        }
        compare(document, at);
        for (SimClient client : world.clients) {
            for (SimClient.Named named : client.refused) {
                world.require(!committed.containsKey(named), () -> named + " was refused for good and is in the log");
            }
        }
        checkTitles();
        String wrong = world.tokens.judge(document.text().plain(), world.tier.forgot());
        world.require(wrong.isEmpty(), () -> wrong);
    }

    /// Everybody calls the document what the store does, and whatever somebody called it came
    /// there.
    private void checkTitles() {
        String kept = world.storedTitle();
        world.require(
                world.titles.contains(kept)
                        || world.perhapsTitles.contains(kept)
                        || ((world.titles.isEmpty() || world.tier.forgot()) && kept.equals(World.FIRST_TITLE)),
                () -> "nobody called it '" + kept + "'");
        for (SimClient client : world.clients) {
            world.require(
                    client.session().title().equals(kept) && !client.session().isRenaming(),
                    () -> "a client calls it '" + client.session().title() + "', the store '" + kept + "'");
            client.askedTitle()
                    .ifPresent(asked -> world.require(
                            world.titles.contains(asked), () -> "it was never called '" + asked + "', as was asked"));
        }
    }

    private void compare(Document document, Revision at) {
        for (SimClient client : world.clients) {
            var session = client.session();
            world.require(
                    session.revision().equals(at) && session.confirmed().equals(document),
                    () -> "a client has at " + session.revision() + ": "
                            + session.confirmed().text() + "\nthe log gives at " + at + ": " + document.text());
            world.require(
                    session.shown().equals(document)
                            && session.shown().contentHash().equals(document.contentHash()),
                    () -> "a client shows another text");
        }
        var loaded = (LoadResult.Loaded) await(world.truth.load(world.document).toCompletableFuture());
        Document stored = Wire.decodeDocument(loaded.snapshot().bytes());
        for (LogEntry entry : loaded.tail()) {
            stored = stored.apply(((Committed) Wire.decodeServer(entry.bytes())).change());
        }
        Document kept = stored;
        world.require(kept.equals(document), () -> "the store loads another text");
    }

    /// Who put each unit there; an undo must find only its own.
    private List<PersonId> follow(List<PersonId> owners, Committed commit, boolean undo) {
        var next = new ArrayList<PersonId>(owners.size() + 8);
        var position = new int[1];
        commit.change().delta().forEach(new Delta.Visitor() {
            @Override
            public void retain(int length, Attributes set) {
                next.addAll(owners.subList(position[0], position[0] + length));
                position[0] += length;
            }

            @Override
            public void insert(String source, int from, int to, Attributes set) {
                for (int i = from; i < to; i++) {
                    next.add(commit.author());
                }
            }

            @Override
            public void delete(int length) {
                for (int i = 0; undo && i < length; i++) {
                    PersonId owner = owners.get(position[0] + i);
                    world.require(
                            owner.equals(commit.author()),
                            () -> "the undo at " + commit.revision() + " removes what somebody else put there");
                }
                position[0] += length;
            }
        });
        next.addAll(owners.subList(position[0], owners.size()));
        return next;
    }

    private List<LogEntry> log() {
        var log = new ArrayList<>(world.tier.trimmed());
        while (true) {
            var read = (ReadResult.Entries) await(world.truth
                    .read(world.document, new Revision(log.size()), 1_000, 1 << 20)
                    .toCompletableFuture());
            log.addAll(read.entries());
            if (read.entries().isEmpty() || !read.head().revision().isAfter(new Revision(log.size()))) {
                return log;
            }
        }
    }

    private <T> T await(java.util.concurrent.CompletableFuture<T> future) {
        while (!future.isDone() && world.scheduler.runNext()) {
            // the scheduler's own beat
        }
        return future.join();
    }
}
