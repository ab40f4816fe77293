/// How messages become bytes. The only room that knows Jackson.
@NullMarked
@CheckReturnValue
package coscribe.ot.wire;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
