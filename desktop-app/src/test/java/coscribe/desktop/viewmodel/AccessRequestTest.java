package coscribe.desktop.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.DocumentLink;
import coscribe.client.link.RelayAddress;
import coscribe.ot.presence.PaletteSlot;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Role;
import coscribe.ot.protocol.ServerMessage.Member;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccessRequestTest {
    private static final DocumentLink LINK =
            DocumentLink.to(new RelayAddress("docs.example.org", 443, true), new DocumentId("ab".repeat(16)));

    private static Member member(String name, Role role) {
        String id = "%02x".formatted(name.hashCode() & 0xff).repeat(16);
        return new Member(
                new ClientId(id), new Person(new PersonId(id), name, PaletteSlot.of(id)), role, Optional.empty());
    }

    private static AccessRequest request(Member... here) {
        return AccessRequest.of(List.of(here), "Jon", "Plan", LINK, Strings.of(Locale.UK));
    }

    @Test
    void an_owner_who_is_here_is_named() {
        assertThat(request(member("Mara", Role.OWNER), member("Aiko", Role.EDITOR))
                        .words())
                .startsWith("Mara owns this document and is here now. Coscribe does not write to them for you:");
        assertThat(request(member("Mara", Role.OWNER), member("Aiko", Role.OWNER))
                        .words())
                .startsWith("Mara, Aiko own this document and are here now.");
    }

    @Test
    void where_none_is_here_nobody_is_made_up() {
        assertThat(request(member("Aiko", Role.EDITOR)).words())
                .startsWith("Only an owner of this document can let you edit, and none is here now.");
    }

    @Test
    void the_message_says_what_to_do_for_whom_and_where() {
        assertThat(request().message())
                .isEqualTo("Could you let me edit 'Plan'? In Coscribe: Share, 'can edit', Copy Link, and send the link"
                        + " to me. Jon (coscribe://doc/docs.example.org:443/" + "ab".repeat(16) + ")");
    }
}
