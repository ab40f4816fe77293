package coscribe.relay.store;

import coscribe.ot.protocol.ListPlace;
import coscribe.ot.protocol.ListedDocument;
import coscribe.relay.store.DocumentStore.Page;
import java.util.List;
import java.util.Optional;

/// Makes a page of a person's list of the hints that a store found.
public final class Shelf {
    private Shelf() {}

    /// @param hints  in order; one more than `most` where there are more
    /// @param look   what the document itself says; empty: it is not for this person
    public static Page page(List<ListPlace> hints, int most, Look look) {
        var now = hints.subList(0, Math.min(most, hints.size()));
        var listed = now.stream().map(look::at).flatMap(Optional::stream).toList();
        return new Page(listed, next(hints, most));
    }

    /// Where the page after this one begins.
    public static Optional<ListPlace> next(List<ListPlace> hints, int most) {
        return hints.size() > most ? Optional.of(hints.get(most - 1)) : Optional.empty();
    }

    /// Reads a document's title and the person's role.
    @FunctionalInterface
    public interface Look {
        Optional<ListedDocument> at(ListPlace hint);
    }
}
