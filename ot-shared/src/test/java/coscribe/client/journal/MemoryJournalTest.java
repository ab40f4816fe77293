package coscribe.client.journal;

class MemoryJournalTest extends JournalContract {
    @Override
    protected Journal open() {
        return new MemoryJournal();
    }

    @Override
    protected Journal reopen(Journal journal) {
        journal.close();
        return new MemoryJournal(((MemoryJournal) journal).records());
    }
}
