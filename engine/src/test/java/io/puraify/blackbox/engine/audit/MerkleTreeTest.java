package io.puraify.blackbox.engine.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The tree of RFC 6962 with the leaves that its authors' own tests have. */
class MerkleTreeTest {

  private static final HexFormat HEX = HexFormat.of();

  private static final List<byte[]> LEAVES =
      List.of(
              "",
              "00",
              "10",
              "2021",
              "3031",
              "40414243",
              "5051525354555657",
              "606162636465666768696a6b6c6d6e6f")
          .stream()
          .map(hex -> MerkleTree.leaf(HEX.parseHex(hex)))
          .toList();

  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  private static final String NODE_56 =
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
  private static final String NODE_78 =
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
  private static final String NODES_5_AND_6 =
      "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";

  /** The hash of any subtree over given leaves. */
  private static MerkleTree tree(List<byte[]> leaves) {
    return new MerkleTree(
        new MerkleTree.Nodes() {
          @Override
          public byte[] hash(int level, long index) {
            return level == 0
                ? leaves.get((int) index)
                : MerkleTree.node(hash(level - 1, 2 * index), hash(level - 1, 2 * index + 1));
          }
        });
  }

  private static List<String> hex(List<byte[]> hashes) {
    return hashes.stream().map(HEX::formatHex).toList();
  }

  @Test
  void rootsAreThoseOfTheReference() {
    TreeGrowth growth = new TreeGrowth((level, index, hash) -> {});
    for (int size = 0; size <= LEAVES.size(); size++) {
      assertThat(HEX.formatHex(tree(LEAVES).root(size))).isEqualTo(ROOTS.get(size));
      assertThat(HEX.formatHex(growth.root())).isEqualTo(ROOTS.get(size));
      if (size < LEAVES.size()) {
        growth.add(LEAVES.get(size));
      }
    }
  }

  @Test
  void proofsAreThoseOfTheReference() {
    assertThat(hex(tree(LEAVES).inclusion(5, 8))).containsExactly(NODE_56, NODE_78, ROOTS.get(4));
    assertThat(hex(tree(LEAVES).inclusion(2, 3))).containsExactly(ROOTS.get(2));
    assertThat(hex(tree(LEAVES).consistency(6, 8)))
        .containsExactly(NODES_5_AND_6, NODE_78, ROOTS.get(4));
    assertThat(tree(LEAVES).consistency(8, 8)).isEmpty();
  }

  @Test
  void everyProofOfEverySizeHoldsAndNoneOfAnythingElse() {
    List<byte[]> leaves = leaves(70);
    MerkleTree tree = tree(leaves);
    Random random = new Random(7);
    for (int size = 1; size <= leaves.size(); size++) {
      byte[] root = tree.root(size);
      for (int leaf = 0; leaf < size; leaf++) {
        List<byte[]> path = tree.inclusion(leaf, size);
        byte[] hash = leaves.get(leaf);
        assertThat(MerkleProof.included(hash, leaf, size, path, root)).isTrue();
        assertThat(MerkleProof.included(MerkleTree.leaf(hash), leaf, size, path, root)).isFalse();
        assertThat(MerkleProof.included(hash, leaf, size, altered(path, random), root)).isFalse();
        if (size > 1) {
          assertThat(MerkleProof.included(hash, (leaf + 1) % size, size, path, root)).isFalse();
        }
      }
      for (int before = 0; before <= size; before++) {
        List<byte[]> proof = tree.consistency(before, size);
        byte[] old = tree.root(before);
        assertThat(MerkleProof.consistent(before, old, size, root, proof)).isTrue();
        assertThat(MerkleProof.consistent(before, old, size, root, altered(proof, random)))
            .isFalse();
        if (before > 0) {
          byte[] other = MerkleTree.leaf(old);
          assertThat(MerkleProof.consistent(before, other, size, root, proof)).isFalse();
        }
      }
    }
  }

  @Test
  void aTreeGoesOnFromItsStoredNodes() {
    List<byte[]> leaves = leaves(600);
    MerkleTree tree = tree(leaves);
    for (int size : new int[] {0, 1, 2, 255, 256, 257, 511, 599}) {
      TreeGrowth growth = TreeGrowth.at(size, tree.nodes(), (level, index, hash) -> {});
      leaves.subList(size, leaves.size()).forEach(growth::add);
      assertThat(growth.root()).isEqualTo(tree.root(leaves.size()));
    }
  }

  private static List<byte[]> leaves(int count) {
    List<byte[]> leaves = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      leaves.add(MerkleTree.leaf(new byte[] {(byte) i, (byte) (i >> 8)}));
    }
    return leaves;
  }

  /** A path with a byte that differs, or one hash too many. */
  private static List<byte[]> altered(List<byte[]> path, Random random) {
    List<byte[]> altered = new ArrayList<>(path);
    if (path.isEmpty() || random.nextInt(4) == 0) {
      altered.add(new byte[Sha256.BYTES]);
    } else {
      int at = random.nextInt(path.size());
      byte[] other = path.get(at).clone();
      other[random.nextInt(other.length)] ^= 1;
      altered.set(at, other);
    }
    return altered;
  }
}
