package coscribe.ot.protocol;

import coscribe.ot.document.Change;
import coscribe.ot.document.ContentHash;
import coscribe.ot.presence.Caret;
import java.util.Optional;

/// One commit as it stands in the log. Its bytes are encoded once: the same are stored, hashed into
/// the chain, published to other relays and delivered to every member, the author among them, for
/// whom it is the acknowledgement.
///
/// @param revision     the revision that this commit made
/// @param author       who committed it, by the relay's knowledge of the token
/// @param atMillis     when, since 1970, by the relay's clock; never used for order
/// @param caret        the author's caret in the text after the commit
/// @param contentHash  of the document after the commit; now and then (at most one a second per
///     document)
public record Committed(
        Revision revision,
        PersonId author,
        ClientId client,
        long seq,
        Intent intent,
        long atMillis,
        Change change,
        Optional<Caret> caret,
        Optional<ContentHash> contentHash)
        implements ServerMessage {}
