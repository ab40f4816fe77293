package coscribe.ot.wire;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.document.Text;
import coscribe.ot.document.ThreadEvent;
import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.ClientMessage;
import coscribe.ot.protocol.Credential;
import coscribe.ot.protocol.ServerMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is said on the wire, pinned byte by byte. A file that changes is a change of the protocol,
/// and of every log that was ever written.
class GoldenFilesTest {
    static final Path FOLDER = Path.of("src/test/resources/golden");

    static String file(String name) {
        try {
            return Files.readString(FOLDER.resolve(name + ".json")).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] encoded(Object message) {
        return switch (message) {
            case ClientMessage said -> Wire.encode(said);
            case ServerMessage said -> Wire.encode(said);
            default -> throw new IllegalArgumentException("no message: " + message);
        };
    }

    static Object decoded(Object like, byte[] bytes) {
        return like instanceof ClientMessage ? Wire.decodeClient(bytes) : Wire.decodeServer(bytes);
    }

    static Stream<Map.Entry<String, Object>> messages() {
        return Golden.messages().entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void a_message_is_spelt_as_its_file_says_and_read_back_from_it(Map.Entry<String, Object> golden) {
        String text = file(golden.getKey());
        assertThat(new String(encoded(golden.getValue()), StandardCharsets.UTF_8))
                .isEqualTo(text);
        assertThat(decoded(golden.getValue(), text.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(golden.getValue());
    }

    @Test
    void documents_are_spelt_as_their_files_say_and_read_back_from_them() {
        var pinned = Map.of("document-new", Document.EMPTY, "document", Golden.AFTER_THIRD);
        pinned.forEach((name, document) -> {
            byte[] bytes = file(name).getBytes(StandardCharsets.UTF_8);
            assertThat(Wire.encodeDocument(document)).isEqualTo(bytes);
            assertThat(Wire.decodeDocument(bytes)).isEqualTo(document);
        });
    }

    @Test
    void a_change_in_a_journal_is_spelt_as_its_file_says_and_read_back_from_it() {
        byte[] bytes = file("change").getBytes(StandardCharsets.UTF_8);
        assertThat(Wire.encodeChange(Golden.THIRD)).isEqualTo(bytes);
        assertThat(Wire.decodeChange(bytes)).isEqualTo(Golden.THIRD);
    }

    @Test
    void every_file_is_read_by_a_test() throws IOException {
        var expected = new TreeSet<>(Golden.messages().keySet());
        expected.addAll(List.of("document", "document-new", "change"));
        try (var files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .map(name -> name.substring(0, name.length() - ".json".length())))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    /// A new message or variant without a golden file fails here.
    @Nested
    class Nothing_that_can_be_said_goes_without_a_file {
        @Test
        void every_message_of_an_editor() {
            assertThat(said()).containsAll(kindsOf(ClientMessage.class));
        }

        @Test
        void every_message_of_a_relay() {
            assertThat(said()).containsAll(kindsOf(ServerMessage.class));
        }

        @Test
        void every_credential_event_and_outcome_of_resuming() {
            assertThat(said())
                    .containsAll(kindsOf(Credential.class))
                    .containsAll(kindsOf(ThreadEvent.class))
                    .containsAll(kindsOf(ServerMessage.Resumed.class));
        }

        private static Set<Class<?>> kindsOf(Class<?> sealed) {
            return Set.of(sealed.getPermittedSubclasses());
        }

        /// The kinds of everything said, and of the variants inside.
        private static Set<Class<?>> said() {
            var kinds = new HashSet<Class<?>>();
            for (Object message : Golden.messages().values()) {
                kinds.add(message.getClass());
                switch (message) {
                    case ClientMessage.Hello hello ->
                        kinds.add(hello.credential().getClass());
                    case ClientMessage.Submit(var submission) -> addEvents(kinds, submission.change());
                    case ServerMessage.Joined joined ->
                        kinds.add(joined.resumed().getClass());
                    default -> {}
                }
            }
            addEvents(kinds, Golden.THIRD);
            return kinds;
        }

        private static void addEvents(Set<Class<?>> kinds, Change change) {
            change.events().forEach(event -> kinds.add(event.getClass()));
        }
    }

    @Test
    void the_story_holds_together() {
        assertThat(Golden.AFTER_THIRD.text().plain()).isEqualTo("Hello world\n");
        var first = (ServerMessage.SnapshotPart) Golden.messages().get("snapshot-1");
        var second = (ServerMessage.SnapshotPart) Golden.messages().get("snapshot-2");
        var text = Text.EMPTY.apply(first.piece()).plus(Text.EMPTY.apply(second.piece()));
        assertThat(new Document(text, first.threads().plus(second.threads()))).isEqualTo(Golden.AFTER_THIRD);
        var chain = ChainHash.START
                .after(Wire.encode(Golden.COMMIT_1))
                .after(Wire.encode(Golden.COMMIT_2))
                .after(Wire.encode(Golden.COMMIT_3));
        assertThat(chain.hex()).isEqualTo("77c8ae01a770e5995c9bf4ac8fd8b47ceb3a895f3edde1acecbf911520553448");
        assertThat(Golden.AFTER_THIRD.contentHash().hex()).isEqualTo("5d0858765a6556ae");
    }
}
