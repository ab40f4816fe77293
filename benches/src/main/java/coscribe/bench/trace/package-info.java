/// What was recorded: real people's writing, and who had seen what when.
@NullMarked
@CheckReturnValue
package coscribe.bench.trace;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
