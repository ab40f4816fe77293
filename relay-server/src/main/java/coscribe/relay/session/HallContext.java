package coscribe.relay.session;

import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.Person;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage.Durability;
import coscribe.ot.protocol.ServerMessage.Member;
import coscribe.ot.protocol.ServerMessage.PresenceUpdate;
import coscribe.ot.wire.MalformedMessageException;
import coscribe.ot.wire.Wire;
import coscribe.relay.sequencing.KnownCommit;
import coscribe.relay.sequencing.Lane.LaneContext;
import coscribe.relay.store.DamagedDocumentException;
import coscribe.relay.store.LogEntry;
import coscribe.relay.store.PresenceStore;
import coscribe.relay.store.ReadResult;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// What all halls of a relay share.
///
/// @param steady  goes on evenly, whatever the relay's clock is set to: for how long something is
record HallContext(
        LaneContext lanes,
        InstantSource steady,
        PresenceStore presence,
        Names names,
        Durability durability,
        int mostPeople,
        SessionMetrics metrics) {
    /// A newcomer who missed more gets the document instead.
    static final int BACKFILL_COMMITS = 50_000;

    private static final int READ_ENTRIES = 1_000;
    private static final int READ_BYTES = 1 << 20;

    long nowMillis() {
        return steady.millis();
    }

    /// A stretch of the log after `revision`; nothing where it does not reach back so far.
    CompletionStage<List<KnownCommit>> readLog(DocumentId document, Revision revision) {
        return lanes.store().read(document, revision, READ_ENTRIES, READ_BYTES).thenApply(result -> switch (result) {
            case ReadResult.Entries entries -> decode(document, entries.entries());
            case ReadResult.OutOfReach _, ReadResult.Absent _ -> List.of();
        });
    }

    private List<KnownCommit> decode(DocumentId document, List<LogEntry> entries) {
        var commits = new ArrayList<KnownCommit>(entries.size());
        for (LogEntry entry : entries) {
            try {
                commits.add(new KnownCommit(lanes.codec().decode(entry.bytes()), entry.bytes(), entry.chain()));
            } catch (IllegalArgumentException e) {
                throw new DamagedDocumentException(document, "revision " + entry.revision() + " is no commit");
            }
        }
        return commits;
    }

    // Between relays, presence is signed with the sender's name and a newline: a relay does not hear itself.

    byte[] signed(byte[] message) {
        byte[] name = (lanes.relay() + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(name, name.length + message.length);
        System.arraycopy(message, 0, all, name.length, message.length);
        return all;
    }

    Optional<PresenceUpdate> fromOthers(byte[] signed) {
        int end = 0;
        while (end < signed.length && signed[end] != '\n') {
            end++;
        }
        if (end == signed.length || new String(signed, 0, end, StandardCharsets.UTF_8).equals(lanes.relay())) {
            return Optional.empty();
        }
        return update(Arrays.copyOfRange(signed, end + 1, signed.length));
    }

    private static Optional<PresenceUpdate> update(byte[] message) {
        try {
            return Wire.decodeServer(message) instanceof PresenceUpdate update ? Optional.of(update) : Optional.empty();
        } catch (MalformedMessageException e) {
            return Optional.empty(); // soft state of another version; the next word puts it right
        }
    }

    void renew(DocumentId document, List<Member> local) {
        Map<ClientId, byte[]> records = new HashMap<>();
        local.forEach(
                member -> records.put(member.client(), Wire.encode(new PresenceUpdate(List.of(member), List.of()))));
        presence.renew(document, records).exceptionally(failure -> null).thenAccept(done -> {});
    }

    /// How somebody looks in a document; their wish, where the store does not say.
    CompletionStage<Person> seated(DocumentId document, Person person, Set<PersonId> here) {
        return presence.seat(document, person.id(), person.slot(), here, Limits.SLOT_KEPT)
                .exceptionally(failure -> person.slot())
                .thenApply(slot -> new Person(person.id(), person.name(), slot));
    }

    /// Everybody who is in the document at any relay, as far as it is known.
    CompletionStage<List<PresenceUpdate>> present(DocumentId document) {
        return presence.present(document)
                .thenApply(records -> records.values().stream()
                        .flatMap(record -> update(record).stream())
                        .toList())
                .exceptionally(failure -> List.of());
    }
}
