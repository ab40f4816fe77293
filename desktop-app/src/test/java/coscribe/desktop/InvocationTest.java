package coscribe.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import coscribe.client.DocumentLink;
import coscribe.client.InviteLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvocationTest {
    private static final String LINK = "coscribe://join/127.0.0.1:7450/7F3K-Q9TM-2XWD";

    private static Invocation read(String... arguments) {
        return Invocation.read(List.of(arguments));
    }

    @Test
    void nothing_said_opens_the_usual_profile() {
        assertThat(read()).isEqualTo(new Invocation.Start(new Wish.Window(), Optional.empty()));
    }

    @Test
    void a_link_and_a_profile_may_be_given_in_either_form() {
        var wanted = new Invocation.Start(
                new Wish.Join(InviteLink.parse(LINK)), Optional.of(Path.of("p").toAbsolutePath()));
        assertThat(read("--join", LINK, "--profile", "p")).isEqualTo(wanted);
        assertThat(read("--profile=p", "--join=" + LINK)).isEqualTo(wanted);
    }

    @Test
    void a_link_alone_is_followed_as_the_system_hands_it_over() {
        assertThat(read(LINK)).isEqualTo(new Invocation.Start(new Wish.Join(InviteLink.parse(LINK)), Optional.empty()));
    }

    @Test
    void so_is_a_link_to_a_document() {
        String document = "coscribe://doc/127.0.0.1:7450/0123456789abcdef0123456789abcdef";
        var link = DocumentLink.parse(document);
        assertThat(link.written()).isEqualTo(document);
        assertThat(read(document)).isEqualTo(new Invocation.Start(new Wish.Open(link), Optional.empty()));
    }

    @Test
    void help_and_version_win() {
        assertThat(read("--join", LINK, "--help")).isEqualTo(new Invocation.Help());
        assertThat(read("--version")).isEqualTo(new Invocation.Version());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--jion|Unknown option '--jion'. Try --help.",
                "notes.txt|Unknown argument 'notes.txt'. Try --help.",
                "--join|--join needs an invite link.",
                "--profile|--profile needs a folder.",
                "--profile=|--profile needs a folder.",
            })
    void what_is_not_understood_is_said_in_a_sentence(String argument, String sentence) {
        assertThat(read(argument)).isEqualTo(new Invocation.Wrong(sentence));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "coscribe://join/127.0.0.1/7F3K",
                "https://docs.example.org/",
                "coscribe://elsewhere",
                "coscribe://doc/h/1"
            })
    void a_link_that_is_none_is_said_so(String link) {
        assertThat(read(link)).isInstanceOf(Invocation.Wrong.class);
    }

    @Test
    void a_file_with_a_link_in_it_is_followed_like_the_link(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("Plan for spring.coscribe"), LINK + "\r\n\r\nThe plan\n");
        var wanted = new Invocation.Start(new Wish.Join(InviteLink.parse(LINK)), Optional.empty());
        assertThat(read(file.toString())).isEqualTo(wanted);
        assertThat(read(file.toUri().toString())).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|There is no link in",
                "see https://docs.example.org|In ",
                "file:///etc/passwd|In ",
            })
    void a_file_without_a_link_is_said_so(String text, String begin, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.COSCRIBE"), text);
        assertThat(read(file.toString()))
                .isInstanceOfSatisfying(
                        Invocation.Wrong.class,
                        wrong -> assertThat(wrong.sentence()).startsWith(begin).contains(file.toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/nowhere/a.coscribe", "file://elsewhere/a.coscribe", "file:a%zz.coscribe", "a\u0000.coscribe"})
    void a_file_that_cannot_be_read_is_said_so(String name) {
        assertThat(read(name)).isInstanceOf(Invocation.Wrong.class);
    }

    @Test
    void a_link_written_down_reads_as_the_same_link() {
        for (var text : List.of(
                LINK, "https://docs.example.org/j/7F3KQ9TM2XWD", "coscribe://join/docs.example.org/7F3KQ9TM2XWD")) {
            var link = InviteLink.parse(text);
            assertThat(InviteLink.parse(link.written())).isEqualTo(link);
        }
    }

    @Test
    void what_is_decided_is_told_instead_of_a_window() {
        assertThat(Invocation.read(List.of("--policy-report")))
                .isEqualTo(new Invocation.PolicyReport(Optional.empty()));
        assertThat(Invocation.read(List.of("--profile=p", "--policy-report")))
                .isEqualTo(new Invocation.PolicyReport(Optional.of(Path.of("p").toAbsolutePath())));
    }
}
