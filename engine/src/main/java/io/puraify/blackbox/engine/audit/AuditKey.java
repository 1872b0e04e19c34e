package io.puraify.blackbox.engine.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Set;

/**
 * The Ed25519 key that signs, in a file that only its owner may read: both halves as PEM, the
 * private one as PKCS #8. Safe for any thread.
 */
public final class AuditKey {

  private static final String PRIVATE = "PRIVATE KEY";

  private final PrivateKey privateKey;
  private final AuditPublicKey publicKey;

  private AuditKey(PrivateKey privateKey, AuditPublicKey publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /**
   * Reads the key, or makes one where there is none.
   *
   * @param mayCreate false where something was signed before: another key could not stand for it
   * @throws AuditException naming the file, the fact and the remedy
   */
  static AuditKey open(Path file, boolean mayCreate) {
    try {
      if (Files.notExists(file)) {
        if (!mayCreate) {
          throw new AuditException(
              "the key %s is gone, and with it nothing can be signed as before; restore it from a"
                      .formatted(file)
                  + " backup, or start with audit.enabled: false");
        }
        create(file);
      }
      return read(file);
    } catch (IOException e) {
      throw new AuditException("cannot read or make the key %s: %s".formatted(file, e), e);
    }
  }

  private static AuditKey read(Path file) throws IOException {
    String pem = Files.readString(file, StandardCharsets.US_ASCII);
    try {
      AuditPublicKey publicKey = AuditPublicKey.parse(pem);
      AuditKey key =
          new AuditKey(
              KeyFactory.getInstance("Ed25519")
                  .generatePrivate(new PKCS8EncodedKeySpec(Pem.decode(PRIVATE, pem))),
              publicKey);
      byte[] probe = {1, 2, 3};
      if (!publicKey.verifies(probe, key.sign(probe))) {
        throw new IllegalArgumentException("its two halves do not belong together");
      }
      return key;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new AuditException(
          "%s is no Ed25519 key: %s; restore it from a backup".formatted(file, e.getMessage()), e);
    }
  }

  /** Whole or not at all: a part of a key would be taken for a damaged one. */
  private static void create(Path file) throws IOException {
    Path folder = file.toAbsolutePath().resolveSibling(".").normalize();
    Files.createDirectories(folder, ownerOnly("rwx------"));
    KeyPair pair;
    try {
      pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK since 15 has Ed25519", e);
    }
    String pem =
        Pem.encode(PRIVATE, pair.getPrivate().getEncoded())
            + Pem.encode(AuditPublicKey.LABEL, pair.getPublic().getEncoded());
    Path unfinished = folder.resolve(file.getFileName() + ".unfinished");
    Files.deleteIfExists(unfinished);
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(unfinished, options, ownerOnly("rw-------"))) {
      var bytes = StandardCharsets.US_ASCII.encode(pem);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static FileAttribute<?>[] ownerOnly(String permissions) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** The half that may be known to everybody. */
  public AuditPublicKey publicKey() {
    return publicKey;
  }

  byte[] sign(byte[] bytes) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(privateKey);
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an Ed25519 key signs", e);
    }
  }

  /** The text form of keys, RFC 7468. */
  static final class Pem {
    private Pem() {}

    static String encode(String label, byte[] bytes) {
      return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
          .formatted(label, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes));
    }

    static byte[] decode(String label, String pem) {
      String begin = "-----BEGIN " + label + "-----";
      int from = pem.indexOf(begin);
      int to = pem.indexOf("-----END " + label + "-----");
      if (from < 0 || to < from) {
        throw new IllegalArgumentException("it has no " + label);
      }
      return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
    }
  }
}
