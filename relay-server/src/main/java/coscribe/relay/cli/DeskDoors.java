package coscribe.relay.cli;

import coscribe.ot.protocol.DeviceId;
import coscribe.ot.protocol.DocumentId;
import coscribe.relay.AdminDesk;
import coscribe.relay.RelayConfig;
import coscribe.relay.cli.load.Load;
import coscribe.relay.cli.load.LoadPlan;
import coscribe.relay.cli.load.NewDocuments;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Lets the people of a load in: documents are made over the relay's own port, tokens come from its
/// admin socket.
final class DeskDoors implements Load.Doors {
    private static final Duration TOKENS_LAST = Duration.ofHours(1);

    private final RelayConfig config;
    private final CommandContext context;
    private final List<DocumentId> documents;

    DeskDoors(RelayConfig config, CommandContext context, LoadPlan plan) {
        this.config = config;
        this.context = context;
        this.documents = NewDocuments.make(
                plan.relays().getFirst(),
                token(Map.of("user", "bench")),
                DeviceId.random(context.world().random()),
                plan.allDocuments());
    }

    @Override
    public DocumentId document(int number) {
        return documents.get(number);
    }

    @Override
    public String token(int number, DocumentId document) {
        return token(Map.of("user", "bench-" + number, "doc", document.hex(), "role", "editor"));
    }

    private String token(Map<String, String> fields) {
        var request = new LinkedHashMap<>(fields);
        request.put(AdminDesk.COMMAND, "token.issue");
        request.put("seconds", Long.toString(TOKENS_LAST.toSeconds()));
        return Desk.ask(config, request, context).getOrDefault("token", "");
    }
}
