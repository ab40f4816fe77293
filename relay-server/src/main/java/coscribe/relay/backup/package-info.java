/// What a backup file holds, and how everything in a store gets into one and out of one again. One
/// form for every store.
@NullMarked
@CheckReturnValue
package coscribe.relay.backup;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
