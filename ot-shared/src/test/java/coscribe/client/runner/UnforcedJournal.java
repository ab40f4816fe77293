package coscribe.client.runner;

import coscribe.client.journal.Journal;
import coscribe.client.journal.JournalException;
import coscribe.ot.session.JournalRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A journal that knows how much of it a power cut leaves at least, and that fails on request.
public final class UnforcedJournal implements Journal {
    private final Opening opening;
    final List<JournalRecord> records;
    int forced;
    boolean asideFails;
    public Optional<JournalException.Kind> fails = Optional.empty();
    private boolean failing;
    private Consumer<State> listener = state -> {};

    public UnforcedJournal(List<JournalRecord> held) {
        opening = new Opening(held, List.of());
        records = new ArrayList<>(held);
        forced = held.size();
    }

    @Override
    public Opening opening() {
        return opening;
    }

    @Override
    public void append(JournalRecord entry) {
        check();
        records.add(entry);
    }

    private void check() {
        fails.ifPresent(kind -> failing = true);
        if (failing) {
            listener.accept(state());
            throw new JournalException(JournalException.Kind.FULL, "The disk is full.");
        }
    }

    @Override
    public void force() {
        check();
        forced = records.size();
    }

    @Override
    public void rewrite(List<JournalRecord> instead) {
        fails.ifPresent(kind -> {
            throw new JournalException(kind, "The disk is full.");
        });
        failing = false;
        records.clear();
        records.addAll(instead);
        forced = records.size();
        listener.accept(state());
    }

    @Override
    public void setAside() {
        if (asideFails) {
            throw new JournalException(JournalException.Kind.BROKEN, "The disk is broken.");
        }
        failing = true;
        records.clear();
        forced = 0;
    }

    @Override
    public boolean wantsRewrite() {
        return records.size() > 200;
    }

    @Override
    public State state() {
        return failing
                ? new State.Failing(JournalException.Kind.FULL, "The disk is full.")
                : forced == records.size() ? new State.OnDisk() : new State.Written();
    }

    @Override
    public void listen(Consumer<State> told) {
        listener = told;
    }

    @Override
    public void close() {}
}
