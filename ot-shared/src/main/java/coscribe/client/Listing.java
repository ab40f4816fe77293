package coscribe.client;

import coscribe.client.link.AccountTokens;
import coscribe.client.link.RelayAddress;
import coscribe.client.runner.ClientException;
import coscribe.client.runner.DocumentClient;
import coscribe.client.runner.HomeLine;
import coscribe.client.runner.Surroundings;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.ListPlace;
import coscribe.ot.protocol.ListedDocument;
import coscribe.ot.protocol.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Asks a relay for a person's documents, page by page, and puts what is on this computer beside
/// them.
///
/// @param open  the document that is open in this program
record Listing(
        Surroundings around,
        HomeLine home,
        Profile profile,
        AccountTokens tokens,
        RelayAddress address,
        Function<DocumentId, Optional<DocumentClient>> open) {
    /// More than anybody reads.
    private static final int PAGES = 50;

    CompletableFuture<Shelf> ask() {
        var told = new ArrayList<ListedDocument>();
        var shelf = pages(Optional.empty(), told, 1)
                .handle((done, failure) -> Optional.ofNullable(failure).map(Answers::cause))
                .thenCompose(failure -> failure.isEmpty() || failure.get() instanceof ClientException
                        ? Answers.onDisk(around, () -> shelf(told, failure.map(ClientException.class::cast)))
                        : CompletableFuture.failedFuture(failure.get()));
        return Answers.atHome(around, shelf);
    }

    private CompletableFuture<Boolean> pages(Optional<ListPlace> after, List<ListedDocument> told, int number) {
        return home.ask(new ClientMessage.ListDocuments(after, Limits.LIST_DOCUMENTS))
                .thenApply(ServerMessage.Listed.class::cast)
                .thenCompose(page -> {
                    told.addAll(page.documents());
                    return page.next().isEmpty() || number == PAGES
                            ? CompletableFuture.completedFuture(true)
                            : pages(page.next(), told, number + 1);
                });
    }

    private Shelf shelf(List<ListedDocument> told, Optional<ClientException> missing) {
        var account = tokens.account();
        if (account.relay().isEmpty() || account.person().isEmpty()) {
            return new Shelf(List.of(), missing); // nobody signed in yet
        }
        var relay = account.relay().get();
        var person = account.person().get().id();
        var here = profile.recent().stream()
                .filter(each -> each.relay().equals(relay) && each.person().equals(person))
                .map(this::asOpen)
                .toList();
        return Shelf.of(address, relay, told, here, missing);
    }

    /// An open document knows itself better than the disk does.
    private Recent asOpen(Recent here) {
        return open.apply(here.document())
                .filter(document -> document.session().hasDocument())
                .map(document -> new Recent(
                        here.address(),
                        here.relay(),
                        here.person(),
                        here.document(),
                        document.title(),
                        here.usedAt(),
                        document.status().unsaved(),
                        document.session().isRenaming()))
                .orElse(here);
    }
}
