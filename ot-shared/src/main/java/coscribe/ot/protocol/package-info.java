/// This room knows what is said between editor and relay: messages, ids, limits, close and refusal
/// codes.
@NullMarked
@CheckReturnValue
package coscribe.ot.protocol;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
