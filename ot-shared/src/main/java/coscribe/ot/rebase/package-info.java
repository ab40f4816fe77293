/// How a late submission catches up; undo as a delta among others' deltas.
@NullMarked
@CheckReturnValue
package coscribe.ot.rebase;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
