package io.puraify.blackbox.engine.alerts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** As much of SMTP as a mail needs. What a mail server can do wrong, no real one does on demand. */
final class FakeMailServer implements FakeReceiver {

  private static final String ID = "Message-ID:";

  private final Trouble trouble;
  private volatile int troubles;
  private final AtomicInteger attempts = new AtomicInteger();
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ServerSocket server;
  private final Thread thread;

  /**
   * @param troubles how many attempts fail before one succeeds
   */
  FakeMailServer(Trouble trouble, int troubles) {
    this.trouble = trouble;
    this.troubles = troubles;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread = Thread.ofVirtual().start(this::accept);
  }

  @Override
  public int port() {
    return server.getLocalPort();
  }

  @Override
  public List<String> taken() {
    return List.copyOf(taken);
  }

  @Override
  public void mend() {
    troubles = 0;
  }

  @Override
  public int attempts() {
    return attempts.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        // Only close() ends it.
        return;
      }
    }
  }

  private void serve(Socket socket) {
    Trouble now = attempts.incrementAndGet() > troubles ? null : trouble;
    try {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      if (now == Trouble.SILENT) {
        // Until the other side has had enough.
        var _ = in.readLine();
      } else {
        talk(socket, in, now);
      }
      socket.close();
    } catch (IOException e) {
      // The other side has gone; what it has sent so far is what counts.
    } finally {
      open.remove(socket);
    }
  }

  private void talk(Socket socket, BufferedReader in, @Nullable Trouble now) throws IOException {
    say(socket, "220 fake");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String command = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
      switch (command) {
        case "RCPT" -> say(socket, now == Trouble.TOO_MANY ? "450 4.7.1 later" : "250 yes");
        case "DATA" -> {
          say(socket, "354 go on");
          if (!mail(socket, in, now)) {
            return;
          }
        }
        case "QUIT" -> {
          say(socket, "221 bye");
          return;
        }
        default -> say(socket, "250 yes");
      }
    }
  }

  /** Whether the conversation goes on. */
  private boolean mail(Socket socket, BufferedReader in, @Nullable Trouble now) throws IOException {
    String id = "";
    String line = in.readLine();
    while (line != null && !line.equals(".")) {
      if (id.isEmpty() && line.startsWith(ID)) {
        id = line.substring(ID.length()).strip();
      }
      line = in.readLine();
    }
    if (now == Trouble.FAILS) {
      say(socket, "451 4.3.0 broken");
      return true;
    }
    taken.add(id);
    if (now == Trouble.CUT_OFF) {
      return false;
    }
    say(socket, "250 taken");
    return now != Trouble.CUT_ANSWER;
  }

  private static void say(Socket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket each : open) {
        each.close();
      }
      thread.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
