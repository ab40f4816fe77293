/// The relay put together: its configuration, the rooms in the order they start, the way back. The
/// one place that sees every room and builds every adapter.
@NullMarked
@CheckReturnValue
package coscribe.relay;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
