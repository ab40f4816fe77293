package coscribe.relay.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import coscribe.kit.RawClient;
import coscribe.ot.document.Document;
import coscribe.ot.document.Text;
import coscribe.ot.protocol.ClientId;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.CloseReason;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.Credential;
import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.Refusal;
import coscribe.ot.protocol.Revision;
import coscribe.ot.protocol.ServerMessage;
import coscribe.ot.wire.Wire;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// A client that can say anything, of one thread: it reads when it is told to. It keeps the
/// document as the relay tells it.
final class Caller implements AutoCloseable {
    final DeviceId device;
    private final RawClient raw;
    private final List<ServerMessage> heard = new ArrayList<>();
    private Optional<ServerMessage.Welcome> welcome = Optional.empty();
    private Optional<ServerMessage.Joined> joined = Optional.empty();
    private Document document = Document.EMPTY;
    private long revision;
    private long seq;

    Caller(RawClient raw) {
        this(raw, DeviceId.random(new SecureRandom()));
    }

    Caller(RawClient raw, DeviceId device) {
        this.raw = raw;
        this.device = device;
    }

    // --- saying

    @CanIgnoreReturnValue
    Caller say(String text) throws IOException {
        raw.text(text);
        return this;
    }

    @CanIgnoreReturnValue
    Caller say(ClientMessage message) throws IOException {
        return say(Wire.encodeText(message));
    }

    @CanIgnoreReturnValue
    Caller bytes(byte[] bytes) throws IOException {
        raw.say(bytes);
        return this;
    }

    @CanIgnoreReturnValue
    ServerMessage.Welcome hello(String token) throws IOException {
        return hello(new Credential.AccessToken(token));
    }

    @CanIgnoreReturnValue
    ServerMessage.Welcome hello(Credential credential) throws IOException {
        return sayHello(credential).expect(ServerMessage.Welcome.class);
    }

    @CanIgnoreReturnValue
    Caller sayHello(Credential credential) throws IOException {
        return say(new ClientMessage.Hello(Limits.PROTOCOL_VERSION, Limits.PROTOCOL_VERSION, credential, device));
    }

    DocumentId create(String title) throws IOException {
        return say(new ClientMessage.Create(title))
                .expect(ServerMessage.Created.class)
                .document();
    }

    @CanIgnoreReturnValue
    ServerMessage.Joined join(DocumentId wanted) throws IOException {
        var entered = sayJoin(wanted).expect(ServerMessage.Joined.class);
        expect(ServerMessage.SnapshotPart.class);
        return entered;
    }

    @CanIgnoreReturnValue
    Caller sayJoin(DocumentId wanted) throws IOException {
        return say(new ClientMessage.Join(wanted, Optional.empty(), Optional.empty()));
    }

    /// Goes on where an earlier caller of the same device left off.
    @CanIgnoreReturnValue
    ServerMessage.Joined resume(Caller old, DocumentId wanted) throws IOException {
        document = old.document;
        revision = old.revision;
        var known = new ClientMessage.Known(
                old.joined.orElseThrow().epoch(), new Revision(revision), document.contentHash());
        return say(new ClientMessage.Join(wanted, Optional.of(old.client()), Optional.of(known)))
                .expect(ServerMessage.Joined.class);
    }

    /// A submission whose change stands as JSON, based on what this caller knows.
    ///
    /// @return its seq
    @CanIgnoreReturnValue
    long submit(String delta) throws IOException {
        return submit(revision, delta, "");
    }

    /// @param more  further fields, each with a comma before it
    @CanIgnoreReturnValue
    long submit(long base, String delta, String more) throws IOException {
        seq++;
        say(submission(base, delta, more));
        return seq;
    }

    /// The last submission once more, on what this caller knows now.
    void submitAgain(String delta) throws IOException {
        say(submission(revision, delta, ""));
    }

    private String submission(long base, String delta, String more) {
        return "{\"t\":\"submit\",\"seq\":" + seq + ",\"base\":" + base
                + (more.contains("\"intent\"") ? "" : ",\"intent\":\"edit\"") + ",\"delta\":" + delta + more + "}";
    }

    /// Types in front of the closing newline, stamped as it has to be, and waits for the
    /// acknowledgement.
    @CanIgnoreReturnValue
    Committed type(String text) throws IOException {
        return acknowledged(submit("[" + keep(length() - 1) + insert(text) + ",1]"));
    }

    private static String keep(int units) {
        return units == 0 ? "" : units + ",";
    }

    /// An insert by this person.
    String insert(String text) {
        return "[\"" + text + "\",{\"author\":\"" + person() + "\"}]";
    }

    // --- hearing

    Committed acknowledged(long which) throws IOException {
        return expect(Committed.class, it -> it.client().equals(client()) && it.seq() == which);
    }

    /// The next message of a kind; what comes before it is noted.
    @CanIgnoreReturnValue
    <T extends ServerMessage> T expect(Class<T> kind) throws IOException {
        return expect(kind, _ -> true);
    }

    @CanIgnoreReturnValue
    <T extends ServerMessage> T expect(Class<T> kind, Predicate<T> which) throws IOException {
        while (true) {
            var message = hear(raw.readText());
            if (kind.isInstance(message) && which.test(kind.cast(message))) {
                return kind.cast(message);
            }
        }
    }

    /// Hears what comes until it stands at `wanted`.
    void upTo(long wanted) throws IOException {
        while (revision < wanted) {
            var _ = hear(raw.readText());
        }
    }

    /// The relay answers a ping, so whatever it had to say before was said.
    void expectNothingOf(Class<? extends ServerMessage> kind) throws IOException {
        int before = heard.size();
        say(new ClientMessage.Ping(before)).expect(ServerMessage.Pong.class);
        assertThat(heard.subList(before, heard.size())).noneMatch(kind::isInstance);
    }

    @CanIgnoreReturnValue
    ServerMessage.Failed expectFailure(FailureCode code, String... words) throws IOException {
        var failed = expect(ServerMessage.Failed.class);
        assertThat(failed.code()).as(failed.sentence()).isEqualTo(code);
        assertThat(failed.sentence()).contains(words).endsWith(".");
        return failed;
    }

    @CanIgnoreReturnValue
    ServerMessage.Refused expectRefusal(long which, Refusal reason, String... words) throws IOException {
        var refused = expect(ServerMessage.Refused.class);
        assertThat(refused.seq()).isEqualTo(which);
        assertThat(refused.reason()).as(refused.sentence()).isEqualTo(reason);
        assertThat(refused.sentence()).contains(words).endsWith(".");
        return refused;
    }

    void expectClose(CloseReason reason) throws IOException {
        var close = raw.readClose();
        assertThat(close.closeCode()).as(close.closeSentence()).isEqualTo(reason.code());
        assertThat(close.closeSentence()).startsWith(reason.text());
        raw.close(reason.code(), "");
        assertThat(raw.readsEnd()).isTrue();
    }

    private ServerMessage hear(String text) {
        var message = Wire.decodeServer(text);
        heard.add(message);
        switch (message) {
            case ServerMessage.Welcome said -> welcome = Optional.of(said);
            case ServerMessage.Renewed _,
                    ServerMessage.Created _,
                    ServerMessage.Invited _,
                    ServerMessage.Renamed _,
                    ServerMessage.Listed _,
                    ServerMessage.Titled _,
                    ServerMessage.Refused _,
                    ServerMessage.RoleChanged _,
                    ServerMessage.PresenceUpdate _,
                    ServerMessage.Failed _,
                    ServerMessage.Pong _ -> {}
            case ServerMessage.Joined said -> {
                joined = Optional.of(said);
                revision = said.from().number();
                seq = 0;
            }
            case ServerMessage.SnapshotPart part -> document = document(part);
            case Committed commit -> {
                assertThat(commit.revision().number()).isEqualTo(revision + 1);
                document = document.apply(commit.change());
                revision++;
            }
            case ServerMessage.Range range -> {
                assertThat(range.from().number()).isEqualTo(revision);
                document = document.apply(range.change());
                revision = range.to().number();
            }
        }
        return message;
    }

    private static Document document(ServerMessage.SnapshotPart part) {
        assertThat(part.of()).as("documents of these tests are small").isEqualTo(1);
        var text = Text.EMPTY.apply(part.piece());
        return new Document(text, part.threads());
    }

    // --- knowing

    ServerMessage.Welcome welcome() {
        return welcome.orElseThrow();
    }

    String person() {
        return welcome().person().id().hex();
    }

    ClientId client() {
        return joined.orElseThrow().client();
    }

    /// Without the closing newline.
    String text() {
        return document.text().substring(0, length() - 1);
    }

    Document document() {
        return document;
    }

    int length() {
        return document.length();
    }

    long revision() {
        return revision;
    }

    RawClient raw() {
        return raw;
    }

    List<ServerMessage> heard() {
        return heard;
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
