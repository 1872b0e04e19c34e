package io.puraify.blackbox.engine.audit;

import io.puraify.blackbox.engine.audit.AuditKey.Pem;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;

/** The public half of an {@link AuditKey}: all that is needed to verify. Safe for any thread. */
public final class AuditPublicKey {

  static final String LABEL = "PUBLIC KEY";

  private final PublicKey key;

  private AuditPublicKey(PublicKey key) {
    this.key = key;
  }

  /**
   * Reads it from PEM.
   *
   * @throws IllegalArgumentException where that is no Ed25519 key
   */
  public static AuditPublicKey parse(String pem) {
    try {
      byte[] bytes = Pem.decode(LABEL, pem);
      return new AuditPublicKey(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(bytes)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("it is no Ed25519 key: " + e.getMessage(), e);
    }
  }

  /** As PEM. */
  public String pem() {
    return Pem.encode(LABEL, key.getEncoded());
  }

  /** The SHA-256 of its encoded form: short enough to be compared by people. */
  public String fingerprint() {
    return "SHA256:" + Base64Text.of(Sha256.of(key.getEncoded()));
  }

  boolean verifies(byte[] bytes, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(bytes);
      return verifier.verify(signature);
    } catch (SignatureException e) {
      // Bytes that are no signature at all.
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an Ed25519 key verifies", e);
    }
  }
}
