package coscribe.relay.transport.selector;

import coscribe.relay.transport.CloseReason;
import coscribe.relay.transport.UpgradeRequest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.enums.HandshakeState;
import org.java_websocket.enums.Role;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.exceptions.InvalidHandshakeException;
import org.java_websocket.extensions.IExtension;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.framing.PingFrame;
import org.java_websocket.framing.PongFrame;
import org.java_websocket.handshake.HandshakeImpl1Client;
import org.java_websocket.handshake.HandshakeImpl1Server;
import org.java_websocket.protocols.Protocol;
import org.java_websocket.util.Charsetfunctions;

/// One connection's use of Java-WebSocket: the answer to an upgrade, and bytes to frames. No extension
/// is ever negotiated, so an offered permessage-deflate is ignored. On the connection's thread.
final class FrameCodec {
    private static final Draft_6455 ENCODER = draft("", Integer.MAX_VALUE);

    private final Draft_6455 draft;

    /// @param frameLimit payload bytes of the longest frame; the guard may be stricter
    FrameCodec(String subprotocol, int frameLimit) {
        this.draft = draft(subprotocol, frameLimit);
    }

    /// What a peer said.
    sealed interface Heard {
        record Text(String text) implements Heard {}

        record Ping(ByteBuffer payload) implements Heard {}

        record Pong(ByteBuffer payload) implements Heard {}

        /// The peer closes; 1000 also where it gave no code.
        record Close(int code) implements Heard {}

        /// The peer broke the protocol.
        record Broken(CloseReason reason) implements Heard {}
    }

    /// The 101 answer to an upgrade that [HandshakeRules] found well-formed.
    ByteBuffer answer(UpgradeRequest request) {
        var question = new HandshakeImpl1Client();
        question.setResourceDescriptor(request.path());
        request.fields().forEach(question::put);
        question.put("Connection", "Upgrade"); // the library echoes it
        try {
            if (draft.acceptHandshakeAsServer(question) != HandshakeState.MATCHED) {
                throw new IllegalStateException("the codec refuses what HandshakeRules accepted");
            }
            var answer = draft.postProcessHandshakeResponseAsServer(question, new HandshakeImpl1Server());
            return draft.createHandshake(answer).getFirst();
        } catch (InvalidHandshakeException refused) {
            throw new IllegalStateException("the codec refuses what HandshakeRules accepted", refused);
        }
    }

    /// Decodes bytes of one frame, from position to limit of an array-backed buffer; they are consumed.
    ///
    /// @return what was heard, once the frame is complete
    Optional<Heard> decode(ByteBuffer bytes) {
        try {
            var frames = draft.translateFrame(bytes);
            return frames.isEmpty() ? Optional.empty() : Optional.of(heard(frames.getFirst()));
        } catch (InvalidDataException broken) {
            return Optional.of(new Heard.Broken(
                    broken.getCloseCode() == CloseFrame.NO_UTF8 ? CloseReason.BAD_UTF8 : CloseReason.PROTOCOL_ERROR));
        } catch (RuntimeException broken) {
            // 1.6.0 dereferences null on a close frame whose reason is not UTF-8
            return Optional.of(new Heard.Broken(CloseReason.PROTOCOL_ERROR));
        }
    }

    static ByteBuffer ping(long number) {
        var frame = new PingFrame();
        frame.setPayload(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
        return ENCODER.createBinaryFrame(frame);
    }

    static ByteBuffer pong(ByteBuffer payload) {
        var frame = new PongFrame();
        frame.setPayload(payload);
        return ENCODER.createBinaryFrame(frame);
    }

    static ByteBuffer close(int code, String sentence) {
        var frame = new CloseFrame();
        frame.setCode(code);
        frame.setReason(sentence);
        return ENCODER.createBinaryFrame(frame);
    }

    private static Heard heard(Framedata frame) throws InvalidDataException {
        return switch (frame.getOpcode()) {
            case TEXT -> new Heard.Text(Charsetfunctions.stringUtf8(frame.getPayloadData()));
            case PING -> new Heard.Ping(frame.getPayloadData());
            case PONG -> new Heard.Pong(frame.getPayloadData());
            case CLOSING -> new Heard.Close(((CloseFrame) frame).getCloseCode());
            case BINARY, CONTINUOUS -> throw new IllegalStateException("the guard lets no such frame through");
        };
    }

    private static Draft_6455 draft(String subprotocol, int frameLimit) {
        var draft = new Draft_6455(List.<IExtension>of(), List.of(new Protocol(subprotocol)), frameLimit);
        draft.setParseMode(Role.SERVER);
        return draft;
    }
}
