package io.puraify.blackbox.server.cli;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "Blackbox %s on Java %s".formatted(version == null ? "(not packaged)" : version, java())
    };
  }

  private static String java() {
    return Runtime.version().toString();
  }
}
