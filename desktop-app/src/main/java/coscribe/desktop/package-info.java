/// The editor. `Main` reads what was asked for, `Desktop` puts the rooms together: it is the one
/// place that sees every room.
@NullMarked
@CheckReturnValue
package coscribe.desktop;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
