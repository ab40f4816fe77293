package coscribe.relay.cli;

import coscribe.relay.AdminDesk;
import coscribe.relay.RelayConfig;
import coscribe.relay.cli.load.Memory;
import coscribe.relay.ops.ResidentMemory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// The memory of the relay that runs here: its processes as the system counts them, its heap as its
/// own /metrics tell it.
final class RelayMemory implements Memory {
    private static final String HEAP = "coscribe_memory_heap_bytes ";
    private static final Duration WITHIN = Duration.ofSeconds(10);

    private final RelayConfig config;
    private final CommandContext context;
    private final List<Long> pids;

    RelayMemory(RelayConfig config, CommandContext context, List<Long> pids) {
        this.config = config;
        this.context = context;
        this.pids = pids;
    }

    @Override
    public Taken now() {
        var _ = Desk.ask(config, Map.of(AdminDesk.COMMAND, "collect"), context);
        return new Taken(resident(), config.metricsBind().map(RelayMemory::heap).orElse(OptionalLong.empty()));
    }

    private OptionalLong resident() {
        var each = pids.stream().map(ResidentMemory::bytes).toList();
        return !each.isEmpty() && each.stream().allMatch(OptionalLong::isPresent)
                ? OptionalLong.of(
                        each.stream().mapToLong(OptionalLong::orElseThrow).sum())
                : OptionalLong.empty();
    }

    private static OptionalLong heap(InetSocketAddress metrics) {
        try {
            var connection = URI.create("http://" + metrics.getHostString() + ":" + metrics.getPort() + "/metrics")
                    .toURL()
                    .openConnection();
            connection.setConnectTimeout((int) WITHIN.toMillis());
            connection.setReadTimeout((int) WITHIN.toMillis());
            try (var in = connection.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> line.startsWith(HEAP))
                        .mapToLong(line -> (long) Double.parseDouble(line.substring(HEAP.length())))
                        .findFirst();
            }
        } catch (IOException | IllegalArgumentException e) {
            return OptionalLong.empty(); // its metrics are off, or elsewhere
        }
    }
}
