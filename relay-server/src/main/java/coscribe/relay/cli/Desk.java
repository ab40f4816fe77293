package coscribe.relay.cli;

import coscribe.relay.AdminDesk;
import coscribe.relay.Relay;
import coscribe.relay.RelayConfig;
import coscribe.relay.RelayFailure;
import coscribe.relay.ops.AdminSocket;
import coscribe.relay.store.StoreUnavailableException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/// Whom a command asks: the relay that runs on this data folder, else the store itself.
final class Desk {
    private Desk() {}

    /// @throws RelayFailure  where the answer is an error
    static Map<String, String> ask(RelayConfig config, Map<String, String> request, CommandContext context) {
        try {
            var running = AdminSocket.ask(config.dataDir(), request);
            return checked(running.isPresent() ? running.get() : openAndAsk(config, request, context));
        } catch (IOException e) {
            throw new RelayFailure(
                    RelayFailure.FAILED,
                    "The relay that runs on " + config.dataDir() + " did not answer (" + e.getMessage()
                            + "). Try again; if that does not help, restart it.",
                    e);
        } catch (StoreUnavailableException e) {
            throw away(e);
        }
    }

    /// Asks, and copies what comes behind the answer.
    ///
    /// @throws RelayFailure  where the answer is an error
    /// @throws IOException   where `out` does not take it, or the relay breaks off
    static void copy(RelayConfig config, Map<String, String> request, CommandContext context, OutputStream out)
            throws IOException {
        var running = AdminSocket.askForStream(config.dataDir(), request);
        if (running.isPresent()) {
            try (var reply = running.get()) {
                var _ = checked(reply.line());
                var _ = reply.rest().transferTo(out);
                return;
            }
        }
        try (var stores = context.world().opener().open(config).requireWhole()) {
            var desk = Relay.deskOn(config, stores, context.world());
            var _ = checked(desk.apply(request));
            desk.stream(request, out);
        } catch (StoreUnavailableException e) {
            throw away(e);
        }
    }

    static RelayFailure away(StoreUnavailableException e) {
        return new RelayFailure(
                RelayFailure.STORE_AWAY,
                "The store can't be used: " + e.getMessage() + " 'coscribe-relay doctor' checks it.",
                e);
    }

    private static Map<String, String> openAndAsk(
            RelayConfig config, Map<String, String> request, CommandContext context) {
        try (var stores = context.world().opener().open(config).requireWhole()) {
            return Relay.deskOn(config, stores, context.world()).apply(request);
        }
    }

    private static Map<String, String> checked(Map<String, String> answer) {
        var error = answer.get(AdminDesk.ERROR);
        if (error == null) {
            return answer;
        }
        var exit = answer.getOrDefault(AdminDesk.EXIT, Integer.toString(RelayFailure.FAILED));
        throw new RelayFailure(exit.matches("[1-5]") ? Integer.parseInt(exit) : RelayFailure.FAILED, error);
    }
}
