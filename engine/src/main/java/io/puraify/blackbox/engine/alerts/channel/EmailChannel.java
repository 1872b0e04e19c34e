package io.puraify.blackbox.engine.alerts.channel;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.engine.outgoing.AddressGuard;
import io.puraify.blackbox.engine.outgoing.Answer;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Properties;
import java.util.UUID;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * E-mail, as text and as HTML. Notifications of one group are one conversation; the id of a
 * notification is that of its message.
 */
public final class EmailChannel implements Channel {

  /** Longer subjects are cut by those who show them. */
  private static final int SUBJECT = 200;

  private static final Logger log = LoggerFactory.getLogger(EmailChannel.class);

  private static final String DOMAIN = "@blackbox>";

  private final EmailOptions options;
  private final AddressGuard guard;
  private final Duration timeout;

  /**
   * @param guard says which servers may be asked
   * @param timeout to connect, and for each answer of the server
   */
  public EmailChannel(EmailOptions options, AddressGuard guard, Duration timeout) {
    this.options = options;
    this.guard = guard;
    this.timeout = timeout;
  }

  @Override
  public String kind() {
    return "email";
  }

  @Override
  public Answer deliver(Notification notification) {
    try {
      guard.check(options.host());
      Session session = Session.getInstance(properties());
      MimeMessage message = message(session, notification);
      Transport transport = session.getTransport();
      try {
        if (options.user().isEmpty()) {
          transport.connect();
        } else {
          transport.connect(options.user(), options.password());
        }
        transport.sendMessage(message, message.getAllRecipients());
      } finally {
        leave(transport);
      }
      return Answer.delivered("accepted by " + options.host());
    } catch (AddressGuard.ForbiddenException e) {
      return Answer.refused(String.valueOf(e.getMessage()));
    } catch (AuthenticationFailedException e) {
      return Answer.refused(
          "the server does not let %s sign in: %s".formatted(options.user(), e.getMessage()));
    } catch (MessagingException e) {
      return isFinal(e) ? Answer.refused(text(e)) : Answer.retry(text(e));
    } catch (IOException e) {
      return Answer.retry(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  /** What the server has taken is sent, also where it does not answer the goodbye. */
  private static void leave(Transport transport) {
    try {
      transport.close();
    } catch (MessagingException e) {
      log.debug("a mail server did not answer the goodbye", e);
    }
  }

  private Properties properties() {
    String millis = Long.toString(timeout.toMillis());
    boolean implicit = options.security() == EmailOptions.Security.IMPLICIT;
    String protocol = implicit ? "smtps" : "smtp";
    Properties properties = new Properties();
    properties.put("mail.transport.protocol", protocol);
    String prefix = "mail." + protocol + ".";
    properties.put(prefix + "host", options.host());
    properties.put(prefix + "port", Integer.toString(options.port()));
    properties.put(prefix + "auth", Boolean.toString(!options.user().isEmpty()));
    properties.put(prefix + "connectiontimeout", millis);
    properties.put(prefix + "timeout", millis);
    properties.put(prefix + "writetimeout", millis);
    properties.put(prefix + "ssl.checkserveridentity", "true");
    boolean start = options.security() == EmailOptions.Security.STARTTLS;
    properties.put(prefix + "starttls.enable", Boolean.toString(start));
    properties.put(prefix + "starttls.required", Boolean.toString(start));
    return properties;
  }

  private MimeMessage message(Session session, Notification it) throws MessagingException {
    MimeMessage message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            // The same with each attempt, so that a mailbox knows it again.
            setHeader("Message-ID", "<" + it.id() + DOMAIN);
          }
        };
    message.setFrom(new InternetAddress(options.from()));
    for (String to : options.to()) {
      message.addRecipient(Message.RecipientType.TO, new InternetAddress(to));
    }
    String state = it.isResolved() ? "resolved" : it.severity().jsonName();
    String subject = "[%s] %s".formatted(state.toUpperCase(Locale.ROOT), it.title());
    message.setSubject(oneLine(subject), "UTF-8");
    OffsetDateTime created = Micros.toInstant(it.created()).atOffset(ZoneOffset.UTC);
    message.setHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(created));
    String group =
        "<" + UUID.nameUUIDFromBytes(it.group().getBytes(StandardCharsets.UTF_8)) + DOMAIN;
    message.setHeader("References", group);
    message.setHeader("In-Reply-To", group);
    // RFC 3834: nobody's holiday greeting answers it.
    message.setHeader("Auto-Submitted", "auto-generated");
    MimeMultipart both = new MimeMultipart("alternative");
    MimeBodyPart text = new MimeBodyPart();
    text.setText(EmailText.plain(it), "UTF-8");
    both.addBodyPart(text);
    MimeBodyPart html = new MimeBodyPart();
    html.setText(EmailText.html(it), "UTF-8", "html");
    both.addBodyPart(html);
    message.setContent(both);
    return message;
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("[\\p{Cntrl}]+", " ");
    return line.length() <= SUBJECT ? line : line.substring(0, SUBJECT - 1) + "…";
  }

  /** Whether the server has said that it will never take this. */
  private static boolean isFinal(MessagingException failed) {
    int code =
        switch (failed) {
          case SMTPSendFailedException e -> e.getReturnCode();
          case SMTPSenderFailedException e -> e.getReturnCode();
          case SMTPAddressFailedException e -> e.getReturnCode();
          default -> 0;
        };
    boolean deeper = failed.getNextException() instanceof MessagingException next && isFinal(next);
    return code >= 500 || code == 0 && deeper;
  }

  private static String text(MessagingException failed) {
    StringBuilder text = new StringBuilder(String.valueOf(failed.getMessage()).strip());
    Exception next = failed.getNextException();
    if (next != null) {
      text.append("; ").append(String.valueOf(next.getMessage()).strip());
    }
    if (failed instanceof SendFailedException some && some.getValidSentAddresses() != null) {
      for (Address each : some.getValidSentAddresses()) {
        text.append("; sent to ").append(each);
      }
    }
    return text.toString();
  }
}
