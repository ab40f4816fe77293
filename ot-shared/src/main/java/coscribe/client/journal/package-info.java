/// This room knows what is not yet acknowledged: unsent edits that survive a crash.
@NullMarked
@CheckReturnValue
package coscribe.client.journal;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
