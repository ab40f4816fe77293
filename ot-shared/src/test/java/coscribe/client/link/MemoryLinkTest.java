package coscribe.client.link;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;

class MemoryLinkTest extends LinkContract {
    private final ExecutorService network = Executors.newSingleThreadExecutor();

    @Override
    protected Link linkTo(Peer peer) {
        return new MemoryLink(peer, home, network, () -> true);
    }

    @Override
    protected Link linkToNobody() {
        return new MemoryLink((line, message) -> {}, home, network, () -> false);
    }

    @AfterEach
    void endNetwork() {
        network.shutdownNow();
    }
}
