package io.puraify.blackbox.e2e.scripts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Folders that look like a JDK to a script. */
final class FakeJdk {

  private FakeJdk() {}

  /** One with a file {@code release}; its {@code java} prints its arguments, one a line. */
  static Path create(Path home, String version) throws IOException {
    Files.createDirectories(home);
    Files.writeString(home.resolve("release"), "A=\"b\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
    executable(home.resolve("bin/java"), "printf '%s\\n' \"$@\"");
    executable(home.resolve("bin/javac"), "exit 1");
    return home;
  }

  /** One that only says when it is started how old it is. */
  static Path withoutReleaseFile(Path home, String version) throws IOException {
    create(home, version);
    Files.delete(home.resolve("release"));
    executable(
        home.resolve("bin/java"),
        "echo 'openjdk version \"%s\" 2026-01-20' >&2".formatted(version));
    return home;
  }

  static void executable(Path file, String command) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + command + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
