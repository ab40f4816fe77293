package coscribe.ot.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coscribe.ot.delta.Delta;
import coscribe.ot.delta.Side;
import coscribe.ot.document.Change;
import coscribe.ot.document.Document;
import coscribe.ot.document.Schema;
import coscribe.ot.document.Text;
import coscribe.ot.protocol.ChainHash;
import coscribe.ot.protocol.CloseReason;
import coscribe.ot.protocol.Committed;
import coscribe.ot.protocol.FailureCode;
import coscribe.ot.protocol.Limits;
import coscribe.ot.protocol.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/PROTOCOL.md says what the code does: a stranger will write a client from it.
class ProtocolPageTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("<!-- golden ([a-z0-9-]+) -->\n```json\n(.*?)\n```", Pattern.DOTALL);
    private static final Pattern JSON_BLOCK = Pattern.compile("```json");
    private static final ObjectMapper TREES = new ObjectMapper();

    private final String page = read(Path.of("../docs/PROTOCOL.md"));

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> examples() {
        var examples = new LinkedHashMap<String, String>();
        var matcher = EXAMPLE.matcher(page);
        while (matcher.find()) {
            assertThat(examples.put(matcher.group(1), matcher.group(2))).isNull();
        }
        return examples;
    }

    private static JsonNode tree(String json) {
        try {
            return TREES.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The rows of the table behind `<!-- table NAME -->`, without its heading; back-quotes taken
    /// off.
    private List<List<String>> table(String name) {
        int start = page.indexOf("<!-- table " + name + " -->\n");
        assertThat(start).as("table " + name).isNotNegative();
        var rows = page.substring(page.indexOf('\n', start) + 1)
                .lines()
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> Stream.of(line.substring(1, line.length() - 1).split("\\|", -1))
                        .map(cell -> cell.strip())
                        .map(cell -> cell.matches("`[^`]*`") ? cell.substring(1, cell.length() - 1) : cell)
                        .toList())
                .toList();
        assertThat(rows).as("rows of table " + name).isNotEmpty();
        return rows;
    }

    private static Delta delta(String json) {
        return Wire.decodeChange(("{\"delta\":" + json + "}").getBytes(StandardCharsets.UTF_8))
                .delta();
    }

    private static String json(Delta delta) {
        String change = new String(Wire.encodeChange(Change.of(delta)), StandardCharsets.UTF_8);
        return change.substring("{\"delta\":".length(), change.length() - 1);
    }

    @Test
    void each_example_is_a_golden_file_and_says_what_the_file_says() {
        examples().forEach((name, example) -> {
            assertThat(tree(example)).as(name).isEqualTo(tree(GoldenFilesTest.file(name)));
            var message = Golden.messages().get(name);
            if (message != null) {
                assertThat(GoldenFilesTest.decoded(message, example.getBytes(StandardCharsets.UTF_8)))
                        .isEqualTo(message);
            }
        });
        assertThat(JSON_BLOCK.matcher(page).results().count())
                .as("JSON blocks without a golden file")
                .isEqualTo(examples().size());
    }

    @Test
    void everything_that_can_be_said_has_an_example() {
        var expected = new TreeSet<>(Golden.messages().keySet());
        expected.add("document");
        expected.add("document-new");
        assertThat(examples().keySet()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void every_field_that_is_sent_is_named_on_the_page() {
        var names = new TreeSet<String>();
        Golden.messages()
                .values()
                .forEach(message ->
                        collect(tree(new String(GoldenFilesTest.encoded(message), StandardCharsets.UTF_8)), names));
        names.removeIf(name -> name.startsWith("comment:"));
        assertThat(names).isNotEmpty().allSatisfy(name -> assertThat(page).containsPattern("[`\".]" + name + "[`\"]"));
    }

    private static void collect(JsonNode node, TreeSet<String> names) {
        node.properties().forEach(field -> names.add(field.getKey()));
        node.forEach(child -> collect(child, names));
    }

    @Test
    void the_limits_are_those_of_the_code() throws IllegalAccessException {
        var expected = new LinkedHashMap<String, String>();
        for (Field field : Limits.class.getFields()) {
            assertThat(Modifier.isStatic(field.getModifiers())).isTrue();
            Object value = field.get(null);
            expected.put(field.getName(), value instanceof Duration time ? time.toSeconds() + " s" : value.toString());
        }
        var printed = new LinkedHashMap<String, String>();
        table("limits").forEach(row -> printed.put(row.get(0), row.get(1)));
        assertThat(printed).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void the_refusals_are_those_of_the_code() {
        assertThat(table("refusals").stream().map(row -> row.get(0) + " " + row.get(1)))
                .containsExactlyElementsOf(Arrays.stream(Refusal.values())
                        .map(refusal -> refusal.word() + (refusal.isFinal() ? " final" : " retry"))
                        .toList());
    }

    @Test
    void the_failures_are_those_of_the_code() {
        assertThat(table("failures").stream().map(List::getFirst))
                .containsExactlyElementsOf(Arrays.stream(FailureCode.values())
                        .map(FailureCode::word)
                        .toList());
    }

    @Test
    void the_close_codes_are_those_of_the_code() {
        assertThat(table("closes").stream().map(row -> row.get(0) + " " + row.get(1)))
                .containsExactlyElementsOf(Arrays.stream(CloseReason.values())
                        .map(reason -> reason.code() + " " + reason.text())
                        .toList());
    }

    @Test
    void the_attributes_are_those_of_the_schema() {
        for (List<String> row : table("attributes")) {
            String text = switch (row.get(1)) {
                case "newline" -> "\"\\n\"";
                case "U+FFFC" -> "\"\uFFFC\"";
                default -> "\"x\"";
            };
            var delta = delta("[[" + text + "," + row.get(0) + "],1]");
            assertThat(Schema.check(Change.of(delta), 1)).as(row.get(0)).isEmpty();
        }
    }

    @Test
    void the_attributes_are_all_that_there_are() {
        var printed = new TreeSet<String>();
        table("attributes").forEach(row -> collect(tree(row.get(0)), printed));
        assertThat(printed.removeIf(name -> name.startsWith(Schema.COMMENT_PREFIX)))
                .as("an example of a comment")
                .isTrue();
        assertThat(printed).containsExactlyElementsOf(new TreeSet<>(Schema.ATTRIBUTES));
    }

    @Test
    void the_worked_examples_of_compose_come_out_as_printed() {
        for (List<String> row : table("compose")) {
            assertThat(json(delta(row.get(0)).compose(delta(row.get(1)))))
                    .as(row.toString())
                    .isEqualTo(row.get(2));
        }
    }

    @Test
    void the_worked_examples_of_transform_come_out_as_printed() {
        for (List<String> row : table("transform")) {
            var a = delta(row.get(0));
            var c = delta(row.get(1));
            assertThat(json(c.transform(a, Side.RIGHT))).as(row.toString()).isEqualTo(row.get(2));
            assertThat(json(a.transform(c, Side.LEFT))).as(row.toString()).isEqualTo(row.get(3));
        }
    }

    @Test
    void the_hashes_are_those_of_the_examples() {
        var chain = ChainHash.START;
        var document = Document.EMPTY;
        var expected = new ArrayList<List<String>>();
        expected.add(List.of("0", document.contentHash().hex(), chain.hex()));
        for (int i = 1; i <= 3; i++) {
            // As a client would: the raw bytes of the example, and the change in it.
            byte[] bytes = examples().get("committed-" + i).getBytes(StandardCharsets.UTF_8);
            var committed = (Committed) Wire.decodeServer(bytes);
            document = document.apply(committed.change());
            chain = chain.after(bytes);
            expected.add(List.of(Integer.toString(i), document.contentHash().hex(), chain.hex()));
        }
        assertThat(table("hashes")).isEqualTo(expected);
        assertThat(new String(Wire.encodeDocument(document), StandardCharsets.UTF_8))
                .isEqualTo(examples().get("document"));
    }

    @Test
    void the_vectors_for_other_implementations_hold() {
        var cases = tree(read(Path.of("src/test/resources/vectors.json")));
        assertThat(cases.size()).isGreaterThanOrEqualTo(200);
        for (JsonNode one : cases) {
            var text = Text.EMPTY.apply(delta(one.get("text").toString()));
            var a = delta(one.get("a").toString());
            var then = delta(one.get("then").toString());
            var c = delta(one.get("c").toString());
            assertThat(json(a.compose(then))).isEqualTo(one.get("composed").toString());
            assertThat(json(c.transform(a, Side.RIGHT)))
                    .isEqualTo(one.get("cAfterA").toString());
            assertThat(json(a.transform(c, Side.LEFT)))
                    .isEqualTo(one.get("aAfterC").toString());
            var merged = text.apply(a).apply(c.transform(a, Side.RIGHT));
            assertThat(json(merged.asDelta())).isEqualTo(one.get("merged").toString());
            assertThat(text.apply(c).apply(a.transform(c, Side.LEFT))).isEqualTo(merged);
        }
    }
}
