/// This room knows what could be drawn: text with a caret in it, commands, people, words for a status
/// line. Properties, and no nodes.
@NullMarked
@CheckReturnValue
package coscribe.desktop.viewmodel;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
