package coscribe.bench.core;

import coscribe.ot.protocol.Committed;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/// Bytes of a commit for the chain hash; as long as on the wire, about.
final class Encoder implements Function<Committed, byte[]> {
    @Override
    public byte[] apply(Committed committed) {
        String text = committed.revision() + "," + committed.client() + "," + committed.seq() + ","
                + committed.change().delta();
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
