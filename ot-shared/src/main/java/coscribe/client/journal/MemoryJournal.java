package coscribe.client.journal;

import coscribe.ot.session.JournalRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A journal that lasts as long as its process: for bots that may lose what was not yet saved, and
/// for tests.
public final class MemoryJournal implements Journal {
    private final Opening opening;
    private final List<JournalRecord> records;
    private int lastRewrite;

    public MemoryJournal() {
        this(List.of());
    }

    /// A journal that held these records when it was opened.
    public MemoryJournal(List<JournalRecord> held) {
        this.opening = new Opening(held, List.of());
        this.records = new ArrayList<>(held);
    }

    @Override
    public Opening opening() {
        return opening;
    }

    @Override
    public synchronized void append(JournalRecord entry) {
        records.add(entry);
    }

    @Override
    public void force() {}

    @Override
    public synchronized void rewrite(List<JournalRecord> instead) {
        records.clear();
        records.addAll(instead);
        lastRewrite = instead.size();
    }

    @Override
    public synchronized void setAside() {
        records.clear();
    }

    @Override
    public synchronized boolean wantsRewrite() {
        return records.size() > lastRewrite + 1_000;
    }

    @Override
    public State state() {
        return new State.OnDisk();
    }

    @Override
    public void listen(Consumer<State> listener) {}

    @Override
    public void close() {}

    /// What it holds now.
    public synchronized List<JournalRecord> records() {
        return List.copyOf(records);
    }
}
