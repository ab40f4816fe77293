/// Whole writing sessions: headless writers in their own processes, real relays, real stores, kill
/// -9.
@NullMarked
@CheckReturnValue
package coscribe.bench.session;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
