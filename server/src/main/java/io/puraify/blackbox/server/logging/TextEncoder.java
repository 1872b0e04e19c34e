package io.puraify.blackbox.server.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A line for people: {@code 2025-07-25T14:01:00.120Z INFO HttpEndpoint: listening}. */
final class TextEncoder extends EncoderBase<ILoggingEvent> {

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    String logger = event.getLoggerName();
    String line =
        String.format(
            Locale.ROOT,
            "%s %-5s %s: %s\n",
            event.getInstant(),
            event.getLevel(),
            logger.substring(logger.lastIndexOf('.') + 1),
            event.getFormattedMessage());
    String trace =
        event.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(event.getThrowableProxy());
    return (line + trace).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }
}
