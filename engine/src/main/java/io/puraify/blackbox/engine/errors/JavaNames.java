package io.puraify.blackbox.engine.errors;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names on the Java virtual machine: Java's own, Kotlin's and Scala's. */
final class JavaNames implements FrameNames {

  private static final Prefixes LIBRARIES =
      Prefixes.of(
          "java. javax. jdk. sun. com.sun. jakarta. kotlin. kotlinx. scala. groovy. clojure."
              + " org.springframework. org.apache. org.hibernate. org.jboss. org.eclipse."
              + " org.junit. org.mockito. org.slf4j. org.postgresql. org.aspectj. org.aopalliance."
              + " org.codehaus. io.netty. io.vertx. io.undertow. io.grpc. io.micronaut. io.quarkus."
              + " io.reactivex. io.micrometer. io.opentelemetry. reactor. rx. akka. feign. okhttp3."
              + " okio. retrofit2. android. androidx. dalvik. com.android. com.fasterxml."
              + " com.google.common. com.google.inject. com.mysql. com.netflix. com.zaxxer."
              + " com.mongodb. com.rabbitmq. redis.clients. tools.jackson. oracle. ch.qos.logback."
              + " net.bytebuddy. net.sf.cglib. software.amazon. com.amazonaws.");

  private static final Pattern GENERATED_CLASS =
      Pattern.compile(
          "\\$\\$Lambda|\\$Proxy\\d|\\$\\$EnhancerBy|\\$\\$FastClassBy|\\$\\$SpringCGLIB"
              + "|\\$ByteBuddy\\$|\\$HibernateProxy\\$|\\$MockitoMock\\$|_\\$\\$_j|_ClientProxy$"
              + "|_Subclass$|\\bLambdaForm\\$|Generated(?:Method|Constructor)Accessor\\d"
              + "|\\.reflect\\.(?:Native|Delegating|DirectMethod|DirectConstructor)"
              + "|^java\\.lang\\.reflect\\.Method$|^java\\.lang\\.invoke\\.");

  private static final Pattern LAMBDA = Pattern.compile("lambda\\$(.+)\\$\\d++|(.+)\\$lambda.*");

  private static final Pattern SCALA_LAMBDA =
      Pattern.compile("\\$anonfun\\$(.+?)\\$\\d++(?:\\$adapted)?");

  private static final Pattern NUMBERED = Pattern.compile("\\$\\d++");

  @Override
  public String stable(Frame frame) {
    return NUMBERED.matcher(type(frame)).replaceAll("\\$") + "." + function(frame.function());
  }

  private static String function(String function) {
    Matcher lambda = LAMBDA.matcher(function);
    if (lambda.matches()) {
      return (lambda.group(1) == null ? lambda.group(2) : lambda.group(1)) + "[lambda]";
    }
    Matcher scala = SCALA_LAMBDA.matcher(function);
    if (scala.matches()) {
      return scala.group(1) + "[lambda]";
    }
    return function.endsWith("$default")
        ? function.substring(0, function.length() - "$default".length())
        : function;
  }

  /** The class without its module and its class loader, {@code app//} and {@code java.base/}. */
  private static String type(Frame frame) {
    String type = frame.module();
    int lambda = type.indexOf("$$Lambda");
    if (lambda >= 0) {
      type = type.substring(0, lambda);
    }
    return type.substring(type.lastIndexOf('/') + 1);
  }

  @Override
  public boolean generated(Frame frame) {
    String module = frame.module();
    return GENERATED_CLASS.matcher(module.contains("$$Lambda") ? module : type(frame)).find()
        || frame.function().startsWith("access$")
        || frame.file().equals("<generated>");
  }

  @Override
  public boolean library(Frame frame) {
    return LIBRARIES.begin(type(frame));
  }
}
