package coscribe.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import coscribe.relay.ops.FlatJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What each command says and does, but for those that serve and examine.
class CommandsTest extends CommandsFixture {
    @Nested
    class What_is_typed {
        @Test
        void nothing_is_answered_with_the_commands() {
            assertThat(run()).isEqualTo(2);
            assertThat(out())
                    .startsWith("Usage: coscribe-relay COMMAND [OPTIONS]")
                    .contains("  serve ", "  doctor ");
        }

        @ParameterizedTest
        @ValueSource(strings = {"--help", "-h", "help"})
        void help_lists_the_commands_and_exit_codes(String word) {
            assertThat(run(word)).isZero();
            assertThat(out())
                    .contains(
                            "serve", "invite", "token", "doctor", "backup", "restore", "migrate", "export", "bench",
                            "config")
                    .contains("0 ok, 1 failed, 2 usage, 3 bad configuration, 4 store unreachable, 5 a check failed");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "serve", "invite", "token", "doctor", "backup", "restore", "migrate", "export", "bench", "config"
                })
        void every_command_has_help_and_a_version(String command) {
            assertThat(run(command, "--help")).isZero();
            assertThat(out())
                    .startsWith("Usage: coscribe-relay " + command)
                    .contains("--config", "--json", "--data-dir");
            out.reset();
            assertThat(run(command, "--version")).isZero();
            assertThat(out()).isEqualTo("coscribe-relay test-version\n");
        }

        @Test
        void the_version_is_told() {
            assertThat(run("--version")).isZero();
            assertThat(out()).isEqualTo("coscribe-relay test-version\n");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '^', quoteCharacter = '"', textBlock = """
                        serv                          ^ There is no command 'serv'. Did you mean 'serve'?
                        start-the-thing               ^ There is no command 'start-the-thing'. 'coscribe-relay --help' lists the commands.
                        serve --auth-mod invite       ^ There is no option '--auth-mod'. Did you mean '--auth-mode'? 'coscribe-relay serve --help' shows how to call it.
                        serve --auth-mod=invite       ^ There is no option '--auth-mod'. Did you mean '--auth-mode'? 'coscribe-relay serve --help' shows how to call it.
                        serve now                     ^ 'now' is too much here. 'coscribe-relay serve --help' shows how to call it.
                        serve --bind                  ^ Missing required parameter for option '--bind' (VALUE). 'coscribe-relay serve --help' shows how to call it.
                        serve --bind a:1 --bind b:1   ^ An option is given twice: option '--bind' (VALUE) should be specified only once. 'coscribe-relay serve --help' shows how to call it.
                        invite                        ^ 'coscribe-relay invite' needs a word behind it: coscribe-relay invite create
                        invite make                   ^ 'coscribe-relay invite' knows no 'make'. Write: coscribe-relay invite create
                        invite create --ttl soon      ^ --ttl is 'soon'. Write a time from 1s to 30d.
                        invite create --ttl 31d       ^ --ttl is '31d'. Write a time from 1s to 30d.
                        invite create --uses 0        ^ --uses is '0'. Write a whole number from 1 to 10000.
                        invite create --uses -1       ^ --uses is '-1'. Write a whole number from 1 to 10000.
                        invite create --role admin    ^ 'admin' is no role. Write owner, editor, commenter or viewer.
                        invite create --role viewer   ^ --role viewer needs --doc: only in a document is there something to view.
                        invite create --doc 7         ^ '7' is no document id. An id has 32 digits of 0-9 and a-f.
                        token                         ^ 'coscribe-relay token' needs a word behind it: coscribe-relay token issue
                        token issue                   ^ Whose token? Write --user and a name, such as --user mara@example.org.
                        token issue --user a --ttl 2h ^ --ttl is '2h'. Write a time from 1s to 1h.
                        token issue --user a --role editor ^ --doc and --role narrow a token together: give both or none.
                        config                        ^ 'coscribe-relay config' needs a word behind it: coscribe-relay config print | check | init
                        config show                   ^ 'coscribe-relay config' knows no 'show'. Write: coscribe-relay config print | check | init
                        """)
        void what_cannot_be_meant_is_exit_2_with_a_sentence(String typed, String sentence) {
            assertThat(run(typed.split(" +"))).isEqualTo(2);
            assertThat(err()).isEqualTo(sentence + "\n");
            assertThat(out()).isEmpty();
        }
    }

    @Nested
    class Inviting {
        @Test
        void a_link_can_be_made_while_no_relay_runs() {
            assertThat(runHere("invite", "create", "--role", "owner")).isZero();

            var lines = out().lines().toList();
            assertThat(lines.get(0))
                    .matches("coscribe://join/127\\.0\\.0\\.1:7450/[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}");
            assertThat(lines.get(1))
                    .matches("  Role  owner at this relay      Uses  10      Valid until  [0-9-]{10} [0-9:]{5} UTC");
        }

        @Test
        void a_running_relay_is_asked_and_knows_its_real_port() {
            int port = serve("--bind", "127.0.0.1:0");
            out.reset();

            assertThat(runHere("invite", "create", "--quiet", "--uses", "1", "--ttl", "1h"))
                    .isZero();

            assertThat(out()).matches("coscribe://join/127\\.0\\.0\\.1:" + port + "/[2-9A-Z-]{14}\n");
        }

        @Test
        void a_link_to_a_document_says_which() {
            var document = document();

            assertThat(runHere("invite", "create", "--doc", document.hex(), "--role", "viewer", "--json"))
                    .isZero();

            assertThat(FlatJson.read(out().strip()))
                    .containsEntry("doc", document.hex())
                    .containsEntry("role", "viewer")
                    .containsEntry("uses", "10")
                    .containsKeys("link", "code", "expires");
        }

        @Test
        void a_document_that_is_not_there_cannot_be_invited_to() {
            var nowhere = "0123456789abcdef0123456789abcdef";

            assertThat(runHere("invite", "create", "--doc", nowhere)).isEqualTo(1);
            assertThat(err()).isEqualTo("There is no document " + nowhere + " here. Check its id.\n");
        }

        @Test
        void the_configured_life_and_uses_are_the_defaults() {
            environment.put("COSCRIBE_INVITE_USES", "3");

            assertThat(runHere("invite", "create")).isZero();

            assertThat(out()).contains("Uses  3");
        }

        @Test
        void a_store_that_is_away_is_exit_4() {
            worlds.storeIsAway();

            assertThat(runHere("invite", "create")).isEqualTo(4);
            assertThat(err())
                    .isEqualTo("The store can't be used: nobody is there. 'coscribe-relay doctor' checks it.\n");
        }
    }

    @Nested
    class Issuing_tokens {
        @Test
        void a_token_is_all_that_is_printed_and_the_same_name_is_the_same_person() {
            assertThat(runHere("token", "issue", "--user", "mara@example.org")).isZero();
            var first = JWT.decode(out().strip());
            out.reset();
            assertThat(runHere("token", "issue", "--user", "Mara@Example.org", "--ttl", "1h"))
                    .isZero();
            var second = JWT.decode(out().strip());

            assertThat(first.getType()).isEqualTo("coscribe+jwt");
            assertThat(second.getSubject()).isEqualTo(first.getSubject());
            assertThat(second.getAudience()).isEqualTo(first.getAudience());
            assertThat(err()).contains("for mara (person " + first.getSubject() + ").");
        }

        @Test
        void a_token_may_be_narrowed_to_a_document() {
            var document = document();

            assertThat(runHere(
                            "token", "issue", "--user", "bot", "--doc", document.hex(), "--role", "viewer", "--quiet"))
                    .isZero();

            var token = JWT.decode(out().strip());
            assertThat(token.getClaim("doc").asString()).isEqualTo(document.hex());
            assertThat(token.getClaim("role").asString()).isEqualTo("viewer");
            assertThat(err()).isEmpty();
        }

        @Test
        void an_id_that_nobody_has_gets_no_token() {
            assertThat(runHere("token", "issue", "--user", "0123456789abcdef0123456789abcdef"))
                    .isEqualTo(1);
            assertThat(err()).isEqualTo("Nobody here has the id 0123456789abcdef0123456789abcdef.\n");
        }
    }

    @Nested
    class Configuring {
        @Test
        void every_key_is_printed_with_its_source_and_secrets_are_masked() {
            environment.put("COSCRIBE_STORE", "redis");
            environment.put("COSCRIBE_REDIS_URL", "redis://:hunter2@127.0.0.1");

            assertThat(run("config", "print", "--invite-ttl", "7d")).isZero();

            assertThat(out())
                    .contains("bind = 127.0.0.1:7450                            # default\n")
                    .contains("invite.ttl = 7d                                  # --invite-ttl\n")
                    .contains("redis.url = (hidden)                             # COSCRIBE_REDIS_URL\n")
                    .doesNotContain("hunter2");
            assertThat(out().lines()).hasSize(coscribe.relay.ConfigKey.values().length);
        }

        @Test
        void init_writes_a_file_for_its_owner_alone_and_never_over_another() throws IOException {
            var file = folder.resolve("relay.conf");

            assertThat(run("config", "init", "--config", file.toString())).isZero();
            assertThat(out())
                    .isEqualTo("Wrote " + file + ". It changes nothing yet: take the # away where you want to.\n");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(run("config", "check", "--config", file.toString())).isZero();
            assertThat(out()).endsWith(file + " is fine.\n");

            assertThat(run("config", "init", "--config", file.toString())).isEqualTo(1);
            assertThat(err()).startsWith("There is a " + file + " already, and it is left as it is.");
        }

        @Test
        void check_finds_what_serve_would_stumble_over() {
            assertThat(run("config", "check", "--store", "tape", "--json")).isEqualTo(3);
            assertThat(FlatJson.read(err().strip()))
                    .containsEntry("key", "store")
                    .containsEntry("source", "--store")
                    .containsEntry("problem", "--store is 'tape'. Write embedded or redis.");
        }
    }
}
