package io.puraify.blackbox.server.cli;

import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.StoreException;
import io.puraify.blackbox.engine.audit.AuditException;
import io.puraify.blackbox.engine.state.StateException;
import io.puraify.blackbox.journal.JournalException;
import io.puraify.blackbox.server.cli.http.ServerFailedException;
import io.puraify.blackbox.server.cli.terminal.Printable;
import io.puraify.blackbox.server.config.SettingsException;
import io.puraify.blackbox.server.http.ListenException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says why a command has failed: a message for what happens, a stack trace for what must not. */
final class Failures {

  private final PrintStream err;

  Failures(PrintStream err) {
    this.err = err;
  }

  /** Says what is wrong with how a command was called. */
  int usage(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    err.println("blackbox: " + Printable.lines(String.valueOf(wrong.getMessage())));
    UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
    err.printf("Try '%s --help'.%n", command.getCommandSpec().qualifiedName());
    return ExitCode.USAGE;
  }

  /**
   * Says why a command could not do what it was called for.
   *
   * @param verbose whether the stack trace is wanted in any case
   */
  int execution(Exception failure, boolean verbose) {
    String message = message(failure);
    err.println("blackbox: " + (message == null ? "this should not happen" : message));
    if (message == null || verbose || LoggerFactory.getLogger(Failures.class).isDebugEnabled()) {
      failure.printStackTrace(err);
    }
    return failure instanceof SettingsException ? ExitCode.USAGE : ExitCode.FAILED;
  }

  /** What there is to say, or {@code null} where only a stack trace helps. */
  private static @Nullable String message(Exception failure) {
    return switch (failure) {
      case SettingsException settings -> text(settings).replace("\n", "\nblackbox: ");
      case ProblemException refused -> text(refused.problem());
      case JournalException journal -> text(journal);
      case StoreException store -> text(store);
      case StateException state -> text(state);
      case AuditException audit -> text(audit);
      case ListenException listen -> text(listen);
      case ServerFailedException server -> text(server);
      case FileSystemException file -> file.getClass().getSimpleName() + ": " + text(file);
      case IOException io -> text(io);
      case UncheckedIOException io -> text(io);
      default -> null;
    };
  }

  private static String text(Exception failure) {
    String message = failure.getMessage();
    return Printable.lines(message == null ? failure.toString() : message);
  }

  private static String text(Problem problem) {
    StringBuilder text = new StringBuilder(problem.title()).append(": ").append(problem.detail());
    problem
        .errors()
        .forEach(
            item -> text.append("\n  ").append(item.pointer()).append(": ").append(item.detail()));
    return Printable.lines(text.toString());
  }
}
