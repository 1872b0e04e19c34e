package io.puraify.blackbox.engine.errors;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names in .NET, with what its compilers make of asynchronous methods, lambdas and closures. */
final class DotNetNames implements FrameNames {

  private static final Prefixes LIBRARIES =
      Prefixes.of(
          "System. Microsoft. MS. Newtonsoft. Npgsql. NHibernate. Serilog. NLog. Xunit. NUnit."
              + " Autofac. MediatR. Polly. AutoMapper. Dapper. Castle. MySql. MongoDB."
              + " StackExchange. Grpc. Hangfire. MassTransit. FluentValidation. RestSharp.");

  /** {@code Orders.<PlaceAsync>d__12.MoveNext}. */
  private static final Pattern ASYNC = Pattern.compile("<([^>]++)>d(?:__\\d++)?\\.MoveNext$");

  private static final Pattern CLOSURE_CLASS =
      Pattern.compile("<>c(?:__DisplayClass\\d++(?:_\\d++)?)?\\.");

  private static final Pattern LAMBDA = Pattern.compile("<([^>]++)>b__[\\d_]++");
  private static final Pattern LOCAL = Pattern.compile("<([^>]++)>g__(\\w++)\\|[\\d_]++");
  private static final Pattern GENERICS = Pattern.compile("`\\d++|\\[(?!lambda])[^]]*+]++");

  @Override
  public String stable(Frame frame) {
    String name = (frame.module() + "." + frame.function()).replace('+', '.');
    name = CLOSURE_CLASS.matcher(name).replaceAll("");
    Matcher async = ASYNC.matcher(name);
    name = async.find() ? name.substring(0, async.start()) + async.group(1) : name;
    name = LAMBDA.matcher(name).replaceAll("$1[lambda]");
    name = LOCAL.matcher(name).replaceAll("$1.$2");
    // A lambda that is asynchronous is a name within a name.
    return GENERICS.matcher(name).replaceAll("").replace("<", "").replace(">", "");
  }

  @Override
  public boolean generated(Frame frame) {
    return frame.module().startsWith("Castle.Proxies.")
        || frame.module().startsWith("System.Runtime.CompilerServices.")
        || frame.module().startsWith("System.Runtime.ExceptionServices.")
        || frame.function().startsWith("lambda_method");
  }

  @Override
  public boolean library(Frame frame) {
    return LIBRARIES.begin(frame.module() + ".");
  }
}
