package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Retention;
import io.puraify.blackbox.storage.contract.EventStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DuckDbEventStoreTest extends EventStoreContract {

  @TempDir Path folder;

  @Override
  protected EventStore newStore(Retention retention) {
    return new DuckDbEventStore(
        DuckDbOptions.of(folder).withRetention(retention).withCompactFrom(1));
  }
}
