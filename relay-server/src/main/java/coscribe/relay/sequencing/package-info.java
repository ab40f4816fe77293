/// One document's order: a pure step, performed by the document's lane.
@NullMarked
@CheckReturnValue
package coscribe.relay.sequencing;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
