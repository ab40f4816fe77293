/// This room knows where people are: carets and selections, and how they move when the text under
/// them changes.
@NullMarked
@CheckReturnValue
package coscribe.ot.presence;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
