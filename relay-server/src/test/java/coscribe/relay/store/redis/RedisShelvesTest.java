package coscribe.relay.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.ListedDocument;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Role;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// A person's list of documents where several relays share one Redis, and where what is kept of it
/// is not right.
class RedisShelvesTest extends RedisFixture {
    private List<DocumentId> listed(RedisStore relay, PersonId person) {
        return await(relay.documents().list(person, Optional.empty(), 100)).documents().stream()
                .map(ListedDocument::document)
                .toList();
    }

    @Test
    void two_relays_show_one_list() {
        createDocument();
        var here = openRelay();
        var there = openRelay();
        var jon = joins(Role.EDITOR).person();
        var other = DocumentId.random(random);
        Awaitility.await().until(() -> listed(there, jon), List.of(document)::equals);
        await(there.documents().create(other, Epoch.random(random), "Other", jon));
        Awaitility.await().until(() -> listed(here, jon).size() == 2);
        assertThat(listed(here, jon)).isEqualTo(listed(there, jon));

        await(here.documents().grant(document, jon, Optional.empty()));
        assertThat(listed(there, jon)).containsExactly(other);
    }

    @Test
    void a_hint_that_was_lost_comes_back_when_the_document_is_entered() {
        createDocument();
        var here = openRelay();
        Awaitility.await().until(() -> listed(here, owner), List.of(document)::equals);
        try (var admin = server().admin()) {
            assertThat(admin.del("cs:{" + owner.hex() + "}:used")).isOne();
        }
        assertThat(listed(here, owner)).isEmpty();
        var _ = ownerJoins();
        Awaitility.await().until(() -> listed(here, owner), List.of(document)::equals);
    }

    @Test
    void senseless_hints_and_damaged_documents_are_left_out() {
        createDocument();
        var here = openRelay();
        var other = DocumentId.random(random);
        await(here.documents().create(other, Epoch.random(random), "Other", owner));
        try (var admin = server().admin()) {
            admin.zadd("cs:{" + owner.hex() + "}:used", 1e15, "no document");
            admin.hset(new DocumentKeys(other).acl(), bytes(owner.hex()), bytes("emperor"));
        }
        Awaitility.await().until(() -> listed(here, owner), List.of(document)::equals);
        try (var admin = server().admin()) {
            admin.del(new DocumentKeys(other).acl());
            admin.set(new DocumentKeys(other).acl(), bytes("no hash"));
        }
        assertThat(listed(here, owner)).containsExactly(document);
    }

    @Test
    void a_key_of_another_kind_keeps_nobody_out_of_a_document() {
        createDocument();
        try (var admin = server().admin()) {
            var used = "cs:{" + owner.hex() + "}:used";
            Awaitility.await().until(() -> admin.exists(used));
            admin.del(used);
            admin.set(used, "no set");
        }
        assertThat(ownerJoins()).isNotNull();
    }
}
