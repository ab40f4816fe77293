package coscribe.desktop.viewmodel;

import coscribe.client.InviteLink;
import coscribe.client.link.RelayAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
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
    /// How a way in is gone. Futures may complete anywhere; one that is cancelled leads nowhere.
    public interface Ways {
        CompletableFuture<?> join(InviteLink link, String name);

        /// Empty: this computer may not be a server.
        Optional<Supplier<CompletableFuture<?>>> host();

        CompletableFuture<?> open(DocumentEntry recent);

        /// Asks for what the network's proxy wants to know.
        void signInToProxy(String proxy);
    }

    /// What is decided for this computer.
    ///
    /// @param allows    whether a server may be joined
    /// @param server    the one that a code without an address is for
    /// @param isBroken  it cannot be read what is decided, so nothing is allowed
    public record Rules(Predicate<RelayAddress> allows, Optional<RelayAddress> server, boolean isBroken) {
        /// Nothing is.
        public static final Rules NONE = new Rules(address -> true, Optional.empty(), false);
    }

    /// Whether what is written can be read on its way.
    public enum Secrecy {
        ENCRYPTED,
        /// As it was when this person was there before, or as it was decided for this computer.
        NOT_ENCRYPTED,
        /// Encrypted if the server can; a server in one's own network may not. Nobody asks it before
        /// the person says so: a link does nothing by itself.
        MAYBE,
        /// The server is on this computer: it goes over no network.
        HERE,
    }

    /// Where a link leads.
    ///
    /// @param server   as people read its address
    /// @param refusal  why it may not be joined; empty: it may
    public record Card(InviteLink link, String server, Secrecy secrecy, String refusal) {}

    private final Strings strings;
    private final Ways ways;
    private final Rules rules;
    private final Executor home;
    private final StringProperty link = new SimpleStringProperty("");
    private final StringProperty name = new SimpleStringProperty("");
    private final ReadOnlyBooleanWrapper fromClipboard = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Optional<Card>> card = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private Optional<CompletableFuture<?>> going = Optional.empty();
    private final ReadOnlyStringWrapper trouble = new ReadOnlyStringWrapper("");
    private Optional<InviteLink> joined = Optional.empty(); // the one that led in last
    private final ReadOnlyObjectWrapper<Optional<String>> proxy = new ReadOnlyObjectWrapper<>(Optional.empty());
    private List<RelayAddress> met = List.of();
    private final ObservableList<DocumentEntry> recent = FXCollections.observableArrayList();
    // One for all, held here: a view of a list that nobody holds stops telling of changes.
    private final ObservableList<DocumentEntry> recentToAll = FXCollections.unmodifiableObservableList(recent);

    /// @param home  the thread that draws
    /// @param name  a first proposal for what others will read
    public Welcome(Strings strings, Ways ways, Rules rules, Executor home, String name) {
        this.strings = strings;
        this.ways = ways;
        this.rules = rules;
        this.home = home;
        this.name.set(name);
        link.addListener((property, was, is) -> {
            fromClipboard.set(false);
            clear();
        });
        this.name.addListener((property, was, is) -> clear());
    }

    private void clear() {
        trouble.set("");
        proxy.set(Optional.empty());
    }

    /// What stands over the field for an invite link.
    public String linkWords() {
        return rules.server()
                .map(server -> strings.get("welcome.link.orCode", server))
                .orElseGet(() -> strings.get("welcome.link"));
    }

    /// What is wrong with this computer as it is set up; empty: nothing.
    public String brokenRules() {
        return rules.isBroken() ? strings.get("trouble.policyBroken") : "";
    }

    /// The network's proxy that wants to be signed in to before anything goes on.
    public ReadOnlyObjectProperty<Optional<String>> proxy() {
        return proxy.getReadOnlyProperty();
    }

    public void signInToProxy() {
        proxy.get().ifPresent(ways::signInToProxy);
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

    /// Where this person was before, and whether it was encrypted there.
    public void met(List<RelayAddress> relays) {
        met = List.copyOf(relays);
        if (!busy.get()) {
            card.get().ifPresent(shown -> card.set(Optional.of(card(shown.link()))));
        }
    }

    public boolean mayHost() {
        return ways.host().isPresent();
    }

    /// The clipboard holds this. Taken if it is an invite link and nothing was typed, and not the
    /// one that led in before.
    public void offer(String clipboard) {
        boolean untouched = link.get().isEmpty() || fromClipboard.get();
        if (untouched
                && parsed(clipboard)
                        .filter(it -> !joined.equals(Optional.of(it)))
                        .isPresent()) {
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
        parsed(link.get())
                .or(this::codeAlone)
                .ifPresentOrElse(this::follow, () -> trouble.set(strings.get("welcome.link.bad")));
    }

    /// A code is for the server that is decided on.
    private Optional<InviteLink> codeAlone() {
        return rules.server()
                .flatMap(server -> parsed("coscribe://join/" + server.host() + "/"
                                + link.get().strip())
                        .map(any -> new InviteLink(List.of(server), any.code())));
    }

    /// A link that came from outside: shows where it leads.
    public void follow(InviteLink to) {
        clear();
        card.set(Optional.of(card(to)));
    }

    private Card card(InviteLink to) {
        // The address without TLS is what people know a server in their own network by.
        String server = to.addresses().getLast().toString();
        return new Card(
                to,
                server,
                secrecy(to),
                to.addresses().stream().anyMatch(rules.allows())
                        ? ""
                        : strings.get(rules.isBroken() ? "trouble.policyBroken" : "trouble.notAllowed", server));
    }

    private Secrecy secrecy(InviteLink to) {
        if (asEncrypted(to).addresses().stream().allMatch(RelayAddress::secure)) {
            return Secrecy.ENCRYPTED;
        }
        if (to.addresses().getFirst().isLoopback()) {
            return Secrecy.HERE;
        }
        boolean never = to.addresses().stream().noneMatch(RelayAddress::secure);
        boolean wasNot = to.addresses().stream().anyMatch(met::contains);
        return never || wasNot ? Secrecy.NOT_ENCRYPTED : Secrecy.MAYBE;
    }

    /// Where it was encrypted before it stays so: nobody in between can have it otherwise.
    private InviteLink asEncrypted(InviteLink to) {
        return to.addresses().stream()
                .filter(address -> address.secure() && met.contains(address))
                .findFirst()
                .map(address -> new InviteLink(List.of(address), to.code()))
                .orElse(to);
    }

    /// Gives up what is going on, at once; where nothing is, back from the card.
    public void back() {
        if (busy.get()) {
            going.ifPresent(way -> way.cancel(false));
            going = Optional.empty();
            busy.set(false);
            clear();
        } else {
            begin();
        }
    }

    /// From the beginning, unless something is going on.
    public void begin() {
        if (!busy.get()) {
            clear();
            card.set(Optional.empty());
        }
    }

    public void join() {
        card.get().filter(it -> it.refusal().isEmpty()).ifPresent(it -> {
            String called = name.get().strip();
            if (called.isEmpty()) {
                trouble.set(strings.get("welcome.name.missing"));
            } else {
                go(() -> ways.join(asEncrypted(it.link()), called), it.server(), () -> done(it));
            }
        });
    }

    public void host() {
        ways.host().ifPresent(start -> go(start::get, strings.get("list.thisComputer"), () -> {}));
    }

    public void open(DocumentEntry entry) {
        go(() -> ways.open(entry), entry.relay().toString(), () -> {});
    }

    /// A link is done with once it led in. Another one may have come from outside meanwhile.
    private void done(Card with) {
        joined = Optional.of(with.link());
        if (parsed(link.get()).equals(joined)) {
            link.set("");
        }
        if (card.get().equals(Optional.of(with))) {
            card.set(Optional.empty());
        }
    }

    /// @param then  runs when it led in
    private void go(Supplier<CompletableFuture<?>> way, String server, Runnable then) {
        if (busy.get()) {
            return;
        }
        busy.set(true);
        clear();
        var gone = way.get();
        going = Optional.of(gone);
        var _ = gone.handle((done, failure) -> {
            home.execute(() -> {
                if (going.filter(it -> it == gone).isEmpty()) {
                    return; // given up
                }
                going = Optional.empty();
                busy.set(false);
                if (failure == null) {
                    then.run();
                } else {
                    var why = new Troubles(strings).told(failure, server);
                    trouble.set(why.words());
                    proxy.set(why.proxy());
                }
            });
            return done;
        });
    }
}
