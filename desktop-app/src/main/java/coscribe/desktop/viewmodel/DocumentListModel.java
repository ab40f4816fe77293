package coscribe.desktop.viewmodel;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The documents that a person has, those used last on top. On the thread that draws.
public final class DocumentListModel {
    /// Where the documents are. Futures may complete anywhere.
    public interface Shelf {
        CompletableFuture<List<DocumentEntry>> list();

        /// Makes a document and opens it.
        CompletableFuture<?> create();

        CompletableFuture<?> open(DocumentEntry entry);

        CompletableFuture<?> rename(DocumentEntry entry, String title);
    }

    private static final Comparator<DocumentEntry> ORDER = Comparator.comparing(
                    DocumentEntry::used, Comparator.comparing((Optional<Instant> at) -> at.orElse(Instant.EPOCH)))
            .reversed()
            .thenComparing(DocumentEntry::title)
            .thenComparing(entry -> entry.id().hex());

    private final Strings strings;
    private final Shelf shelf;
    private final Executor home;
    private final ObservableList<DocumentEntry> entries = FXCollections.observableArrayList();
    // One for all, held here: a view of a list that nobody holds stops telling of changes.
    private final ObservableList<DocumentEntry> entriesToAll = FXCollections.unmodifiableObservableList(entries);
    private final ReadOnlyBooleanWrapper loaded = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper trouble = new ReadOnlyStringWrapper("");

    /// @param home  the thread that draws
    public DocumentListModel(Strings strings, Shelf shelf, Executor home) {
        this.strings = strings;
        this.shelf = shelf;
        this.home = home;
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

    /// Why something was not done; empty: nothing is wrong.
    public ReadOnlyStringProperty trouble() {
        return trouble.getReadOnlyProperty();
    }

    /// Asks anew. What is shown stays until the answer is there, and also where none comes.
    public void refresh() {
        var _ = shelf.list().handle((list, failure) -> {
            home.execute(() -> {
                loaded.set(true);
                if (failure == null) {
                    show(list);
                }
            });
            return list;
        });
    }

    private void show(List<DocumentEntry> list) {
        var sorted = list.stream().sorted(ORDER).toList();
        if (!sorted.equals(entries)) {
            entries.setAll(sorted);
        }
    }

    public void create() {
        go(shelf::create, strings.get("list.server"));
    }

    public void open(DocumentEntry entry) {
        go(() -> shelf.open(entry), entry.relay().toString());
    }

    /// Shows the new title at once, and the old one again where it is refused.
    public void rename(DocumentEntry entry, String wanted) {
        String title = wanted.strip();
        int at = entries.indexOf(entry);
        if (title.isEmpty() || title.equals(entry.title()) || at < 0) {
            return;
        }
        var renamed = entry.withTitle(title);
        entries.set(at, renamed);
        trouble.set("");
        var _ = shelf.rename(entry, title).handle((done, failure) -> {
            home.execute(() -> {
                if (failure != null) {
                    entries.replaceAll(each -> each.equals(renamed) ? entry : each);
                    fail(failure, entry.relay().toString());
                }
            });
            return done;
        });
    }

    private void go(Supplier<CompletableFuture<?>> way, String server) {
        if (busy.get()) {
            return;
        }
        busy.set(true);
        trouble.set("");
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

    private void fail(Throwable failure, String server) {
        trouble.set(new Troubles(strings).words(failure, server));
    }
}
