package coscribe.desktop.policy;

import coscribe.client.link.RelayAddress;
import coscribe.desktop.policy.PolicySource.Absent;
import coscribe.desktop.policy.PolicySource.Broken;
import coscribe.desktop.policy.PolicySource.Found;
import coscribe.desktop.policy.PolicySource.Reading;
import java.net.URI;
import java.nio.file.Path;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What holds at this computer for this person: what is mandatory, else what they chose, else what
/// is recommended, else what is built in.
///
/// @param servers         which may be joined and asked
/// @param server          the one that an invite code without an address is for, and new documents
///     go to
/// @param serverIsFixed   new documents go there whatever was used last
/// @param mayHost         this computer may be a server itself
/// @param proxy           by which way servers are reached
/// @param extraAuthorities  a file with certificates that are believed beside those of the system
/// @param updates         who is asked for newer versions, and when
/// @param followsLinks    links that the system hands over lead somewhere
/// @param state           what became of reading what is decided
/// @param lines           everything of it, for {@link #report}
public record Policy(
        Servers servers,
        Optional<RelayAddress> server,
        boolean serverIsFixed,
        boolean mayHost,
        Proxying proxy,
        Optional<Path> extraAuthorities,
        Updates updates,
        boolean followsLinks,
        State state,
        List<Line> lines) {
    /// Which way leads out of this computer's network.
    public sealed interface Proxying {
        /// As the system is set.
        record OfSystem() implements Proxying {}

        record None() implements Proxying {}

        record Manual(String host, int port) implements Proxying {}
    }

    /// Who is asked for newer versions. While nobody is known, nobody is asked.
    ///
    /// @param byItself  once a day
    /// @param byHand    the person may ask: nobody decided it for them
    /// @param source    empty: none is known
    public record Updates(boolean byItself, boolean byHand, Optional<Source> source) {
        /// Nobody is asked.
        static final Updates NONE = new Updates(false, false, Optional.empty());
    }

    /// @param address  of a notice, http or https
    /// @param key      of whoever signs it
    public record Source(URI address, ECPublicKey key) {}

    /// What became of reading what is decided.
    public enum State {
        /// It was read, or nothing is decided.
        GOOD,
        /// It makes no sense; the last one that did holds.
        LAST_GOOD,
        /// It makes no sense, and none is known that did: nothing is open.
        CLOSED
    }

    /// @param source  who decided it
    public record Line(String key, String value, String source) {}

    public Policy {
        lines = List.copyOf(lines);
    }

    /// Nobody decided anything.
    public static Policy none() {
        return of("", new Absent(), new Properties());
    }

    /// Of a program that came in no package.
    public static Policy of(String place, Reading reading, Properties chosen) {
        return of(place, reading, chosen, new Properties());
    }

    /// @param place     where it was read, as people find it
    /// @param chosen    by the person: names and texts
    /// @param packaged  likewise, by whoever made the package that the program came in
    public static Policy of(String place, Reading reading, Properties chosen, Properties packaged) {
        return switch (reading) {
            case Absent() ->
                new Reader(new Found(Map.of(), Map.of()), chosen, packaged)
                        .read(State.GOOD, new Line("managed settings", "none", place));
            case Found found ->
                new Reader(found, chosen, packaged).read(State.GOOD, new Line("managed settings", "in use", place));
            case Broken(var sentence, var last) ->
                last.map(found -> new Reader(found, chosen, packaged)
                                .read(
                                        State.LAST_GOOD,
                                        new Line("managed settings", "BROKEN: " + sentence, place),
                                        new Line("", "the last good ones hold", "this profile")))
                        .orElseGet(() -> new Reader(CLOSED, new Properties(), new Properties())
                                .read(
                                        State.CLOSED,
                                        new Line("managed settings", "BROKEN: " + sentence, place),
                                        new Line("", "no good ones are known: nothing is open", "")));
        };
    }

    private static final Found CLOSED = new Found(
            Map.of(
                    Key.RELAYS_ALLOWED.word(), new Value.Texts(List.of()),
                    Key.HOST_RELAY.word(), new Value.Flag(false),
                    Key.UPDATES.word(), new Value.Text("off"),
                    Key.DEEP_LINKS.word(), new Value.Flag(false)),
            Map.of());

    /// A table, for people who run computers.
    public String report() {
        int keys = lines.stream().mapToInt(line -> line.key().length()).max().orElse(0);
        int values = Math.min(
                60, lines.stream().mapToInt(line -> line.value().length()).max().orElse(0));
        var text = new StringBuilder();
        for (Line line : lines) {
            text.append(("%-" + keys + "s  %-" + values + "s  %s")
                            .formatted(line.key(), line.value(), line.source())
                            .stripTrailing())
                    .append('\n');
        }
        return text.toString();
    }

    /// Settles each setting, and notes who did.
    private static final class Reader {
        private final Found found;
        private final Properties chosen;
        private final Properties packaged;
        private final List<Line> lines = new ArrayList<>();
        private final Map<Key, Value> settled = new EnumMap<>(Key.class);

        Reader(Found found, Properties chosen, Properties packaged) {
            this.found = found;
            this.chosen = chosen;
            this.packaged = packaged;
        }

        Policy read(State state, Line... head) {
            lines.addAll(List.of(head));
            for (Key key : Key.values()) {
                settle(key);
            }
            if (value(Key.PROXY_MODE).map(Key::text).filter("manual"::equals).isPresent()
                    && value(Key.PROXY_URL).isEmpty()) {
                lines.add(new Line(
                        Key.PROXY_MODE.word(), "wants " + Key.PROXY_URL.word(), "as the system is set until then"));
            }
            var updates = updates();
            sayWhatIsMissing();
            unknown(found.mandatory(), "mandatory");
            unknown(found.recommended(), "recommended");
            return new Policy(
                    value(Key.RELAYS_ALLOWED).map(Key::texts).map(Servers::of).orElse(Servers.ANY),
                    value(Key.RELAYS_DEFAULT).map(Key::text).map(Key::server),
                    found.mandatory().containsKey(Key.RELAYS_DEFAULT.word()),
                    value(Key.HOST_RELAY).map(Key::flag).orElse(true),
                    proxy(),
                    value(Key.EXTRA_CA).map(Key::text).map(Key::file),
                    updates,
                    value(Key.DEEP_LINKS).map(Key::flag).orElse(true),
                    state,
                    lines);
        }

        private void settle(Key key) {
            if (key.builtIn().isEmpty()) {
                ofAnotherVersion(key);
                return;
            }
            var mandatory = Optional.ofNullable(found.mandatory().get(key.word()));
            if (mandatory.isPresent()) {
                settle(key, mandatory.get(), "mandatory");
                return;
            }
            if (settle(key, chosen, "chosen here")) {
                return;
            }
            var recommended = Optional.ofNullable(found.recommended().get(key.word()));
            if (recommended.isPresent()) {
                settle(key, recommended.get(), "recommended");
            } else if (!settle(key, packaged, "this package")) {
                lines.add(new Line(key.word(), key.builtIn().orElseThrow(), "built in"));
            }
        }

        /// @param written  names and texts, of which one that makes no sense is as none
        private boolean settle(Key key, Properties written, String source) {
            try {
                var value = Optional.ofNullable(written.getProperty(key.word())).map(text -> key.read(text.strip()));
                value.ifPresent(it -> settle(key, it, source));
                return value.isPresent();
            } catch (IllegalArgumentException e) {
                lines.add(new Line(key.word(), "ignored: " + e.getMessage(), source));
                return false;
            }
        }

        private void settle(Key key, Value value, String source) {
            settled.put(key, value);
            lines.add(new Line(key.word(), value.written(), source + remark(key, value)));
        }

        private static String remark(Key key, Value value) {
            return switch (key) {
                case UPDATES ->
                    Key.text(value).equals("auto") ? "; tells of newer versions, and installs none by itself" : "";
                case PROXY_MODE ->
                    Key.text(value).equals("pac") ? "; as the system is set, which may be a script, too" : "";
                default -> "";
            };
        }

        private void ofAnotherVersion(Key key) {
            for (var part :
                    List.of(Map.entry("mandatory", found.mandatory()), Map.entry("recommended", found.recommended()))) {
                Optional.ofNullable(part.getValue().get(key.word()))
                        .ifPresent(value -> lines.add(
                                new Line(key.word(), value.written(), part.getKey() + "; no effect in this version")));
            }
        }

        private void unknown(Map<String, Value> part, String source) {
            new TreeMap<>(part).forEach((name, value) -> {
                if (Key.named(name).isEmpty()) {
                    String meant = Key.near(name)
                            .map(it -> "; did you mean '" + it + "'?")
                            .orElse("");
                    lines.add(new Line(name, value.written(), source + "; unknown, no effect" + meant));
                }
            });
        }

        private Optional<Value> value(Key key) {
            return Optional.ofNullable(settled.get(key));
        }

        /// Where somebody decided half of it.
        private void sayWhatIsMissing() {
            var missing = Stream.of(Key.UPDATES_URL, Key.UPDATES_KEY)
                    .filter(key -> value(key).isEmpty())
                    .map(Key::word)
                    .toList();
            if (missing.size() == 1 || (missing.size() == 2 && !isOff())) {
                lines.add(new Line(
                        Key.UPDATES.word(), "wants " + String.join(" and ", missing), "nobody is asked until then"));
            }
        }

        private boolean isOff() {
            return value(Key.UPDATES).map(Key::text).orElse("off").equals("off");
        }

        private Updates updates() {
            var address = value(Key.UPDATES_URL).map(Key::text).map(Key::announced);
            var key = value(Key.UPDATES_KEY).map(Key::text).map(Key::signer);
            if (address.isEmpty() || key.isEmpty()) {
                return Updates.NONE;
            }
            boolean decided = found.mandatory().containsKey(Key.UPDATES.word());
            return new Updates(!isOff(), !decided, Optional.of(new Source(address.get(), key.get())));
        }

        private Proxying proxy() {
            return switch (value(Key.PROXY_MODE).map(Key::text).orElse("system")) {
                case "none" -> new Proxying.None();
                case "manual" ->
                    value(Key.PROXY_URL)
                            .map(Key::text)
                            .map(Key::proxy)
                            .<Proxying>map(uri -> new Proxying.Manual(uri.getHost(), uri.getPort()))
                            .orElseGet(Proxying.OfSystem::new);
                default -> new Proxying.OfSystem();
            };
        }
    }
}
