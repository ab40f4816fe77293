package coscribe.desktop.policy;

import coscribe.client.link.RelayAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which servers this computer may have to do with.
///
/// @param named  empty: any; an empty list: none
public record Servers(Optional<List<Entry>> named) {
    public static final Servers ANY = new Servers(Optional.empty());
    public static final Servers NONE = new Servers(Optional.of(List.of()));

    private static final Pattern ENTRY =
            Pattern.compile("(\\*\\.)?(\\[[0-9a-f:.]{2,45}]|[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)(?::([0-9]{1,5}))?");

    /// A line of the list.
    ///
    /// @param host    or, with `within`, a domain: everything in it, and not itself
    /// @param port    empty: any
    public record Entry(String host, boolean within, OptionalInt port) {
        boolean covers(RelayAddress address) {
            boolean sameHost = within
                    ? address.host().endsWith("." + host)
                    : address.host().equals(host);
            return sameHost && (port.isEmpty() || port.getAsInt() == address.port());
        }
    }

    /// From `HOST`, `HOST:PORT`, `*.DOMAIN` or `*.DOMAIN:PORT`. Throws {@link
    /// IllegalArgumentException} with the end of a sentence.
    static Servers of(List<String> lines) {
        return new Servers(Optional.of(lines.stream().map(Servers::entry).toList()));
    }

    private static Entry entry(String line) {
        Matcher parts = ENTRY.matcher(line.strip().toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw new IllegalArgumentException("names '" + line
                    + "'; a server is named as docs.example.org, docs.example.org:7450 or *.example.org");
        }
        String port = parts.group(3);
        var number = port == null ? OptionalInt.empty() : Key.port(port);
        if (port != null && number.isEmpty()) {
            throw new IllegalArgumentException("names '" + line + "'; a port is one from 1 to 65535");
        }
        return new Entry(parts.group(2), parts.group(1) != null, number);
    }

    public boolean allows(RelayAddress address) {
        return named.isEmpty() || named.get().stream().anyMatch(entry -> entry.covers(address));
    }
}
