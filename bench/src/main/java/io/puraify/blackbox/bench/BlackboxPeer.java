package io.puraify.blackbox.bench;

import java.io.IOException;

/** Blackbox itself, among its peers. */
record BlackboxPeer(BlackboxServer blackbox) implements Peer {

  @Override
  public String name() {
    return "blackbox";
  }

  @Override
  public void requireInstalled() throws IOException {
    blackbox.requireInstalled();
  }

  @Override
  public SystemResult measure(Task task) throws IOException, InterruptedException {
    Measurements measurements = new Measurements();
    try (ServerProcess server = blackbox.onEmptyFolder()) {
      NdjsonLoad.Result load = blackbox.load(server, task.events(), measurements);
      blackbox.settle(server, load, task.count(), measurements);
      BlackboxServer.ask(server, task.samples(), task.expected(), measurements);
      measurements.add(Work.MEMORY, server.mostResidentMib());
    }
    blackbox.deleteData();
    return new SystemResult("Blackbox", task.count(), measurements);
  }
}
