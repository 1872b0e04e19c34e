package io.puraify.blackbox.bench.opensearch;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.codelibs.opensearch.runner.OpenSearchRunner;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.common.transport.TransportAddress;
import org.opensearch.http.HttpServerTransport;

/**
 * One OpenSearch node in a folder, on free ports of the loopback interface. When it is ready it
 * says so in a line as Blackbox does; it ends when its standard input does, so that it does not
 * outlive who started it.
 */
public final class Main {

  private Main() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      System.err.println("usage: opensearch-peer FOLDER");
      System.exit(2);
    }
    // The node's log takes System.out for itself.
    PrintStream out = System.out;
    try (OpenSearchRunner runner = new OpenSearchRunner()) {
      runner.onBuild((number, settings) -> configure(settings));
      runner.build(OpenSearchRunner.newConfigs().basePath(args[0]).numOfNode(1).useLogger());
      runner.ensureGreen();
      out.println("OpenSearch is ready at http://" + address(runner));
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static void configure(Settings.Builder settings) {
    settings.put("discovery.type", "single-node");
    settings.put("network.host", "127.0.0.1");
    settings.put("http.port", "0");
    settings.put("transport.port", "0");
    settings.putList("node.roles", "cluster_manager", "data");
    // A nearly full disk of a developer's machine must not block the index.
    settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
  }

  private static TransportAddress address(OpenSearchRunner runner) {
    HttpServerTransport http = runner.node().injector().getInstance(HttpServerTransport.class);
    return http.boundAddress().publishAddress();
  }
}
