package coscribe.relay.cli;

import coscribe.relay.AdminDesk;
import coscribe.relay.RelayConfig;
import coscribe.relay.RelayFailure;
import coscribe.relay.ops.FlatJson;
import coscribe.relay.people.Invites;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Makes invite links.
final class InviteCommand implements Command {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    @Override
    public String name() {
        return "invite";
    }

    @Override
    public String summary() {
        return "create: make an invite link";
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage()
                .description("Makes an invite link. With --doc it gives a role in that document; without, an owner"
                        + " administers the relay and an editor may create documents.");
        spec.addPositional(Words.one("create"));
        spec.addOption(Options.text("--role", "ROLE", "owner, editor (default), commenter or viewer"));
        spec.addOption(Options.text("--doc", "ID", "the document that the link opens"));
        spec.addOption(Options.text("--ttl", "TIME", "how long the link works, such as 24h (default: invite.ttl)"));
        spec.addOption(Options.text("--uses", "N", "devices that may redeem it (default: invite.uses)"));
        return spec;
    }

    @Override
    public int run(ParseResult parsed, CommandContext context) {
        var _ = Words.require(parsed, "create");
        var config = Options.config(parsed, context);
        var request = new LinkedHashMap<String, String>();
        request.put(AdminDesk.COMMAND, "invite.create");
        request.put("role", Options.value(parsed, "--role").orElse("editor"));
        Options.value(parsed, "--doc").ifPresent(doc -> request.put("doc", doc));
        request.put("seconds", Long.toString(life(parsed, config).toSeconds()));
        request.put("uses", Integer.toString(uses(parsed, config)));
        var answer = Desk.ask(config, request, context);
        print(answer, context);
        return 0;
    }

    private static void print(Map<String, String> answer, CommandContext context) {
        if (context.json()) {
            context.out().println(FlatJson.write(answer));
            return;
        }
        context.out().println(answer.get("link"));
        if (!context.quiet()) {
            var doc = answer.get("doc");
            context.out()
                    .println("  Role  " + answer.get("role") + (doc == null ? " at this relay" : " in document " + doc)
                            + "      Uses  " + answer.get("uses") + "      Valid until  "
                            + MINUTE.format(Instant.parse(answer.getOrDefault("expires", Instant.EPOCH.toString()))));
        }
    }

    private static Duration life(ParseResult parsed, RelayConfig config) {
        var typed = Options.value(parsed, "--ttl");
        if (typed.isEmpty()) {
            return config.inviteLife();
        }
        return Words.life("--ttl", typed.get(), Duration.ofSeconds(1), Invites.LONGEST_LIFE);
    }

    private static int uses(ParseResult parsed, RelayConfig config) {
        var typed = Options.value(parsed, "--uses");
        if (typed.isEmpty()) {
            return config.inviteUses();
        }
        if (typed.get().matches("[0-9]{1,9}")) {
            int uses = Integer.parseInt(typed.get());
            if (uses >= 1 && uses <= Invites.MOST_USES) {
                return uses;
            }
        }
        throw new RelayFailure(
                RelayFailure.USAGE,
                "--uses is '" + typed.get() + "'. Write a whole number from 1 to " + Invites.MOST_USES + ".");
    }
}
