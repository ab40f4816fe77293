package coscribe.ot.protocol;

/// How a connection says who it is. Secrets; never logged, `toString` hides them.
public sealed interface Credential {
    /// A signed access token (JWT).
    record AccessToken(String token) implements Credential {
        @Override
        public String toString() {
            return "AccessToken[hidden]";
        }
    }

    /// The code of an invite link: 12 characters, dashes and case do not matter. `name` is how the
    /// person wants to be called.
    record InviteCode(String code, String name) implements Credential {
        @Override
        public String toString() {
            return "InviteCode[hidden]";
        }
    }

    /// The rotating refresh credential of a device: good once, answered with the next one.
    record Refresh(String secret) implements Credential {
        @Override
        public String toString() {
            return "Refresh[hidden]";
        }
    }

    /// The access token stood in the `Authorization` header of the upgrade.
    record Header() implements Credential {}
}
