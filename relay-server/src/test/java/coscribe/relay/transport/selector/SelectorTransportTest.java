package coscribe.relay.transport.selector;

import coscribe.relay.transport.Gatekeeper;
import coscribe.relay.transport.PlainHttp;
import coscribe.relay.transport.Transport;
import coscribe.relay.transport.TransportContract;
import coscribe.relay.transport.TransportListener;
import coscribe.relay.transport.TransportMetrics;
import coscribe.relay.transport.TransportOptions;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;

class SelectorTransportTest extends TransportContract {
    @Override
    protected Transport create(
            TransportOptions options,
            Gatekeeper gatekeeper,
            PlainHttp pages,
            TransportListener listener,
            TransportMetrics metrics,
            InstantSource clock,
            ScheduledExecutorService timer) {
        return new SelectorTransport(options, gatekeeper, pages, listener, metrics, clock, timer);
    }
}
