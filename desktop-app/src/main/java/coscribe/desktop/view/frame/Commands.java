package coscribe.desktop.view.frame;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/// What this window can do: for each {@link Command} that exists here, how it is done, whether it
/// can be done now, and whether it is on. A command that nobody put in is shown nowhere.
public final class Commands {
    private static final ObservableBooleanValue ALWAYS = Bindings.createBooleanBinding(() -> true);

    private final Map<Command, Doing> all = new EnumMap<>(Command.class);

    /// @param enabled  whether it can be done now
    /// @param on       for what is on or off: whether it is on
    record Doing(Runnable run, ObservableBooleanValue enabled, Optional<ObservableBooleanValue> on) {}

    @CanIgnoreReturnValue
    public Commands put(Command command, Runnable run) {
        return put(command, run, ALWAYS);
    }

    /// @param enabled  keep a reference to a binding elsewhere: this one is strong, its sources'
    ///     are not
    @CanIgnoreReturnValue
    public Commands put(Command command, Runnable run, ObservableBooleanValue enabled) {
        all.put(command, new Doing(run, enabled, Optional.empty()));
        return this;
    }

    /// A command that is on or off.
    ///
    /// @param run  turns it
    @CanIgnoreReturnValue
    public Commands putToggle(
            Command command, Runnable run, ObservableBooleanValue enabled, ObservableBooleanValue on) {
        all.put(command, new Doing(run, enabled, Optional.of(on)));
        return this;
    }

    /// As above, always possible.
    @CanIgnoreReturnValue
    public Commands putToggle(Command command, Runnable run, ObservableBooleanValue on) {
        return putToggle(command, run, ALWAYS, on);
    }

    Optional<Doing> get(Command command) {
        return Optional.ofNullable(all.get(command));
    }

    /// The keys that no menu item has: the second and further ones of a command.
    Map<KeyCombination, Command> moreKeys() {
        var keys = new HashMap<KeyCombination, Command>();
        all.keySet().forEach(command -> command.keys().stream().skip(1).forEach(each -> keys.put(each, command)));
        return keys;
    }

    /// What a key asks for.
    Optional<Command> of(KeyEvent pressed) {
        return all.keySet().stream()
                .filter(command -> command.keys().stream().anyMatch(keys -> keys.match(pressed)))
                .findFirst();
    }

    boolean has(Command command) {
        return all.containsKey(command);
    }

    /// Does it, if it is there and can be done now; says whether.
    @CanIgnoreReturnValue
    public boolean run(Command command) {
        var doing = get(command).filter(it -> it.enabled().get());
        doing.ifPresent(it -> it.run().run());
        return doing.isPresent();
    }
}
