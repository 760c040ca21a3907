package dev.windrow.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.file.FlatFileItemWriter;
import org.springframework.batch.infrastructure.item.file.transform.DelimitedLineAggregator;
import org.springframework.core.io.FileSystemResource;

/** Writes a query's rows as Spring Batch does in chunks of 1,000, without its transactions: for it a favour. */
final class SpringBatchPeer {
    private static final int CHUNK = 1_000;

    private SpringBatchPeer() {}

    /** @param arguments the database, the query and the file to write */
    public static void main(String[] arguments) throws Exception {
        DelimitedLineAggregator<Object[]> lines = new DelimitedLineAggregator<>();
        lines.setFieldExtractor(row -> row);
        FlatFileItemWriter<Object[]> writer = new FlatFileItemWriter<>(lines);
        writer.setResource(new FileSystemResource(Path.of(arguments[2]).toFile()));
        writer.setTransactional(false);
        writer.setSaveState(false);
        writer.afterPropertiesSet();
        writer.open(new ExecutionContext());
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(arguments[1])) {
            copy(rows, rows.getMetaData().getColumnCount(), writer);
        } finally {
            writer.close();
        }
    }

    private static void copy(ResultSet rows, int columns, FlatFileItemWriter<Object[]> writer) throws Exception {
        List<Object[]> chunk = new ArrayList<>(CHUNK);
        while (rows.next()) {
            Object[] row = new Object[columns];
            for (int i = 0; i < columns; i++) {
                row[i] = rows.getObject(i + 1);
            }
            chunk.add(row);
            if (chunk.size() == CHUNK) {
                writer.write(new Chunk<>(chunk));
                chunk.clear();
            }
        }
        writer.write(new Chunk<>(chunk));
    }
}
