package coscribe.desktop.view.frame;

import coscribe.client.InviteLink;
import coscribe.client.link.RelayAddress;
import coscribe.client.runner.ClientException;
import coscribe.desktop.viewmodel.DocumentEntry;
import coscribe.desktop.viewmodel.DocumentListModel;
import coscribe.desktop.viewmodel.DocumentListModel.Asked;
import coscribe.desktop.viewmodel.EntryWords;
import coscribe.desktop.viewmodel.Strings;
import coscribe.desktop.viewmodel.Welcome;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.RelayId;
import coscribe.ot.protocol.Role;
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
    private static final RelayId OWN = new RelayId("a".repeat(32));
    private static final RelayId DOCS = new RelayId("d".repeat(32));
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
    /// What the servers say beside what is here.
    List<Asked> asked = List.of();
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
                    i % 3 == 1 ? OWN : DOCS,
                    new DocumentId("%032x".formatted(i)),
                    TITLES.get(i),
                    i % 3 == 1,
                    Optional.of(NOW.minus(i < ages.size() ? ages.get(i) : Duration.ofDays(3L * i))),
                    i == 1 ? 3 : 0,
                    Optional.of(i == 2 ? Role.VIEWER : i == 5 ? Role.COMMENTER : Role.OWNER),
                    i % 2 == 1));
        }
        return all;
    }

    /// A server that does not answer.
    static Asked away() {
        return new Asked(DOCS, "docs.example.org", CompletableFuture.failedFuture(new ClientException("away")));
    }

    static Asked says(DocumentEntry... documents) {
        return new Asked(DOCS, "docs.example.org", CompletableFuture.completedFuture(List.of(documents)));
    }

    /// The same of another document, used just now, that is not on this computer.
    static DocumentEntry elsewhere(DocumentEntry like) {
        return new DocumentEntry(
                like.relay(),
                DOCS,
                new DocumentId("e".repeat(32)),
                like.title(),
                false,
                Optional.of(NOW),
                0,
                Optional.of(Role.EDITOR),
                false);
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

                    @Override
                    public void signInToProxy(String proxy) {
                        var _ = note("sign in to " + proxy);
                    }
                },
                Welcome.Rules.NONE,
                Runnable::run,
                "Mara Klein");
    }

    DocumentListModel list(Strings strings, List<DocumentEntry> documents) {
        return new DocumentListModel(
                strings,
                new DocumentListModel.Shelf() {
                    @Override
                    public CompletableFuture<List<DocumentEntry>> here() {
                        return CompletableFuture.completedFuture(documents);
                    }

                    @Override
                    public CompletableFuture<List<Asked>> servers() {
                        return CompletableFuture.completedFuture(asked);
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
