package io.puraify.blackbox.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.e2e.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LinksTest {

  /** A label that names code, as in {@code `Journal.append`} that leads to {@code Journal.java}. */
  private static final Pattern CODE = Pattern.compile("`(\\w+)(?:\\.(\\w+))?`");

  /** A class that is named in passing: at least two words, so that no other code looks like it. */
  private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+)+)`");

  static Stream<String> documents() {
    return Checkout.documents().stream().map(file -> Checkout.root().relativize(file).toString());
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyLinkLeadsToSomethingThatIsThere(String document) throws IOException {
    Markdown markdown = Markdown.read(Checkout.root().resolve(document));
    List<String> broken = new ArrayList<>();
    for (Markdown.Link link : markdown.links()) {
      if (!link.target().matches("[a-z]+:.*")) {
        String objection = objection(markdown, link);
        if (!objection.isEmpty()) {
          broken.add("%s:%d: %s".formatted(document, link.line(), objection));
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  private static String objection(Markdown markdown, Markdown.Link link) throws IOException {
    int hash = link.target().indexOf('#');
    String path = hash < 0 ? link.target() : link.target().substring(0, hash);
    Path target = markdown.file().resolveSibling(path).normalize();
    if (!path.isEmpty() && !Files.exists(target)) {
      return "there is no " + target;
    }
    if (hash >= 0) {
      Markdown other = path.isEmpty() ? markdown : Markdown.read(target);
      String anchor = link.target().substring(hash + 1);
      return other.anchors().contains(anchor) ? "" : "there is no heading for #" + anchor;
    }
    Matcher code = CODE.matcher(link.label());
    return code.matches() && path.endsWith(".java") ? codeObjection(target, code) : "";
  }

  private static String codeObjection(Path source, Matcher code) throws IOException {
    if (!source.getFileName().toString().equals(code.group(1) + ".java")) {
      return "%s does not lead to %s.java".formatted(code.group(), code.group(1));
    }
    String member = code.group(2);
    boolean named =
        member == null
            || Pattern.compile("\\b" + member + "\\b").matcher(Files.readString(source)).find();
    return named ? "" : "%s has nothing called %s".formatted(source.getFileName(), member);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyClassThatIsNamedExists(String document) throws IOException {
    List<String> classes = classes();
    List<String> unknown = new ArrayList<>();
    for (String line : Markdown.read(Checkout.root().resolve(document)).prose()) {
      Matcher named = CLASS.matcher(line);
      while (named.find()) {
        if (!classes.contains(named.group(1))) {
          unknown.add(named.group(1));
        }
      }
    }
    assertThat(unknown).as("classes in %s that are not there", document).isEmpty();
  }

  private static List<String> classes() throws IOException {
    try (Stream<Path> files = Files.walk(Checkout.root())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .collect(Collectors.toList());
    }
  }

  @Test
  void everyDocumentIsReachedFromTheReadme() {
    List<Path> documents = Checkout.documents();
    List<Path> reached = new ArrayList<>(List.of(Checkout.root().resolve("README.md")));
    for (int i = 0; i < reached.size(); i++) {
      Path from = reached.get(i);
      for (Markdown.Link link : Markdown.read(from).links()) {
        Path target = from.resolveSibling(link.target().replaceAll("#.*", "")).normalize();
        // A link to a folder leads to what lies in it.
        documents.stream()
            .filter(document -> document.equals(target) || target.equals(document.getParent()))
            .filter(document -> !reached.contains(document))
            .forEach(reached::add);
      }
    }
    assertThat(reached).containsAll(documents);
  }
}
