package coscribe.relay.cli.load;

import java.util.OptionalLong;

/// How much memory the relays take.
@FunctionalInterface
public interface Memory {
    /// Now, behind a collection where one can be asked for. Blocks.
    Taken now();

    /// In bytes; empty where nobody tells.
    ///
    /// @param resident  of the processes, as the system counts it
    /// @param heap      what the relay itself says is in its heap
    record Taken(OptionalLong resident, OptionalLong heap) {}
}
