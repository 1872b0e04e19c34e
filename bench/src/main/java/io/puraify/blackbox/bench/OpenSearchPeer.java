package io.puraify.blackbox.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * An OpenSearch node of the same JDK, in a process of its own.
 *
 * @param jar of the node, built from {@code bench/opensearch}
 * @param heap such as {@code 4g}
 * @param most the most events that it is given, since it is slow
 * @param folder of its data and its log
 */
record OpenSearchPeer(Path jar, String heap, long most, Path folder) implements Peer {

  @Override
  public String name() {
    return "opensearch";
  }

  @Override
  public void requireInstalled() throws IOException {
    if (!Files.exists(jar)) {
      throw new IOException(
          jar + " is not there; build it: mvn -f bench/opensearch/pom.xml package");
    }
  }

  @Override
  public SystemResult measure(Task task) throws IOException, InterruptedException {
    Task own = task.first(most);
    long events = own.count();
    Path data = folder.resolve("opensearch-data").toAbsolutePath();
    Folders.delete(data);
    Measurements measurements = new Measurements();
    String version;
    try (ServerProcess server =
            ServerProcess.start(command(data), folder.resolve("opensearch.log"));
        OpenSearchIndex index = OpenSearchIndex.create(server.uri())) {
      version = index.version();
      index.load(own.events(), events, measurements);
      measurements.add(Work.DISK_FRESH, index.bytes() / (double) events);
      index.merge();
      measurements.add(Work.DISK, index.bytes() / (double) events);
      index.ask(own.samples(), own.expected(), measurements);
      measurements.add(Work.MEMORY, server.mostResidentMib());
    }
    Folders.delete(data);
    note(measurements);
    String name = String.format(Locale.ROOT, "OpenSearch %s (%,d events)", version, events);
    return new SystemResult(name, events, measurements);
  }

  private List<String> command(Path data) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xms" + heap,
        "-Xmx" + heap,
        "--add-modules=jdk.incubator.vector",
        "-jar",
        jar.toString(),
        data.toString());
  }

  private void note(Measurements measurements) {
    measurements.note(
        "is slow, so it may be given fewer events than the others: the first of the same file, also"
            + " for the disk and the questions");
    measurements.note(
        "takes them as _bulk over 3 connections, one shard, no replica, fsync of the translog"
            + " before the answer, one refresh at the end, heap of "
            + heap);
    measurements.note(
        "its disk is that of the index without the translog; settled is after a merge to one"
            + " segment, and so are the questions");
    measurements.note(
        "its percentiles are HDR histograms of two digits, within 1 %; it finds a word in messages"
            + " only and not inside of other words; its cache of whole answers is off");
  }
}
