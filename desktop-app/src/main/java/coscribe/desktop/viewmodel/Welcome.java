package coscribe.desktop.viewmodel;

import coscribe.client.InviteLink;
import coscribe.client.link.RelayAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The way in: an invite link, this computer as the server, or a document that was open before. A
/// link never joins by itself: the card that says where it leads comes first.
///
/// On the thread that draws.
public final class Welcome {
    /// How a way in is gone. Futures may complete anywhere.
    public interface Ways {
        CompletableFuture<?> join(InviteLink link, String name);

        /// Empty: this computer may not be a server.
        Optional<Supplier<CompletableFuture<?>>> host();

        CompletableFuture<?> open(DocumentEntry recent);
    }

    /// Whether what is written can be read on its way.
    public enum Secrecy {
        ENCRYPTED,
        /// Encrypted if the server can; a server in one's own network may not.
        MAYBE,
        /// The server is on this computer: it goes over no network.
        HERE,
    }

    /// Where a link leads.
    ///
    /// @param server  as people read its address
    public record Card(InviteLink link, String server, Secrecy secrecy) {}

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?", Pattern.CASE_INSENSITIVE);

    private final Strings strings;
    private final Ways ways;
    private final Executor home;
    private final StringProperty link = new SimpleStringProperty("");
    private final StringProperty name = new SimpleStringProperty("");
    private final ReadOnlyBooleanWrapper fromClipboard = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Optional<Card>> card = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper trouble = new ReadOnlyStringWrapper("");
    private final ObservableList<DocumentEntry> recent = FXCollections.observableArrayList();
    // One for all, held here: a view of a list that nobody holds stops telling of changes.
    private final ObservableList<DocumentEntry> recentToAll = FXCollections.unmodifiableObservableList(recent);

    /// @param home  the thread that draws
    /// @param name  a first proposal for what others will read
    public Welcome(Strings strings, Ways ways, Executor home, String name) {
        this.strings = strings;
        this.ways = ways;
        this.home = home;
        this.name.set(name);
        link.addListener((property, was, is) -> {
            fromClipboard.set(false);
            trouble.set("");
        });
        this.name.addListener((property, was, is) -> trouble.set(""));
    }

    /// What stands in the field for an invite link.
    public StringProperty link() {
        return link;
    }

    public StringProperty name() {
        return name;
    }

    /// Whether the link was found in the clipboard and not touched since.
    public ReadOnlyBooleanProperty fromClipboard() {
        return fromClipboard.getReadOnlyProperty();
    }

    /// Where the link leads, once that was asked for.
    public ReadOnlyObjectProperty<Optional<Card>> card() {
        return card.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    /// Why it did not go on; empty: nothing is wrong.
    public ReadOnlyStringProperty trouble() {
        return trouble.getReadOnlyProperty();
    }

    public ObservableList<DocumentEntry> recent() {
        return recentToAll;
    }

    public void recent(List<DocumentEntry> documents) {
        recent.setAll(documents);
    }

    public boolean mayHost() {
        return ways.host().isPresent();
    }

    /// The clipboard holds this. Taken if it is an invite link and nothing was typed.
    public void offer(String clipboard) {
        if (link.get().isEmpty() && parsed(clipboard).isPresent()) {
            link.set(clipboard.strip());
            fromClipboard.set(true);
        }
    }

    private static Optional<InviteLink> parsed(String text) {
        try {
            return Optional.of(InviteLink.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Says where the link leads, or why it leads nowhere.
    public void next() {
        if (link.get().isBlank()) {
            trouble.set(strings.get("welcome.link.missing"));
            return;
        }
        parsed(link.get()).ifPresentOrElse(this::follow, () -> trouble.set(strings.get("welcome.link.bad")));
    }

    /// A link that came from outside: shows where it leads.
    public void follow(InviteLink to) {
        var first = to.addresses().getFirst();
        boolean always = to.addresses().stream().allMatch(RelayAddress::secure);
        trouble.set("");
        // The address without TLS is what people know a server in their own network by.
        card.set(Optional.of(new Card(
                to,
                always ? first.toString() : to.addresses().getLast().toString(),
                always ? Secrecy.ENCRYPTED : isHere(first.host()) ? Secrecy.HERE : Secrecy.MAYBE)));
    }

    /// Nothing is looked up: a name that somebody else resolves is not here.
    private static boolean isHere(String host) {
        return LOOPBACK.matcher(host).matches();
    }

    /// Back from the card.
    public void back() {
        if (!busy.get()) {
            trouble.set("");
            card.set(Optional.empty());
        }
    }

    public void join() {
        card.get().ifPresent(it -> {
            String called = name.get().strip();
            if (called.isEmpty()) {
                trouble.set(strings.get("welcome.name.missing"));
            } else {
                go(() -> ways.join(it.link(), called), it.server());
            }
        });
    }

    public void host() {
        ways.host().ifPresent(start -> go(start::get, strings.get("list.thisComputer")));
    }

    public void open(DocumentEntry entry) {
        go(() -> ways.open(entry), entry.relay().toString());
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
                    trouble.set(new Troubles(strings).words(failure, server));
                }
            });
            return done;
        });
    }
}
