package coscribe.desktop.viewmodel;

import coscribe.client.InviteLink;
import coscribe.client.link.RelayAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// The way back for somebody whom a server has signed out: another invite link to it. This computer
/// stays the same person there, so what was typed meanwhile is sent as theirs.
///
/// On the thread that draws.
public final class SignInAgain {
    private final Strings strings;
    private final RelayAddress relay;
    private final Function<InviteLink, CompletableFuture<?>> follow;
    private final Executor home;
    private final Runnable done;
    private final StringProperty link = new SimpleStringProperty("");
    private final ReadOnlyBooleanWrapper fromClipboard = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper trouble = new ReadOnlyStringWrapper("");

    /// @param relay   where somebody is signed out
    /// @param follow  goes in by a link; the future may complete anywhere
    /// @param home    the thread that draws
    /// @param done    somebody is in again
    public SignInAgain(
            Strings strings,
            RelayAddress relay,
            Function<InviteLink, CompletableFuture<?>> follow,
            Executor home,
            Runnable done) {
        this.strings = strings;
        this.relay = relay;
        this.follow = follow;
        this.home = home;
        this.done = done;
        link.addListener((property, was, is) -> {
            fromClipboard.set(false);
            trouble.set("");
        });
    }

    /// As people read its address.
    public String server() {
        return relay.toString();
    }

    /// What stands in the field for an invite link.
    public StringProperty link() {
        return link;
    }

    /// Whether the link was found in the clipboard and not touched since.
    public ReadOnlyBooleanProperty fromClipboard() {
        return fromClipboard.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    /// Why it did not go on; empty: nothing is wrong.
    public ReadOnlyStringProperty trouble() {
        return trouble.getReadOnlyProperty();
    }

    /// The clipboard holds this. Taken if it is an invite link to this server and nothing was
    /// typed.
    public void offer(String clipboard) {
        boolean fits = parsed(clipboard).filter(this::leadsHere).isPresent();
        if (link.get().isEmpty() && fits) {
            link.set(clipboard.strip());
            fromClipboard.set(true);
        }
    }

    public void signIn() {
        if (busy.get()) {
            return;
        }
        if (link.get().isBlank()) {
            trouble.set(strings.get("welcome.link.missing"));
            return;
        }
        var to = parsed(link.get());
        if (to.isEmpty()) {
            trouble.set(strings.get("welcome.link.bad"));
        } else if (!leadsHere(to.get())) {
            trouble.set(strings.get("signIn.elsewhere", server()));
        } else {
            go(to.get());
        }
    }

    private void go(InviteLink to) {
        busy.set(true);
        trouble.set("");
        var _ = follow.apply(to).handle((ignored, failure) -> {
            home.execute(() -> {
                busy.set(false);
                if (failure == null) {
                    link.set("");
                    done.run();
                } else {
                    trouble.set(new Troubles(strings).words(failure, server()));
                }
            });
            return true;
        });
    }

    private boolean leadsHere(InviteLink to) {
        return to.addresses().contains(relay);
    }

    private static Optional<InviteLink> parsed(String text) {
        try {
            return Optional.of(InviteLink.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
