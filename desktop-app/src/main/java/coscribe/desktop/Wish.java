package coscribe.desktop;

import coscribe.client.DocumentLink;
import coscribe.client.InviteLink;
import java.util.Locale;

/// What somebody who starts the editor wants from it.
public sealed interface Wish {
    /// A window, whichever.
    record Window() implements Wish {}

    /// To come in by an invite link.
    record Join(InviteLink link) implements Wish {}

    /// A document that they may open.
    record Open(DocumentLink link) implements Wish {}

    /// From a link, or an empty text for a window. Throws {@link IllegalArgumentException} with a
    /// sentence for people.
    static Wish parse(String link) {
        if (link.isBlank()) {
            return new Window();
        }
        return link.strip().toLowerCase(Locale.ROOT).startsWith("coscribe://doc/")
                ? new Open(DocumentLink.parse(link))
                : new Join(InviteLink.parse(link));
    }

    /// What {@link #parse} reads. Whoever has it may be let in.
    default String written() {
        return switch (this) {
            case Window() -> "";
            case Join(var link) -> link.written();
            case Open(var link) -> link.written();
        };
    }
}
