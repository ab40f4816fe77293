/// Who is where: the newest caret of each person, for a while.
@NullMarked
@CheckReturnValue
package coscribe.relay.presence;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
