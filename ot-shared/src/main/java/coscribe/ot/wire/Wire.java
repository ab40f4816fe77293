package coscribe.ot.wire;

import com.fasterxml.jackson.core.JsonParser;
import coscribe.ot.document.Change;
import coscribe.ot.document.ContentHash;
import coscribe.ot.document.Document;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Messages, documents and changes to bytes and back: JSON in UTF-8, as docs/PROTOCOL.md tells it.
///
/// Encoding is deterministic: equal values give equal bytes, with fields in a fixed order, no white
/// space and attribute names sorted; `decode(encode(x)).equals(x)`. It throws
/// `IllegalArgumentException` for what cannot be on the wire: half a surrogate pair, a number below
/// 0 or over 2^53 - 1.
///
/// Decoding takes fields in any order, ignores unknown ones, and answers whatever is not a message
/// with {@link MalformedMessageException}. It is safe against hostile bytes: depth, lengths and
/// counts are bounded by {@link coscribe.ot.protocol.Limits}, and heap by a few times the input.
///
/// Thread-safe; no state.
public final class Wire {
    private static final int EXPECTED_BYTES = 512;

    private Wire() {}

    // --- messages

    public static byte[] encode(ClientMessage message) {
        return Json.write(EXPECTED_BYTES, out -> ClientJson.write(out, message));
    }

    /// A {@link Committed}'s bytes are encoded once: they are what the store keeps, what the chain
    /// hash covers and what is delivered.
    public static byte[] encode(ServerMessage message) {
        return Json.write(EXPECTED_BYTES, out -> ServerJson.write(out, message));
    }

    /// The same as {@link #encode(ClientMessage)}, for a library that wants text.
    public static String encodeText(ClientMessage message) {
        return new String(encode(message), StandardCharsets.UTF_8);
    }

    /// The same as {@link #encode(ServerMessage)}, for a library that wants text.
    public static String encodeText(ServerMessage message) {
        return new String(encode(message), StandardCharsets.UTF_8);
    }

    public static ClientMessage decodeClient(byte[] bytes) {
        return Json.readMessage(bytes, Wire::client);
    }

    public static ClientMessage decodeClient(String text) {
        return Json.readMessage(text, Wire::client);
    }

    private static ClientMessage client(JsonParser in) throws IOException {
        return ClientJson.read(Body.read(in, "a message", Budget.ofEditors()));
    }

    public static ServerMessage decodeServer(byte[] bytes) {
        return Json.readMessage(bytes, Wire::server);
    }

    public static ServerMessage decodeServer(String text) {
        return Json.readMessage(text, Wire::server);
    }

    private static ServerMessage server(JsonParser in) throws IOException {
        return ServerReader.read(Body.read(in, "a message", Budget.ofRelays()));
    }

    /// A commit as the log keeps it; not bounded by the size of a frame.
    public static Committed decodeCommitted(byte[] bytes) {
        if (Json.readKept(bytes, Wire::server) instanceof Committed committed) {
            return committed;
        }
        throw new MalformedMessageException("The message is not a commit.");
    }

    // --- documents and changes, as they are kept

    /// The canonical form: a stored snapshot, and what the content hash covers.
    public static byte[] encodeDocument(Document document) {
        return DocumentJson.write(document);
    }

    /// Reads a canonical form, and no other spelling of the same document.
    public static Document decodeDocument(byte[] bytes) {
        return DocumentJson.read(bytes);
    }

    /// A change alone, for a journal.
    public static byte[] encodeChange(Change change) {
        return Json.write(EXPECTED_BYTES, out -> {
            out.writeStartObject();
            Fields.change(out, change);
            out.writeEndObject();
        });
    }

    /// Reads what {@link #encodeChange} wrote; not bounded by the size of a frame.
    public static Change decodeChange(byte[] bytes) {
        return Json.readKept(
                bytes, in -> Body.read(in, "a change", Budget.ofRelays()).change());
    }

    // --- what is too large for one frame

    /// The document at `revision` in pieces of at most {@link
    /// coscribe.ot.protocol.Limits#PART_BYTES}; at least one.
    public static List<ServerMessage.SnapshotPart> snapshotParts(Document document, Revision revision) {
        return SnapshotCutter.cut(document, revision);
    }

    /// A composed run of commits in pieces of at most {@link
    /// coscribe.ot.protocol.Limits#PART_BYTES}, each a change of what the one before it leaves; at
    /// least one. `contentHash` goes with the last.
    public static List<ServerMessage.Range> rangeParts(
            Revision from, Revision to, Change change, ContentHash contentHash) {
        return RangeCutter.cut(from, to, change, contentHash);
    }
}
