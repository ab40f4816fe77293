package coscribe.client.runner;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.client.VirtualTime;
import coscribe.client.journal.Journal;
import coscribe.client.journal.MemoryJournal;
import coscribe.ot.delta.Attributes;
import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.protocol.Intent;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.session.JournalRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// A writer at a computer, in virtual time: opens the relay's document, types, and notes what it is
/// told.
public final class Desk implements DocumentListener {
    public final VirtualTime time;
    public final TinyRelay relay;
    public final PersonId person;
    public Copies copies = new MemoryCopies();
    final Surroundings around;
    final List<String> told = new ArrayList<>();
    final List<Status> statuses = new ArrayList<>();
    Journal journal = new MemoryJournal();
    public DocumentClient document;

    public Desk(VirtualTime time, TinyRelay relay, String person) {
        this(time, relay, person, Home.serial(time));
    }

    /// @param home  where the document lives
    public Desk(VirtualTime time, TinyRelay relay, String person, Home home) {
        this.time = time;
        this.relay = relay;
        this.person = new PersonId(person.repeat(16));
        this.around = Surroundings.of(home, time, time, time, new SplittableRandom(7));
    }

    @CanIgnoreReturnValue
    public Desk opens() {
        return opens(new MemoryJournal());
    }

    @CanIgnoreReturnValue
    public Desk opens(Journal with) {
        var _ = begins(with);
        time.settle();
        return this;
    }

    /// Opens the document, which is on its way.
    @CanIgnoreReturnValue
    public Desk begins() {
        return begins(new MemoryJournal());
    }

    private Desk begins(Journal with) {
        journal = with;
        document = DocumentClient.open(
                around, person, relay.document, relay.linkFor(person, around.home()), journal, copies);
        document.listen(this);
        return this;
    }

    public void does(Consumer<DocumentClient> what) {
        var done = document.run(what);
        time.settle();
        done.join();
    }

    void types(String text) {
        does(it -> it.append(text));
    }

    /// @param joinsStep  undone together with what was typed before
    void types(String text, boolean joinsStep) {
        does(it -> {
            int end = it.document().length() - 1;
            var typed = Delta.replacement(end + 1, end, 0, text, Attributes.NONE);
            it.edit(Change.of(typed), Intent.EDIT, joinsStep, Optional.empty());
        });
    }

    /// The program ends at once; what was written is still there.
    Desk crashes() {
        var left = ((MemoryJournal) journal).records();
        var _ = document.shutDown();
        time.settle();
        journal = new MemoryJournal(left);
        return this;
    }

    /// As above, with these records left.
    Desk crashes(List<JournalRecord> left) {
        var _ = document.shutDown();
        time.settle();
        journal = new MemoryJournal(left);
        return this;
    }

    public void waits(Duration span) {
        time.pass(span);
    }

    @Override
    public void changed(DocumentClient it, Change change, boolean own) {
        told.add((own ? "own " : "") + change.delta());
    }

    @Override
    public void statusChanged(DocumentClient it, Status status) {
        statuses.add(status);
    }

    @Override
    public void titleChanged(DocumentClient it, String title) {
        told.add("title " + title);
    }

    @Override
    public void copyKept(DocumentClient it, KeptCopy copy) {
        told.add("copy " + copy.reason());
    }
}
