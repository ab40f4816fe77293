/// How fast it is, and whether whole writing sessions end in one text. Never shipped.
@NullMarked
@CheckReturnValue
package coscribe.bench;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
