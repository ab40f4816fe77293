package coscribe.desktop.viewmodel;

import coscribe.client.DocumentLink;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage.Member;
import java.util.Collection;
import java.util.List;

/// How somebody asks to edit what they may only see. A relay takes no such requests: a person who
/// owns the document is asked, by mail or however people talk to each other.
///
/// @param words    who can help
/// @param message  to send to them
public record AccessRequest(String words, String message) {
    /// @param here  the others who are in the document
    /// @param name  of who asks
    public static AccessRequest of(
            Collection<Member> here, String name, String title, DocumentLink link, Strings strings) {
        var owners = here.stream()
                .filter(member -> member.role() == Role.OWNER)
                .map(member -> member.person().name())
                .distinct()
                .toList();
        return new AccessRequest(words(owners, strings), strings.get("access.message", title, name, link.written()));
    }

    private static String words(List<String> owners, Strings strings) {
        return owners.isEmpty()
                ? strings.get("access.words.nobody")
                : strings.count("access.words", owners.size(), String.join(strings.get("access.and"), owners));
    }
}
