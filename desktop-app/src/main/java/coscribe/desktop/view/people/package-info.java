/// This room knows how other people are drawn: their carets, selections and flags over the text,
/// their avatars and the list of them.
@NullMarked
@CheckReturnValue
package coscribe.desktop.view.people;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
