/// Two windows of the real editor, each a process of its own, on one document: `./run`.
@NullMarked
@CheckReturnValue
package coscribe.bench.windows;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
