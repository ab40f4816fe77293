/// This room knows how a change catches up with what others did meanwhile: late submissions, unsent
/// edits, and undo as a change among others' changes.
@NullMarked
@CheckReturnValue
package coscribe.ot.rebase;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
