package coscribe.relay.cli;

import coscribe.relay.AdminDesk;
import coscribe.relay.RelayFailure;
import coscribe.relay.auth.AccessTokens;
import coscribe.relay.ops.FlatJson;
import java.time.Duration;
import java.util.LinkedHashMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Issues access tokens, for bots and for tests.
final class TokenCommand implements Command {
    @Override
    public String name() {
        return "token";
    }

    @Override
    public String summary() {
        return "issue: print an access token";
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage()
                .description("Prints an access token. Whoever has it is that person until it ends: keep it out of"
                        + " logs and histories.");
        spec.addPositional(Words.one("issue"));
        spec.addOption(Options.text("--user", "WHO", "a name such as an e-mail address, or a person's id"));
        spec.addOption(Options.text("--ttl", "TIME", "how long it works, at most 1h (default: auth.token.ttl)"));
        spec.addOption(Options.text("--doc", "ID", "the only document that it is good for; with --role"));
        spec.addOption(Options.text("--role", "ROLE", "the most it allows there; with --doc"));
        return spec;
    }

    @Override
    public int run(ParseResult parsed, CommandContext context) {
        var _ = Words.require(parsed, "issue");
        var user = Options.value(parsed, "--user")
                .filter(typed -> !typed.isBlank())
                .orElseThrow(() -> new RelayFailure(
                        RelayFailure.USAGE, "Whose token? Write --user and a name, such as --user mara@example.org."));
        var config = Options.config(parsed, context);
        var life = Options.value(parsed, "--ttl")
                .map(typed -> Words.life("--ttl", typed, Duration.ofSeconds(1), AccessTokens.LONGEST_LIFE))
                .orElse(config.tokenLife());
        var request = new LinkedHashMap<String, String>();
        request.put(AdminDesk.COMMAND, "token.issue");
        request.put("user", user);
        request.put("seconds", Long.toString(life.toSeconds()));
        Options.value(parsed, "--doc").ifPresent(doc -> request.put("doc", doc));
        Options.value(parsed, "--role").ifPresent(role -> request.put("role", role));
        var answer = Desk.ask(config, request, context);
        context.out().println(context.json() ? FlatJson.write(answer) : answer.get("token"));
        if (!context.json() && !context.quiet()) {
            context.err()
                    .println("Good until " + answer.get("expires") + " for " + answer.get("name") + " (person "
                            + answer.get("person") + ").");
        }
        return 0;
    }
}
