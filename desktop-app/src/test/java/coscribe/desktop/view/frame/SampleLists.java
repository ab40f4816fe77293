package coscribe.desktop.view.frame;

import coscribe.client.InviteLink;
import coscribe.client.link.RelayAddress;
import coscribe.desktop.viewmodel.DocumentEntry;
import coscribe.desktop.viewmodel.DocumentListModel;
import coscribe.desktop.viewmodel.EntryWords;
import coscribe.desktop.viewmodel.Strings;
import coscribe.desktop.viewmodel.Welcome;
import coscribe.ot.protocol.DocumentId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Ways in and shelves that note what they were asked for.
final class SampleLists {
    static final Instant NOW = Sample.NOW;
    static final String LINK = "coscribe://join/docs.example.org/7F3K-Q9TM-2XWD";
    private static final List<String> TITLES = List.of(
            "Plan for spring",
            "Minutes, 17 November",
            "Garden beds: what grows where, and when to sow it, with the list of everyone who brings seeds",
            "Budget",
            "Letter to the city",
            "Recipes",
            "Notes from the library",
            "Rota for watering",
            "Ideas",
            "Thank-you list",
            "Old plan",
            "");

    final List<String> did = new ArrayList<>();
    CompletableFuture<Object> answer = new CompletableFuture<>();

    static List<DocumentEntry> twelve() {
        var all = new ArrayList<DocumentEntry>();
        var ages = List.of(
                Duration.ofSeconds(20),
                Duration.ofMinutes(40),
                Duration.ofHours(3),
                Duration.ofHours(20),
                Duration.ofDays(2));
        for (int i = 0; i < TITLES.size(); i++) {
            all.add(new DocumentEntry(
                    new RelayAddress(
                            i % 3 == 1 ? "127.0.0.1" : "docs.example.org", i % 3 == 1 ? 7450 : 443, i % 3 != 1),
                    new DocumentId("%032x".formatted(i)),
                    TITLES.get(i),
                    i % 3 == 1,
                    Optional.of(NOW.minus(i < ages.size() ? ages.get(i) : Duration.ofDays(3L * i))),
                    i == 1 ? 3 : 0));
        }
        return all;
    }

    static EntryWords words(Strings strings) {
        return new EntryWords(strings, () -> NOW, ZoneOffset.UTC);
    }

    Welcome welcome(Strings strings) {
        return new Welcome(
                strings,
                new Welcome.Ways() {
                    @Override
                    public CompletableFuture<?> join(InviteLink link, String name) {
                        return note("join " + link.codeInGroups() + " as " + name);
                    }

                    @Override
                    public Optional<Supplier<CompletableFuture<?>>> host() {
                        return Optional.of(() -> note("host"));
                    }

                    @Override
                    public CompletableFuture<?> open(DocumentEntry recent) {
                        return note("open " + recent.title());
                    }
                },
                Runnable::run,
                "Mara Klein");
    }

    DocumentListModel list(Strings strings, List<DocumentEntry> documents) {
        return new DocumentListModel(
                strings,
                new DocumentListModel.Shelf() {
                    @Override
                    public CompletableFuture<List<DocumentEntry>> list() {
                        return CompletableFuture.completedFuture(documents);
                    }

                    @Override
                    public CompletableFuture<?> create() {
                        return note("create");
                    }

                    @Override
                    public CompletableFuture<?> open(DocumentEntry entry) {
                        return note("open " + entry.title());
                    }

                    @Override
                    public CompletableFuture<?> rename(DocumentEntry entry, String title) {
                        return note("rename " + entry.title() + " to " + title);
                    }
                },
                Runnable::run);
    }

    private CompletableFuture<Object> note(String what) {
        did.add(what);
        return answer;
    }
}
