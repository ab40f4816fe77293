package coscribe.client;

import coscribe.client.link.RelayAddress;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A link that lets somebody in: `coscribe://join/HOST[:PORT]/CODE` or
/// `https://HOST[:PORT]/j/CODE`. Case and dashes of the code do not matter.
///
/// @param addresses  where to try, in this order. A `coscribe:` link does not say whether the relay
///     speaks TLS: TLS is tried first, and a connection without it only at an address that cannot
///     leave the own network
/// @param code       12 characters of the alphabet without 0 O 1 I L, upper case
public record InviteLink(List<RelayAddress> addresses, String code) {
    private static final Pattern JOIN =
            Pattern.compile("coscribe://join/([^/?#]*)/([^/?#]*)/?", Pattern.CASE_INSENSITIVE);
    private static final Pattern LANDING = Pattern.compile("https://([^/?#]*)/j/([^/?#]*)/?", Pattern.CASE_INSENSITIVE);
    private static final Pattern HOST =
            Pattern.compile("(\\[[0-9a-f:.]{2,45}]|[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)(?::([0-9]{1,5}))?");
    private static final Pattern CODE = Pattern.compile("[2-9A-HJKMNP-Z]{12}");
    private static final Pattern OWN_NETWORK =
            Pattern.compile("[a-z0-9-]+(\\.local)?|127\\.\\d+\\.\\d+\\.\\d+|10\\.\\d+\\.\\d+\\.\\d+"
                    + "|192\\.168\\.\\d+\\.\\d+|172\\.(1[6-9]|2\\d|3[01])\\.\\d+\\.\\d+"
                    + "|169\\.254\\.\\d+\\.\\d+|\\[::1]|\\[f[cd][0-9a-f:.]+]|\\[fe[89ab][0-9a-f:.]+]");

    public InviteLink {
        addresses = List.copyOf(addresses);
    }

    /// Throws {@link IllegalArgumentException} with a sentence for people where `text` is no such
    /// link. White space around it is no matter.
    public static InviteLink parse(String text) {
        String link = text.strip();
        if (link.length() > 400) {
            throw new IllegalArgumentException("This is too long for an invite link.");
        }
        Matcher join = JOIN.matcher(link);
        if (join.matches()) {
            return of(join.group(1), join.group(2), false);
        }
        Matcher landing = LANDING.matcher(link);
        if (landing.matches()) {
            return of(landing.group(1), landing.group(2), true);
        }
        throw new IllegalArgumentException(
                "This is no invite link. One looks like coscribe://join/docs.example.org/7F3K-Q9TM-2XWD.");
    }

    private static InviteLink of(String place, String codeAsTyped, boolean secureOnly) {
        var addresses = addresses(place, secureOnly);
        String code = codeAsTyped.replace("-", "").toUpperCase(Locale.ROOT);
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException(
                    "The invite link's code is not right: it has 12 letters and digits, none of them 0, O, 1, I or L."
                            + " Copy the whole link once more.");
        }
        return new InviteLink(addresses, code);
    }

    /// Where to try, in this order.
    ///
    /// @param place  `HOST[:PORT]`
    static List<RelayAddress> addresses(String place, boolean secureOnly) {
        Matcher host = HOST.matcher(place.toLowerCase(Locale.ROOT));
        if (!host.matches()) {
            throw new IllegalArgumentException("The link names no server that could exist.");
        }
        OptionalInt port =
                host.group(2) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(host.group(2)));
        if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > 65_535)) {
            throw new IllegalArgumentException("The link's port is not one from 1 to 65535.");
        }
        var secure = RelayAddress.of(host.group(1), port, true);
        boolean mayBePlain = !secureOnly && OWN_NETWORK.matcher(host.group(1)).matches();
        return mayBePlain ? List.of(secure, RelayAddress.of(host.group(1), port, false)) : List.of(secure);
    }

    /// The code as people read it.
    public String codeInGroups() {
        return code.substring(0, 4) + "-" + code.substring(4, 8) + "-" + code.substring(8);
    }

    /// A link that reads as this one. Whoever has it can come in.
    public String written() {
        var first = addresses.getFirst();
        String place = first.host() + ":" + first.port() + "/";
        boolean secureOnly = addresses.stream().allMatch(RelayAddress::secure);
        return secureOnly ? "https://" + place + "j/" + codeInGroups() : "coscribe://join/" + place + codeInGroups();
    }

    /// Hides the code: whoever has it can come in.
    @Override
    public String toString() {
        return "InviteLink[" + addresses.getFirst() + "]";
    }
}
