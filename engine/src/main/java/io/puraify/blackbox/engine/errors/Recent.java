package io.puraify.blackbox.engine.errors;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map with a bound; what was not asked for longest goes. */
class Recent<K, V> extends LinkedHashMap<K, V> {

  private static final long serialVersionUID = 1;

  private final int most;

  Recent(int most) {
    super(16, 0.75f, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
