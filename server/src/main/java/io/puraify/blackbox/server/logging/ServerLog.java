package io.puraify.blackbox.server.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.puraify.blackbox.server.config.Settings.Logging;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets Logback up without its XML: the first line is there after 0.2 s of a cold JVM instead of
 * 0.65. Logback finds this class by {@code META-INF/services} and asks it before anything is
 * logged; {@link #apply} follows when the settings are known.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_TOP_PRIORITY)
public final class ServerLog extends ContextAwareBase implements Configurator {

  private static final String OWN = "io.puraify.blackbox";
  private static final String APPENDER = "standard error";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    setUp(context, new Logging("info", Logging.Format.TEXT));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** From now on the log looks as it is set. */
  public static void apply(Logging logging) {
    setUp((LoggerContext) LoggerFactory.getILoggerFactory(), logging);
  }

  private static void setUp(LoggerContext context, Logging logging) {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setName(APPENDER);
    appender.setTarget(ConsoleTarget.SystemErr.getName());
    appender.setEncoder(encoder(context, logging.format()));
    appender.start();
    Level level = Level.toLevel(logging.level());
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    root.addAppender(appender);
    // What the libraries have to say below this would hide what Blackbox says.
    root.setLevel(level.isGreaterOrEqual(Level.INFO) ? level : Level.INFO);
    context.getLogger(OWN).setLevel(level);
  }

  private static Encoder<ILoggingEvent> encoder(LoggerContext context, Logging.Format format) {
    Encoder<ILoggingEvent> encoder =
        switch (format) {
          case TEXT -> new TextEncoder();
          case JSON -> new JsonEncoder();
        };
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }
}
