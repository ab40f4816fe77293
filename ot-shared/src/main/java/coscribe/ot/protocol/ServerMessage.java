package coscribe.ot.protocol;

import coscribe.ot.delta.Delta;
import coscribe.ot.document.Change;
import coscribe.ot.document.ContentHash;
import coscribe.ot.document.Threads;
import coscribe.ot.presence.Caret;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a relay says to an editor.
public sealed interface ServerMessage
        permits Committed,
                ServerMessage.Welcome,
                ServerMessage.Renewed,
                ServerMessage.Created,
                ServerMessage.Invited,
                ServerMessage.Renamed,
                ServerMessage.Listed,
                ServerMessage.Joined,
                ServerMessage.SnapshotPart,
                ServerMessage.Range,
                ServerMessage.Refused,
                ServerMessage.RoleChanged,
                ServerMessage.Titled,
                ServerMessage.PresenceUpdate,
                ServerMessage.Failed,
                ServerMessage.Pong {

    /// Answers `Hello`. `version` is the protocol spoken from here on.
    record Welcome(
            int version,
            RelayId relay,
            Person person,
            Optional<Tokens> tokens,
            long expiresAtMillis,
            Optional<DocumentId> invitedTo,
            boolean mayCreate)
            implements ServerMessage {}

    /// A fresh access token and the next refresh credential. Secrets.
    record Tokens(String access, String refresh) {
        @Override
        public String toString() {
            return "Tokens[hidden]";
        }
    }

    record Renewed(Optional<Tokens> tokens, long expiresAtMillis) implements ServerMessage {}

    record Created(DocumentId document) implements ServerMessage {}

    /// `code`: 12 characters of the alphabet without 0 O 1 I L.
    record Invited(String code, long expiresAtMillis) implements ServerMessage {}

    /// Answers `Rename`.
    ///
    /// @param title  as it was kept: cleaned ({@link Titles})
    record Renamed(DocumentId document, String title) implements ServerMessage {}

    /// Answers `ListDocuments`: the documents used last first. A page may be short or even empty
    /// though others follow.
    ///
    /// @param next  what to ask for the next page with; empty: there are no more
    record Listed(List<ListedDocument> documents, Optional<ListPlace> next) implements ServerMessage {
        public Listed {
            documents = List.copyOf(documents);
        }
    }

    /// Answers `Join`. What follows is the snapshot at `from` if `snapshot`, then everything from
    /// `from` to `head`, then live commits.
    ///
    /// @param client      the new client id; its first seq is 1
    /// @param resumed     what became of the client id that `Join` wanted to resume
    /// @param from        the revision that the client stands on before anything that follows
    /// @param contentHash of the document at `head`
    record Joined(
            DocumentId document,
            String title,
            ClientId client,
            Role role,
            Epoch epoch,
            Revision from,
            Revision head,
            ContentHash contentHash,
            boolean snapshot,
            Resumed resumed,
            List<Member> members,
            Durability durability)
            implements ServerMessage {
        public Joined {
            members = List.copyOf(members);
        }
    }

    /// What the relay still knows of a resumed client id.
    sealed interface Resumed {
        /// Nothing was to be resumed.
        record Nothing() implements Resumed {}

        /// Closed now. Its last commit was `lastSeq` (0: none) at `revision`.
        record At(long lastSeq, Revision revision) implements Resumed {}

        /// The record is gone (older than 90 days) or never was.
        record Unknown() implements Resumed {}
    }

    /// What "saved" means here.
    enum Durability {
        STRICT,
        RELAXED,
        VOLATILE;

        /// As on the wire: lower case.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Durability> ofWord(String word) {
            for (Durability durability : values()) {
                if (durability.word().equals(word)) {
                    return Optional.of(durability);
                }
            }
            return Optional.empty();
        }
    }

    /// Piece `part` of `of` (from 1) of the document at `revision`: the pieces' deltas, put one
    /// behind the other, are the text, and so are the threads. A thread's comments may go on in the
    /// next piece, under the same id.
    record SnapshotPart(Revision revision, int part, int of, Delta piece, Threads threads) implements ServerMessage {}

    /// Commits `from` + 1 to `to` composed into one, none of them the receiver's own. Sent in
    /// pieces if it is large: piece `part` of `of` (from 1); the pieces are composed in order. The
    /// hash is of the document at `to`; it stands in the last piece, and only there.
    record Range(Revision from, Revision to, int part, int of, Change change, Optional<ContentHash> contentHash)
            implements ServerMessage {
        public Range {
            if (contentHash.isPresent() != (part == of)) {
                throw new IllegalArgumentException("the last piece of a range, and only that, tells the hash");
            }
        }
    }

    /// A submission was not committed.
    record Refused(long seq, Refusal reason, String sentence, long retryAfterMillis) implements ServerMessage {}

    record RoleChanged(Role role) implements ServerMessage {}

    /// The document is called this now. Newest wins.
    record Titled(String title) implements ServerMessage {}

    /// Somebody in the document.
    record Member(ClientId client, Person person, Role role, Optional<CaretAt> caret) {
        /// The same, standing there.
        public Member at(Optional<CaretAt> now) {
            return new Member(client, person, role, now);
        }
    }

    /// A caret in the text of a revision.
    record CaretAt(Revision revision, Caret caret) {}

    /// Who came, moved or left since the last one. Newest wins; may be dropped under load.
    ///
    /// @param authors  people who wrote in the document and may be away: what their ids on its text
    ///     stand for. Mostly empty; never dropped
    record PresenceUpdate(List<Member> here, List<ClientId> gone, List<Person> authors) implements ServerMessage {
        public PresenceUpdate {
            here = List.copyOf(here);
            gone = List.copyOf(gone);
            authors = List.copyOf(authors);
        }

        public PresenceUpdate(List<Member> here, List<ClientId> gone) {
            this(here, gone, List.of());
        }
    }

    /// A request could not be served; the connection goes on unless a close follows.
    ///
    /// @param renewal  the request was `Renew`, which may be under way beside another one
    record Failed(FailureCode code, String sentence, long retryAfterMillis, boolean renewal) implements ServerMessage {
        public Failed(FailureCode code, String sentence, long retryAfterMillis) {
            this(code, sentence, retryAfterMillis, false);
        }
    }

    record Pong(long number) implements ServerMessage {}
}
