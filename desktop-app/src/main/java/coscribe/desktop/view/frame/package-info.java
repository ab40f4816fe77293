/// This room knows what is around the text: window, menus, toolbar, status line, banners, the way in.
@NullMarked
@CheckReturnValue
package coscribe.desktop.view.frame;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
