package io.puraify.blackbox.engine.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressGuardTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "10.1.2.3, true",
    "172.16.0.1, true",
    "192.168.1.1, true",
    "169.254.169.254, true",
    "100.64.0.1, true",
    "0.0.0.0, true",
    "::1, true",
    "fe80::1, true",
    "fd00::1, true",
    "64:ff9b::7f00:1, true",
    "1.1.1.1, false",
    "2606:4700::1111, false"
  })
  void internalAddressesAreKnown(String address, boolean internal) throws IOException {
    assertThat(AddressGuard.isInternal(InetAddress.getByName(address))).isEqualTo(internal);
  }
}
