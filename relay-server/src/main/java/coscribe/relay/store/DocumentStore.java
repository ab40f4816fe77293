package coscribe.relay.store;

import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.Epoch;
import coscribe.ot.protocol.ListPlace;
import coscribe.ot.protocol.ListedDocument;
import coscribe.ot.protocol.PersonId;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.Role;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Where documents are kept. The store alone assigns revisions, in one atomic step.
///
/// Every method may be called from any thread, never blocks, and answers on a thread of the
/// store's: whoever has much to do there hands it on. A store that cannot answer fails the stage
/// with {@link StoreUnavailableException}; the outcome of a commit is then unknown, and sending the
/// same entries again is safe. What is there but does not verify fails it with {@link
/// DamagedDocumentException}; it never reads as an empty document.
///
/// Every revision that it tells of, appended, read, loaded, missed or committed before, is as durable
/// as the store promises: nothing that happens to it takes it back. Only `heads` may tell of more,
/// which `read` then brings.
public interface DocumentStore extends AutoCloseable {
    /// How many missing commits a lost race carries at most.
    int MISSING_ENTRIES = 256;

    enum Creation {
        CREATED,
        EXISTED
    }

    /// A new document: one empty paragraph at revision 0, owned by `owner`. Changes nothing where
    /// the id exists.
    CompletionStage<Creation> create(DocumentId document, Epoch epoch, String title, PersonId owner);

    /// Enters a document, in one atomic step: opens `fresh`, bound to person and device, and closes
    /// `resume` where it belongs to the same person and device. From then on nothing is committed
    /// under a closed id.
    ///
    /// The same call again, whose answer was lost, gets the same answer.
    ///
    /// @param grant  a role to write into the access list if the person is not in it yet
    CompletionStage<JoinResult> join(
            DocumentId document,
            PersonId person,
            DeviceId device,
            ClientId fresh,
            Optional<ClientId> resume,
            Optional<Role> grant);

    CompletionStage<LoadResult> load(DocumentId document);

    /// Commits after `after`, at most `maxEntries` (at least 1) and about `maxBytes`, but at least
    /// one if there is one.
    CompletionStage<ReadResult> read(DocumentId document, Revision after, int maxEntries, int maxBytes);

    /// Appends all entries, or none. Checks, all before the first write: the turn; epoch and chain
    /// at the expected revision (else `Forked`); then for each entry in order: committed before
    /// (`Duplicate`), client id open and seq the next (`ClientClosed`), role (`RoleRefused`); last
    /// the head (`HeadMoved`). Publishes what it appended on the feed. Entries that are not a sound
    /// continuation of `expected` ({@link LogCheck}) fail the stage with an
    /// `IllegalArgumentException`, for they are a bug.
    ///
    /// @param relay  who commits, for the turn
    CompletionStage<CommitResult> commit(DocumentId document, String relay, Head expected, List<Entry> entries);

    /// Asks that for 50 ms nobody else commits to a document. Whether it was granted.
    CompletionStage<Boolean> takeTurn(DocumentId document, String relay);

    /// Keeps a snapshot (canonical form) of a revision, where it is newer than the one that is kept
    /// and of this history (`chain` is what the store holds at that revision); else changes
    /// nothing. Older log is then moved into compressed segments, still readable by `read`.
    CompletionStage<Void> keepSnapshot(DocumentId document, Revision revision, ChainHash chain, byte[] bytes);

    /// The revision of the snapshot that is kept; empty where there is no such document.
    CompletionStage<Optional<Revision>> snapshotRevision(DocumentId document);

    /// Calls a document something else, where that person is its owner or an editor; in one atomic
    /// step, and says so on the feed. The version of the access list moves on with it.
    CompletionStage<Renaming> rename(DocumentId document, PersonId person, String title);

    enum Renaming {
        RENAMED,
        /// The person's role does not allow it.
        REFUSED,
        /// No such document, or none for this person.
        ABSENT
    }

    /// Head and version of access list and title; what is absent or does not verify is left out, so
    /// that one damaged document is nobody else's trouble.
    CompletionStage<Map<DocumentId, HeadSeen>> heads(Collection<DocumentId> documents);

    /// @param aclVersion  another one than before says that a role or the title changed
    record HeadSeen(Head head, long aclVersion) {}

    CompletionStage<Access> access(DocumentId document);

    /// The access list, and what the document is called; empty with version 0 where there is no
    /// such document.
    record Access(long version, String title, Map<PersonId, Role> roles) {
        public static final Access NONE = new Access(0, "", Map.of());

        public Access {
            roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
        }
    }

    /// Sets or takes away a person's role, and says so on the feed. Whether there is such a
    /// document.
    CompletionStage<Boolean> grant(DocumentId document, PersonId person, Optional<Role> role);

    /// The documents that this person made or entered and still has a role in, the one used last
    /// first, as `ListPlace` orders them. When each was used is a hint that `create` and `join`
    /// leave; role and title are the document's own. A document that does not verify is left out.
    ///
    /// @param after  only what comes behind this place
    /// @param most   hints to follow, at least 1: where a role is gone the page is shorter
    CompletionStage<Page> list(PersonId person, Optional<ListPlace> after, int most);

    /// @param next  behind the last hint that was followed; empty: that was all
    record Page(List<ListedDocument> documents, Optional<ListPlace> next) {
        public Page {
            documents = List.copyOf(documents);
        }
    }

    /// Whether the store answers now; fails the stage where it does not.
    CompletionStage<Void> ping();

    @Override
    void close();
}
