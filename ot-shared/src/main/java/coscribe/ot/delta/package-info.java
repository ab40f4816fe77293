/// This room knows what a change is: retain, insert, delete and attributes over a run of UTF-16
/// code units.
@NullMarked
@CheckReturnValue
package coscribe.ot.delta;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
