/// Other programs, started as children: relays, Redis, writers. Each is ended by its own process
/// id.
@NullMarked
@CheckReturnValue
package coscribe.bench.process;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
