package io.lambdascope.localstack.emulators;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// The H2 database in which ElasticMQ keeps queues and messages: a table `queue`, and one `message_…` for each queue.
///
/// @param uri WRITE_DELAY=0: H2 would else keep what it has acknowledged in memory for half a second, and a kill lose
/// it
record SqsDatabase(String uri) {
    static SqsDatabase in(Path directory) {
        return new SqsDatabase("jdbc:h2:file:" + directory.resolve("queues") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
    }

    /// The names of the queues that a start brings back.
    List<String> queues() throws IOException {
        return list("select table_name from information_schema.tables where table_name = 'QUEUE'")
                        .isEmpty()
                ? List.of()
                : list("select name from queue");
    }

    /// Deletes from each queue the messages that have gone to its dead letters. ElasticMQ forgets to, where a long poll
    /// finds that a message has come too often; the next start would bring it back, and it would go a second time.
    void forgetDeadLetters() throws IOException {
        List<String> tables =
                list("select table_name from information_schema.tables where table_name like 'MESSAGE!_%' escape '!'");
        for (String queue : tables) {
            for (String dead : tables) {
                if (!queue.equals(dead)) {
                    update("""
                            delete from %s where message_id in
                            (select message_id from %s where dead_letter_source_queue_name is not null)\
                            """.formatted(queue, dead));
                }
            }
        }
    }

    private List<String> list(String query) throws IOException {
        List<String> values = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(uri);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IOException("the database of the queues cannot be read: " + e.getMessage(), e);
        }
        return values;
    }

    private void update(String sql) throws IOException {
        try (Connection connection = DriverManager.getConnection(uri);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IOException("the database of the queues cannot be written: " + e.getMessage(), e);
        }
    }
}
