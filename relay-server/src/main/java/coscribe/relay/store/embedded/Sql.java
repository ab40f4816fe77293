package coscribe.relay.store.embedded;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// One connection and its prepared statements. One thread at a time.
class Sql implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private long changes;

    Sql(Connection connection) {
        this.connection = connection;
    }

    /// Reads one row of a result.
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /// What is done with a statement whose values are set.
    @FunctionalInterface
    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    /// @return how many rows were changed
    @CanIgnoreReturnValue
    int update(String sql, Object... values) throws SQLException {
        int changed = use(sql, PreparedStatement::executeUpdate, values);
        changes += changed;
        return changed;
    }

    /// How many rows were changed by this connection so far.
    long changes() {
        return changes;
    }

    <T> List<T> list(String sql, Row<T> row, Object... values) throws SQLException {
        var all = new ArrayList<T>();
        each(sql, read -> all.add(row.read(read)), values);
        return all;
    }

    <T> Optional<T> first(String sql, Row<T> row, Object... values) throws SQLException {
        return use(
                sql,
                statement -> {
                    try (var rows = statement.executeQuery()) {
                        return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
                    }
                },
                values);
    }

    /// Reads rows one by one, as long as `more` says so.
    void each(String sql, Row<Boolean> more, Object... values) throws SQLException {
        var _ = use(
                sql,
                statement -> {
                    try (var rows = statement.executeQuery()) {
                        while (rows.next() && more.read(rows)) {
                            // the row was read by asking
                        }
                        return true;
                    }
                },
                values);
    }

    /// The number that a query of one row and column answers.
    long number(String sql, Object... values) throws SQLException {
        return first(sql, row -> row.getLong(1), values)
                .orElseThrow(() -> new IllegalStateException("no answer to " + sql));
    }

    /// Runs a statement that takes no values, and is not worth preparing.
    void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// A column that holds text. Only damage makes it hold nothing.
    static String text(ResultSet row, int column) throws SQLException {
        return held(row.getString(column), column);
    }

    static byte[] bytes(ResultSet row, int column) throws SQLException {
        return held(row.getBytes(column), column);
    }

    private static <T> T held(@Nullable T value, int column) throws SQLException {
        if (value == null) {
            throw new SQLiteException("column " + column + " holds nothing", SQLiteErrorCode.SQLITE_CORRUPT);
        }
        return value;
    }

    /// A statement that failed is closed by the driver, and not used again.
    private <T> T use(String sql, Use<T> use, Object... values) throws SQLException {
        var statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        try {
            set(statement, values);
            return use.of(statement);
        } catch (SQLException e) {
            statements.remove(sql);
            statement.close();
            throw e;
        }
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            switch (values[i]) {
                case Long number -> statement.setLong(i + 1, number);
                case Integer number -> statement.setLong(i + 1, number);
                case String text -> statement.setString(i + 1, text);
                case byte[] bytes -> statement.setBytes(i + 1, bytes);
                default -> throw new IllegalArgumentException("no column holds a " + values[i].getClass());
            }
        }
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
        connection.close();
    }
}
