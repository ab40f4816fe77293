package coscribe.client;

import coscribe.client.link.RelayAddress;
import coscribe.client.runner.ClientException;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.ListedDocument;
import coscribe.ot.protocol.RelayId;
import coscribe.ot.protocol.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// The documents that a person has at a relay: what the relay told, and what is on this computer.
///
/// @param documents  the one used last first
/// @param missing    why the relay's own list is not in it, or not all of it; empty: it is
public record Shelf(List<Entry> documents, Optional<ClientException> missing) {
    private static final Comparator<Entry> ORDER = Comparator.comparing(Entry::usedAt)
            .thenComparing(entry -> entry.document().hex())
            .reversed();

    public Shelf {
        documents = List.copyOf(documents);
    }

    /// A document.
    ///
    /// @param address  of its relay
    /// @param title    as its relay calls it, or as it is called here until the relay hears of it
    /// @param role     what the person may do in it; empty: the relay did not say
    /// @param usedAt   when this person opened or closed it last, here or at another computer
    /// @param waiting  edits on this computer that the relay has not acknowledged
    /// @param here     whether there is a copy on this computer, which opens without a network
    public record Entry(
            RelayAddress address,
            RelayId relay,
            DocumentId document,
            String title,
            Optional<Role> role,
            Instant usedAt,
            int waiting,
            boolean here) {
        static Entry of(Recent recent, RelayAddress address) {
            return new Entry(
                    address,
                    recent.relay(),
                    recent.document(),
                    recent.title(),
                    Optional.empty(),
                    recent.usedAt(),
                    recent.waiting(),
                    true);
        }

        static Entry of(ListedDocument told, RelayAddress address, RelayId relay) {
            return new Entry(
                    address,
                    relay,
                    told.document(),
                    told.title(),
                    Optional.of(told.role()),
                    Instant.ofEpochMilli(told.usedAtMillis()),
                    0,
                    false);
        }

        /// Here and there.
        private Entry with(Recent recent) {
            return new Entry(
                    address,
                    relay,
                    document,
                    recent.renamed() ? recent.title() : title,
                    role,
                    recent.usedAt().isAfter(usedAt) ? recent.usedAt() : usedAt,
                    recent.waiting(),
                    true);
        }
    }

    /// @param here  of the same relay and person
    static Shelf of(
            RelayAddress address,
            RelayId relay,
            List<ListedDocument> told,
            List<Recent> here,
            Optional<ClientException> missing) {
        var all = new LinkedHashMap<DocumentId, Entry>();
        told.forEach(each -> all.put(each.document(), Entry.of(each, address, relay)));
        for (Recent each : here) {
            all.merge(each.document(), Entry.of(each, address), (there, _) -> there.with(each));
        }
        var sorted = new ArrayList<>(all.values());
        sorted.sort(ORDER);
        return new Shelf(sorted, missing);
    }
}
