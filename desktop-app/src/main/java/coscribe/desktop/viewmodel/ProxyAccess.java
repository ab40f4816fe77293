package coscribe.desktop.viewmodel;

import java.util.function.BiConsumer;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// Signing in to the network's proxy. What is typed is kept in memory until the program ends.
///
/// On the thread that draws.
public final class ProxyAccess {
    private final Strings strings;
    private final BiConsumer<String, char[]> use;
    private final Runnable done;
    private final String words;
    private final StringProperty name = new SimpleStringProperty("");
    private final StringProperty password = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper trouble = new ReadOnlyStringWrapper("");

    /// @param proxy    as people read its address
    /// @param refused  it did not take the last name and password
    /// @param use      signs in with these from now on
    /// @param done     there is something to try with
    public ProxyAccess(Strings strings, String proxy, boolean refused, BiConsumer<String, char[]> use, Runnable done) {
        this.strings = strings;
        this.use = use;
        this.done = done;
        this.words = strings.get(refused ? "proxy.refused" : "proxy.words", proxy);
        name.addListener((property, was, is) -> trouble.set(""));
    }

    /// Why somebody is asked.
    public String words() {
        return words;
    }

    public StringProperty name() {
        return name;
    }

    public StringProperty password() {
        return password;
    }

    /// Why it did not go on; empty: nothing is wrong.
    public ReadOnlyStringProperty trouble() {
        return trouble.getReadOnlyProperty();
    }

    public void signIn() {
        if (name.get().isBlank()) {
            trouble.set(strings.get("proxy.name.missing"));
            return;
        }
        use.accept(name.get().strip(), password.get().toCharArray());
        password.set("");
        done.run();
    }
}
