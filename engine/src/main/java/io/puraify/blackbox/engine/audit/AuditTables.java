package io.puraify.blackbox.engine.audit;

import io.puraify.blackbox.engine.state.StateException;
import io.puraify.blackbox.engine.state.StateSchema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Leaves, nodes, checkpoints and gap records in the state database, for one transaction. */
record AuditTables(Handle handle) {

  /** Of the nodes, every eighth level is kept: a hash between is computed from at most 128. */
  static final int TILE_LEVELS = 8;

  static final StateSchema SCHEMA =
      StateSchema.of(
          "audit",
          "CREATE TABLE audit_leaves (leaf BIGINT NOT NULL, first BIGINT NOT NULL,"
              + " events BIGINT NOT NULL, hash BYTEA NOT NULL, PRIMARY KEY (leaf))",
          "CREATE TABLE audit_nodes (level BIGINT NOT NULL, node BIGINT NOT NULL,"
              + " hash BYTEA NOT NULL, PRIMARY KEY (level, node))",
          "CREATE TABLE audit_checkpoints (number BIGINT NOT NULL, leaves BIGINT NOT NULL,"
              + " position BIGINT NOT NULL, root BYTEA NOT NULL, micros BIGINT NOT NULL,"
              + " gaps BIGINT NOT NULL, last_gap BYTEA NOT NULL, previous BYTEA NOT NULL,"
              + " signature BYTEA NOT NULL, PRIMARY KEY (number))",
          "CREATE TABLE audit_gaps (number BIGINT NOT NULL, micros BIGINT NOT NULL,"
              + " day BIGINT NOT NULL, events BIGINT NOT NULL, parts BYTEA NOT NULL,"
              + " previous BYTEA NOT NULL, signature BYTEA NOT NULL, PRIMARY KEY (number))",
          "CREATE TABLE audit_gap_parts (gap BIGINT NOT NULL, leaf BIGINT NOT NULL,"
              + " digests BYTEA NOT NULL, PRIMARY KEY (gap, leaf))",
          "CREATE INDEX audit_gap_parts_by_leaf ON audit_gap_parts (leaf)",
          "CREATE TABLE audit_anchored (url TEXT NOT NULL, next BIGINT NOT NULL,"
              + " PRIMARY KEY (url))");

  private static final String CHECKPOINT =
      "SELECT number, leaves, position, root, micros, gaps, last_gap, previous, signature"
          + " FROM audit_checkpoints ";

  /** Adds leaves behind the last. */
  void addLeaves(List<Leaf> leaves) {
    String sql = "INSERT INTO audit_leaves (leaf, first, events, hash) VALUES (?, ?, ?, ?)";
    try (var statement = handle.getConnection().prepareStatement(sql)) {
      for (Leaf leaf : leaves) {
        statement.setLong(1, leaf.number());
        statement.setLong(2, leaf.first());
        statement.setLong(3, leaf.events());
        statement.setBytes(4, leaf.hash());
        statement.executeUpdate();
      }
    } catch (SQLException e) {
      throw new StateException("cannot write the leaves of the audit trail: " + e.getMessage(), e);
    }
  }

  void addNode(int level, long node, byte[] hash) {
    handle.execute(
        "INSERT INTO audit_nodes (level, node, hash) VALUES (?, ?, ?)", level, node, hash);
  }

  void add(Checkpoint checkpoint) {
    Checkpoint.Content content = checkpoint.content();
    handle.execute(
        "INSERT INTO audit_checkpoints (number, leaves, position, root, micros, gaps, last_gap,"
            + " previous, signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        content.number(),
        content.leaves(),
        content.position(),
        content.root(),
        content.micros(),
        content.gaps(),
        content.lastGap(),
        content.previous(),
        checkpoint.signature());
  }

  void add(Gap gap) {
    Gap.Content content = gap.content();
    handle.execute(
        "INSERT INTO audit_gaps (number, micros, day, events, parts, previous, signature)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        content.number(),
        content.micros(),
        content.day(),
        content.events(),
        content.parts(),
        content.previous(),
        gap.signature());
  }

  void add(long gap, GapPart part) {
    handle.execute(
        "INSERT INTO audit_gap_parts (gap, leaf, digests) VALUES (?, ?, ?)",
        gap,
        part.leaf(),
        part.digests());
  }

  /** How many leaves there are. */
  long leaves() {
    return handle
        .select("SELECT leaf FROM audit_leaves ORDER BY leaf DESC LIMIT 1")
        .mapTo(Long.class)
        .findOne()
        .map(last -> last + 1)
        .orElse(0L);
  }

  /** Those from a number on, in order. */
  List<Leaf> leaves(long from, int count) {
    return handle
        .select(
            "SELECT leaf, first, events, hash FROM audit_leaves WHERE leaf >= ? AND leaf < ?"
                + " ORDER BY leaf",
            from,
            from + count)
        .map((row, context) ->
            new Leaf(row.getLong(1), row.getLong(2), row.getInt(3), row.getBytes(4)))
        .list();
  }

  /** The last leaf that begins at or before a position. */
  Optional<Leaf> leafAt(long position) {
    long from = 0;
    long to = leaves();
    while (from < to) {
      long middle = (from + to) >>> 1;
      List<Leaf> found = leaves(middle, 1);
      if (found.isEmpty() || found.getFirst().first() <= position) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from == 0 ? Optional.empty() : leaves(from - 1, 1).stream().findFirst();
  }

  /** The hashes of subtrees: those that are kept, and those that follow from them. */
  MerkleTree.Nodes nodes() {
    return this::hash;
  }

  private byte[] hash(int level, long index) {
    if (level % TILE_LEVELS != 0) {
      return MerkleTree.node(hash(level - 1, 2 * index), hash(level - 1, 2 * index + 1));
    }
    Optional<byte[]> hash =
        level == 0
            ? leaves(index, 1).stream().map(Leaf::hash).findFirst()
            : handle
                .select("SELECT hash FROM audit_nodes WHERE level = ? AND node = ?", level, index)
                .map((row, context) -> row.getBytes(1))
                .findOne();
    return hash.orElseThrow(() ->
        new AuditException(
            "the audit trail has lost node %d of level %d; verify it".formatted(index, level)));
  }

  Optional<Checkpoint> lastCheckpoint() {
    return handle
        .select(CHECKPOINT + "ORDER BY number DESC LIMIT 1")
        .map((row, context) -> checkpoint(row))
        .findOne();
  }

  /** Those from a number on, in order. */
  List<Checkpoint> checkpoints(long from, int count) {
    return handle
        .select(CHECKPOINT + "WHERE number >= ? ORDER BY number LIMIT ?", from, count)
        .map((row, context) -> checkpoint(row))
        .list();
  }

  /** The number of the first checkpoint that the receiver at a URL does not have. */
  long anchored(String url) {
    return handle
        .select("SELECT next FROM audit_anchored WHERE url = ?", url)
        .mapTo(Long.class)
        .findOne()
        .orElse(0L);
  }

  /** Takes note of what a receiver has. */
  void anchor(String url, long next) {
    handle.execute(
        "INSERT INTO audit_anchored (url, next) VALUES (?, ?)"
            + " ON CONFLICT (url) DO UPDATE SET next = excluded.next",
        url,
        next);
  }

  /** The first one whose tree has a leaf. */
  Optional<Checkpoint> checkpointWith(long leaf) {
    return handle
        .select(CHECKPOINT + "WHERE leaves > ? ORDER BY number LIMIT 1", leaf)
        .map((row, context) -> checkpoint(row))
        .findOne();
  }

  private static Checkpoint checkpoint(ResultSet row) throws SQLException {
    return new Checkpoint(
        new Checkpoint.Content(
            row.getLong(1),
            row.getLong(2),
            row.getLong(3),
            row.getBytes(4),
            row.getLong(5),
            row.getLong(6),
            row.getBytes(7),
            row.getBytes(8)),
        row.getBytes(9));
  }

  /** Those from a number on, in order. */
  List<Gap> gaps(long from, int count) {
    return handle
        .select(
            "SELECT number, micros, day, events, parts, previous, signature FROM audit_gaps"
                + " WHERE number >= ? ORDER BY number LIMIT ?",
            from,
            count)
        .map((row, context) ->
            new Gap(
                new Gap.Content(
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getBytes(5),
                    row.getBytes(6)),
                row.getBytes(7)))
        .list();
  }

  Optional<Gap> lastGap() {
    return handle
        .select("SELECT number FROM audit_gaps ORDER BY number DESC LIMIT 1")
        .mapTo(Long.class)
        .findOne()
        .flatMap(last -> gaps(last, 1).stream().findFirst());
  }

  /** What the gap records before a number say was removed of a leaf. */
  List<GapPart> gapParts(long leaf, long gaps) {
    return handle
        .select(
            "SELECT leaf, digests FROM audit_gap_parts WHERE leaf = ? AND gap < ? ORDER BY gap",
            leaf,
            gaps)
        .map((row, context) -> new GapPart(row.getLong(1), row.getBytes(2)))
        .list();
  }

  /** The parts of a record, from a leaf on, in the order of leaves. */
  List<GapPart> gapParts(long gap, long fromLeaf, int count) {
    return handle
        .select(
            "SELECT leaf, digests FROM audit_gap_parts WHERE gap = ? AND leaf >= ?"
                + " ORDER BY leaf LIMIT ?",
            gap,
            fromLeaf,
            count)
        .map((row, context) -> new GapPart(row.getLong(1), row.getBytes(2)))
        .list();
  }
}
