package coscribe.desktop.viewmodel;

import coscribe.desktop.viewmodel.DocumentEntry.Place;
import coscribe.ot.protocol.RelayId;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The documents that a person has, those used last on top: what is on this computer at once, and
/// what each server says when it has said it. On the thread that draws.
public final class DocumentListModel {
    /// Where the documents are. Futures may complete anywhere.
    public interface Shelf {
        /// What is on this computer.
        CompletableFuture<List<DocumentEntry>> here();

        /// Asks every server that the person is signed in at.
        CompletableFuture<List<Asked>> servers();

        /// Makes a document and opens it.
        CompletableFuture<?> create();

        CompletableFuture<?> open(DocumentEntry entry);

        CompletableFuture<?> rename(DocumentEntry entry, String title);
    }

    /// A server that was asked.
    ///
    /// @param name    as people read its address
    /// @param answer  its whole list; fails where there is none
    public record Asked(RelayId server, String name, CompletableFuture<List<DocumentEntry>> answer) {}

    private static final Comparator<DocumentEntry> ORDER = Comparator.comparing(
                    DocumentEntry::used, Comparator.comparing((Optional<Instant> at) -> at.orElse(Instant.EPOCH)))
            .reversed()
            .thenComparing(DocumentEntry::title)
            .thenComparing(entry -> entry.id().hex());

    private final Shelf shelf;
    private final Executor home;
    private final Troubles troubles;
    private final ServersAway away;
    private final ObservableList<DocumentEntry> entries = FXCollections.observableArrayList();
    // One for all, held here: a view of a list that nobody holds stops telling of changes.
    private final ObservableList<DocumentEntry> entriesToAll = FXCollections.unmodifiableObservableList(entries);
    private final ReadOnlyBooleanWrapper loaded = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper asking = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Optional<Notice>> trouble = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Notice>> unreached = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Map<RelayId, List<DocumentEntry>> told = new LinkedHashMap<>();
    private final Map<Place, String> renaming = new LinkedHashMap<>();
    private List<DocumentEntry> local = List.of();
    private boolean again;
    private boolean held;

    /// Something that people are told above the list.
    ///
    /// @param code   by which help, logs and `doctor` know it; empty: none
    /// @param proxy  of the network, that wants to be signed in to; empty: none does
    public record Notice(Optional<String> code, String words, Optional<String> proxy) {
        public Notice(Optional<String> code, String words) {
            this(code, words, Optional.empty());
        }
    }

    /// @param home  the thread that draws
    public DocumentListModel(Strings strings, Shelf shelf, Executor home) {
        this.shelf = shelf;
        this.home = home;
        this.troubles = new Troubles(strings);
        this.away = new ServersAway(strings);
    }

    public ObservableList<DocumentEntry> entries() {
        return entriesToAll;
    }

    /// Whether it is known what there is: an empty list says so only then.
    public ReadOnlyBooleanProperty loaded() {
        return loaded.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    /// Whether answers are awaited.
    public ReadOnlyBooleanProperty asking() {
        return asking.getReadOnlyProperty();
    }

    /// Why something was not done; empty: nothing is wrong.
    public ReadOnlyObjectProperty<Optional<Notice>> trouble() {
        return trouble.getReadOnlyProperty();
    }

    /// Which server did not say what there is; empty: each did.
    public ReadOnlyObjectProperty<Optional<Notice>> unreached() {
        return unreached.getReadOnlyProperty();
    }

    /// The person has read why something was not done.
    public void dismiss() {
        trouble.set(Optional.empty());
    }

    /// While a title is being typed in its place the list stays as it is around it.
    public void hold(boolean now) {
        held = now;
        show();
    }

    // --- what there is

    /// Asks anew. What is shown stays until an answer is there, and also where none comes. While
    /// answers are awaited it is asked once more when they are there.
    public void refresh() {
        if (asking.get()) {
            again = true;
            return;
        }
        asking.set(true);
        again = false;
        var _ = shelf.here()
                .handle((list, failure) -> failure == null ? Optional.of(list) : Optional.<List<DocumentEntry>>empty())
                .thenAcceptAsync(
                        found -> {
                            local = found.orElse(local);
                            show();
                        },
                        home)
                .thenCompose(done -> shelf.servers())
                .whenCompleteAsync((servers, failure) -> await(failure == null ? servers : List.of()), home);
    }

    private void await(List<Asked> servers) {
        told.keySet().retainAll(servers.stream().map(Asked::server).toList());
        away.retain(servers);
        var answers = servers.stream()
                .map(asked -> asked.answer().handleAsync((list, failure) -> answered(asked, list, failure), home))
                .toArray(CompletableFuture<?>[]::new);
        var _ = CompletableFuture.allOf(answers).whenCompleteAsync((done, failure) -> over(), home);
    }

    private boolean answered(Asked asked, List<DocumentEntry> list, Throwable failure) {
        if (failure == null) {
            told.put(asked.server(), List.copyOf(list));
            away.reached(asked);
        } else {
            away.missed(asked, failure);
        }
        unreached.set(away.notice());
        show();
        return true;
    }

    private void over() {
        unreached.set(away.notice());
        loaded.set(true);
        asking.set(false);
        show();
        if (again) {
            refresh();
        }
    }

    private void show() {
        if (held) {
            return;
        }
        var all = new LinkedHashMap<Place, DocumentEntry>();
        told.values().forEach(list -> list.forEach(entry -> all.put(entry.place(), entry)));
        local.forEach(entry -> all.merge(entry.place(), entry, DocumentEntry::with));
        renaming.forEach((place, title) -> all.computeIfPresent(place, (_, entry) -> entry.withTitle(title)));
        var sorted = all.values().stream().sorted(ORDER).toList();
        if (!sorted.isEmpty()) {
            loaded.set(true);
        }
        if (!sorted.equals(entries)) {
            entries.setAll(sorted);
        }
    }

    // --- what is done

    public void create() {
        go(shelf::create, "");
    }

    public void open(DocumentEntry entry) {
        go(() -> shelf.open(entry), entry.relay().toString());
    }

    /// Shows the new title at once, and the old one again where it is refused.
    public void rename(DocumentEntry entry, String wanted) {
        String title = wanted.strip();
        if (title.isEmpty() || title.equals(entry.title())) {
            return;
        }
        var place = entry.place();
        renaming.put(place, title);
        dismiss();
        show();
        var _ = shelf.rename(entry, title).handle((done, failure) -> {
            home.execute(() -> {
                if (failure != null) {
                    renaming.remove(place, title);
                    show();
                    fail(failure, entry.relay().toString());
                } else {
                    renamed(place, title);
                }
            });
            return done;
        });
    }

    /// From here on it is the server's title, which others may change.
    private void renamed(Place place, String title) {
        if (renaming.remove(place, title)) {
            told.replaceAll((server, list) -> list.stream()
                    .map(each -> each.place().equals(place) ? each.withTitle(title) : each)
                    .toList());
            local = local.stream()
                    .map(each -> each.place().equals(place) ? each.withTitle(title) : each)
                    .toList();
            show();
        }
    }

    private void go(Supplier<CompletableFuture<?>> way, String server) {
        if (busy.get()) {
            return;
        }
        busy.set(true);
        dismiss();
        var _ = way.get().handle((done, failure) -> {
            home.execute(() -> {
                busy.set(false);
                if (failure != null) {
                    fail(failure, server);
                }
            });
            return done;
        });
    }

    /// Says why something was not done that was asked for here or in another window.
    ///
    /// @param server  that was asked, as people read its address, where the failure does not say
    public void fail(Throwable failure, String server) {
        var why = troubles.told(failure, server);
        trouble.set(Optional.of(new Notice(why.code(), why.words(), why.proxy())));
    }
}
