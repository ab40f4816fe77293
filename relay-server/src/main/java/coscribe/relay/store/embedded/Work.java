package coscribe.relay.store.embedded;

import java.sql.SQLException;

/// One request, on the thread of the connection that it uses.
@FunctionalInterface
interface Work<T> {
    T run() throws SQLException;
}
