/// How fast the core is, as one table.
@NullMarked
@CheckReturnValue
package coscribe.bench.core;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
