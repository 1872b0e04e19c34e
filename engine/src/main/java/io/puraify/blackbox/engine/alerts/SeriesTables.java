package io.puraify.blackbox.engine.alerts;

import io.puraify.blackbox.engine.alerts.evaluate.Alert;
import io.puraify.blackbox.engine.alerts.evaluate.SeriesStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultSetException;

/**
 * Alerts, and what policies know of their events, within the transaction of a handle. Thousands may
 * be saved at once, so the statements are prepared once.
 */
final class SeriesTables implements SeriesStore, AutoCloseable {

  private final Handle handle;
  private final PreparedStatement alerts;
  private final PreparedStatement series;
  private final PreparedStatement shapes;

  SeriesTables(Handle handle) {
    this.handle = handle;
    try {
      Connection connection = handle.getConnection();
      this.alerts =
          connection.prepareStatement(
              "INSERT INTO alerts (id, policy, series, project, state, severity, started, resolved,"
                  + " body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET state ="
                  + " excluded.state, severity = excluded.severity, resolved = excluded.resolved,"
                  + " body = excluded.body");
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
    try {
      alerts.setString(1, alert.id());
      alerts.setString(2, alert.source().policy());
      alerts.setString(3, alert.source().series());
      alerts.setString(4, alert.labels().getOrDefault("project_id", ""));
      alerts.setString(5, alert.state().jsonName());
      alerts.setString(6, alert.severity().jsonName());
      alerts.setLong(7, alert.times().started());
      alerts.setLong(8, alert.times().resolved());
      alerts.setString(9, AlertJson.write(alert));
      alerts.executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    }
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
      alerts.close();
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
