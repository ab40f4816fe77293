/// This room knows how to keep documents and people in memory: for tests and the simulation, which
/// run it on their own clock and scheduler, and what is soft (who is present, the feed) for a relay
/// that runs alone.
@NullMarked
@CheckReturnValue
package coscribe.relay.store.memory;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
