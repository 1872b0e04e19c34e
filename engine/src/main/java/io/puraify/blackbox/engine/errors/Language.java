package io.puraify.blackbox.engine.errors;

/**
 * The languages whose stack traces are told apart, in the order in which they are tried: those
 * whose frames are the least like those of others come first.
 */
enum Language {
  PYTHON,
  GO,
  JAVA,
  JAVASCRIPT,
  DOTNET;

  TraceForm form() {
    return switch (this) {
      case PYTHON -> new PythonForm();
      case GO -> new GoForm();
      case JAVA -> new JavaForm();
      case JAVASCRIPT -> new JavaScriptForm();
      case DOTNET -> new DotNetForm();
    };
  }

  FrameNames names() {
    return switch (this) {
      case PYTHON -> new PythonNames();
      case GO -> new GoNames();
      case JAVA -> new JavaNames();
      case JAVASCRIPT -> new JavaScriptNames();
      case DOTNET -> new DotNetNames();
    };
  }
}
