/// How fast the relay is on each store, and where its processor time goes.
@NullMarked
@CheckReturnValue
package coscribe.bench.relay;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
