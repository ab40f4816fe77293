package coscribe.client;

import coscribe.client.link.RelayAddress;
import coscribe.ot.protocol.DocumentId;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A link to a document, for those who may open it: `coscribe://doc/HOST[:PORT]/ID`. It lets nobody
/// in.
///
/// @param addresses  where the relay may be; as an {@link InviteLink}, it does not say whether TLS
///     is spoken
public record DocumentLink(List<RelayAddress> addresses, DocumentId document) {
    private static final Pattern FORM =
            Pattern.compile("coscribe://doc/([^/?#]*)/([0-9a-f]{32})/?", Pattern.CASE_INSENSITIVE);

    public DocumentLink {
        addresses = List.copyOf(addresses);
    }

    /// Throws {@link IllegalArgumentException} with a sentence for people where `text` is no such
    /// link. White space around it is no matter.
    public static DocumentLink parse(String text) {
        Matcher link = FORM.matcher(text.strip());
        if (!link.matches()) {
            throw new IllegalArgumentException("This is no link to a document. One looks like"
                    + " coscribe://doc/docs.example.org/0123456789abcdef0123456789abcdef.");
        }
        return new DocumentLink(
                InviteLink.addresses(link.group(1), false),
                new DocumentId(link.group(2).toLowerCase(Locale.ROOT)));
    }

    public static DocumentLink to(RelayAddress address, DocumentId document) {
        return new DocumentLink(List.of(address), document);
    }

    /// A link that reads as this one.
    public String written() {
        var first = addresses.getFirst();
        return "coscribe://doc/" + first.host() + ":" + first.port() + "/" + document.hex();
    }
}
