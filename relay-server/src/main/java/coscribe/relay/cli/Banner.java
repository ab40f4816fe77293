package coscribe.relay.cli;

import coscribe.relay.Relay;
import coscribe.relay.RelayConfig;
import coscribe.relay.ops.FlatJson;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;

/// What an administrator sees when a relay is ready.
final class Banner {
    private Banner() {}

    static String text(Relay relay, String version, Duration took) {
        var config = relay.config();
        var block = new StringBuilder();
        block.append("Coscribe relay ")
                .append(version)
                .append(" ready in ")
                .append(seconds(took))
                .append(" s\n");
        block.append("  Address  ")
                .append(relay.addresses().web())
                .append(note(config))
                .append('\n');
        block.append("  Data     ")
                .append(relay.storeShown())
                .append("      Sign-in  ")
                .append(signIn(config))
                .append("      Check  coscribe-relay doctor\n");
        relay.writesRefused()
                .ifPresent(reason -> block.append("  Edits are refused until this is mended; people can read:\n  ")
                        .append(reason)
                        .append('\n'));
        relay.ownerLink()
                .ifPresent(link -> block.append("The first person to open this link becomes the owner")
                        .append(" (once, valid 24 h):\n  ")
                        .append(link)
                        .append("\nLost it?  coscribe-relay invite create --role owner\n"));
        return block.toString();
    }

    static String json(Relay relay, String version, Duration took) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("event", "ready");
        fields.put("version", version);
        fields.put("seconds", seconds(took));
        fields.put("address", relay.addresses().web());
        fields.put("port", Integer.toString(relay.listening().getPort()));
        fields.put("store", relay.storeShown());
        relay.metrics().ifPresent(metrics -> fields.put("metricsPort", Integer.toString(metrics.getPort())));
        relay.writesRefused().ifPresent(reason -> fields.put("writesRefused", reason));
        relay.ownerLink().ifPresent(link -> fields.put("ownerLink", link));
        return FlatJson.write(fields) + "\n";
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.1f", took.toMillis() / 1000.0);
    }

    private static String note(RelayConfig config) {
        return config.listensBeyondLoopback() && !config.isEncrypted()
                ? "   not encrypted - use tls.cert or a reverse proxy beyond your own network"
                : "";
    }

    private static String signIn(RelayConfig config) {
        if (config.teamTokens().isEmpty()) {
            return "invite links";
        }
        return config.takesCodes() ? "invite links and your own tokens" : "your own tokens";
    }
}
