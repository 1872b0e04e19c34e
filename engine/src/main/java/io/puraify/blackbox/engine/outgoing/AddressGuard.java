package io.puraify.blackbox.engine.outgoing;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Keeps what is sent from going where only this machine and its network can reach: a URL in a
 * configuration must not become a way into them. Names are resolved before each request; the JVM
 * keeps what it resolved for longer than a request takes to connect, so both see the same
 * addresses.
 *
 * @param privateAllowed whether loopback, link-local and private addresses are fine
 * @param setting the name of the setting that says so, for messages
 */
public record AddressGuard(boolean privateAllowed, String setting) {

  /**
   * Checks where a URL leads.
   *
   * @throws ForbiddenException where it must not lead
   * @throws UnknownHostException where its name leads nowhere
   */
  public void check(URI uri) throws IOException {
    String scheme = uri.getScheme();
    if (uri.getHost() == null || !("https".equals(scheme) || "http".equals(scheme))) {
      throw new ForbiddenException("%s is no http or https URL".formatted(uri));
    }
    check(uri.getHost());
  }

  /** The same for the name of a host. */
  public void check(String host) throws IOException {
    if (privateAllowed) {
      return;
    }
    for (InetAddress address : InetAddress.getAllByName(host)) {
      if (isInternal(address)) {
        throw new ForbiddenException(
            "%s leads to %s, which is not public; %s allows that"
                .formatted(host, address.getHostAddress(), setting));
      }
    }
  }

  static boolean isInternal(InetAddress address) {
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    boolean shared = bytes.length == 4 && first == 100 && second >= 64 && second < 128;
    boolean reserved = bytes.length == 4 && (first == 0 || first >= 240);
    boolean unique = address instanceof Inet6Address && (first & 0xfe) == 0xfc;
    // The well-known prefix of NAT64 leads to any address of version 4.
    boolean translated =
        address instanceof Inet6Address
            && first == 0
            && second == 0x64
            && (bytes[2] & 0xff) == 0xff;
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()
        || shared
        || reserved
        || unique
        || translated;
  }

  /** A URL leads where nothing must go. */
  public static final class ForbiddenException extends IOException {
    private static final long serialVersionUID = 1;

    ForbiddenException(String message) {
      super(message);
    }
  }
}
