package io.puraify.blackbox.engine.alerts;

import io.puraify.blackbox.engine.alerts.evaluate.Alert;
import io.puraify.blackbox.engine.alerts.evaluate.SeriesStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultSetException;

/**
 * What policies know of their events, within the transaction of a handle. Thousands of series may
 * be saved at once, so their statements are prepared once.
 */
final class SeriesTables implements SeriesStore, AutoCloseable {

  private final Handle handle;
  private final AlertTables alerts;
  private final PreparedStatement series;
  private final PreparedStatement shapes;

  SeriesTables(Handle handle, AlertTables alerts) {
    this.handle = handle;
    this.alerts = alerts;
    try {
      Connection connection = handle.getConnection();
      this.series =
          connection.prepareStatement(
              "INSERT INTO alert_series (policy, series, body) VALUES (?, ?, ?) ON CONFLICT (policy,"
                  + " series) DO UPDATE SET body = excluded.body");
      this.shapes =
          connection.prepareStatement(
              "INSERT INTO alert_shapes (policy, shape, seen) VALUES (?, ?, ?) ON CONFLICT (policy,"
                  + " shape) DO UPDATE SET seen = excluded.seen");
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public void save(String policy, String key, byte[] body) {
    try {
      series.setString(1, policy);
      series.setString(2, key);
      series.setBytes(3, body);
      series.executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public void remove(String policy, String key) {
    handle.execute("DELETE FROM alert_series WHERE policy = ? AND series = ?", policy, key);
  }

  @Override
  public void save(Alert alert) {
    alerts.save(alert);
  }

  @Override
  public void seen(String policy, long shape, long micros) {
    try {
      shapes.setString(1, policy);
      shapes.setLong(2, shape);
      shapes.setLong(3, micros);
      shapes.executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    try {
      series.close();
      shapes.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static ResultSetException failed(SQLException e) {
    return new ResultSetException("cannot save what alert policies know", e, null);
  }
}
