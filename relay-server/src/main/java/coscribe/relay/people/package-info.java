/// Who exists: accounts, devices, invites, roles, audit; ports beside their stores.
@NullMarked
@CheckReturnValue
package coscribe.relay.people;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
