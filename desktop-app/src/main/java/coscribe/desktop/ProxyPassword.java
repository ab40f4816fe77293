package coscribe.desktop;

import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What somebody typed to sign in to the network's proxy, in memory. Java asks for it, through
/// {@link Authenticator}, on the thread of each connection; one that asks twice was refused, and
/// the same password is not tried again: companies lock accounts for that.
final class ProxyPassword extends Authenticator {
    private final ThreadLocal<Optional<PasswordAuthentication>> given = ThreadLocal.withInitial(Optional::empty);
    private Optional<PasswordAuthentication> typed = Optional.empty(); // guarded by this
    private boolean refused; // guarded by this

    /// From now on.
    synchronized void use(String name, char[] password) {
        typed = Optional.of(new PasswordAuthentication(name, password));
        refused = false;
    }

    /// Whether the proxy did not take what was typed last.
    synchronized boolean refused() {
        return refused;
    }

    @Override
    protected synchronized @Nullable PasswordAuthentication getPasswordAuthentication() {
        if (getRequestorType() != RequestorType.PROXY || typed.isEmpty()) {
            return null;
        }
        if (given.get().equals(typed)) {
            typed = Optional.empty();
            refused = true;
            return null;
        }
        given.set(typed);
        return typed.get();
    }
}
