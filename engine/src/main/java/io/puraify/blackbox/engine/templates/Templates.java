package io.puraify.blackbox.engine.templates;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The templates of a stream of messages, each of which is seen once.
 *
 * <p>A message's values are masked by rules, and messages that are the same but for their values
 * have the same template. Of a message that is not, it is kept which template it would have if one
 * of its words were a value, or two were; where enough different words have led to the same one,
 * the place varies, and those that differ there alone become one template.
 *
 * <p>What comes out depends on the messages and their order alone. Not safe for several threads.
 */
public final class Templates {

  /** Changes with every change of what has the same template. */
  public static final int ALGORITHM_VERSION = 1;

  /** So many templates are known at once by default; those not seen for longest are forgotten. */
  public static final int MOST_TEMPLATES = 10_000;

  /**
   * Pairs of places grow with the square of a message's length; so only short ones are looked at.
   */
  private static final int MOST_WORDS_FOR_PAIRS = 12;

  private static final int EVIDENCE_PER_TEMPLATE = 8;

  private final Tokens tokens = new Tokens();
  private final LeastRecent<Template> known;
  private final LeastRecent<Evidence> singles;
  private final LeastRecent<Evidence> pairs;

  /**
   * Templates of which a place was seen to vary, or two; not those that had values there at once.
   */
  private final LeastRecent<Template> varyingTemplates;

  private final MergeListener listener;
  private long templates;

  /** Told of templates that turned out to be the same. */
  @FunctionalInterface
  public interface MergeListener {

    /** A template is part of another one from now on. */
    void merged(Template part, Template whole);
  }

  public Templates() {
    this(MOST_TEMPLATES, (part, whole) -> {});
  }

  /**
   * Begins with none.
   *
   * @param most how many are known at once, ≥ 1; each takes about a kilobyte with what is noted of
   *     it, and 20 at most
   * @param listener called by the thread that adds a message
   */
  public Templates(int most, MergeListener listener) {
    this.known = new LeastRecent<>(most);
    this.singles = new LeastRecent<>(most * EVIDENCE_PER_TEMPLATE);
    this.pairs = new LeastRecent<>(most * EVIDENCE_PER_TEMPLATE);
    this.varyingTemplates = new LeastRecent<>(most);
    this.listener = listener;
  }

  /** The template of a message, which counts as seen. */
  public Template add(String message) {
    Masker.mask(message, tokens, false);
    long hash = Signature.hash(tokens);
    Template template = known.get(hash);
    if (template == null) {
      Template added = new Template(hash, templates++, Shape.of(tokens));
      known.put(hash, added);
      template = compare(Signature.of(tokens, hash), added);
    }
    return template.root();
  }

  /** Says why a message has its template, without counting it as seen. */
  public Explanation explain(String message) {
    Masker.mask(message, tokens, true);
    Template template = known.get(Signature.hash(tokens));
    Shape shape = template == null ? Shape.of(tokens) : template.shape();
    List<Masked> masked = new ArrayList<>(tokens.notes());
    for (int i = 0; i < tokens.size; i++) {
      if (shape.varies(i) && tokens.kinds[i] != Tokens.VALUE) {
        Masked word = new Masked(Rule.VARIES, tokens.starts[i], tokens.ends[i]);
        masked.removeIf(part -> part.from() >= word.from() && part.to() <= word.to());
        masked.add(word);
      }
    }
    masked.sort(Comparator.comparingInt(Masked::from));
    return new Explanation(shape.text(), masked);
  }

  /** How many templates were forgotten, because others came. */
  public long evicted() {
    return known.evicted();
  }

  private Template compare(Signature signature, Template added) {
    Template template = added;
    int words = signature.words().length;
    if (words >= Evidence.FIXED_WORDS) {
      Evidence waiting = singles.remove(signature.hash());
      if (waiting != null) {
        // Others have words where this one has a value.
        template = merge(waiting.templates, template);
      }
    }
    for (int word = 0; word < words && words > 1; word++) {
      long wide = signature.hashWithValue(word);
      Template wider = wider(wide, words - 1);
      if (wider != null) {
        return merge(template, wider);
      }
      Evidence evidence = singles.computeIfAbsent(wide, Evidence::new);
      int enough = Evidence.enough(words - 1, signature.words()[word] == 0);
      if (evidence.add(template, signature.weights()[word]) >= enough) {
        singles.remove(wide);
        Template whole = varies(wide, evidence, template);
        known.put(wide, whole);
        return compare(signature.withValue(word), whole);
      }
    }
    return words <= MOST_WORDS_FOR_PAIRS && words - 2 >= Evidence.FIXED_WORDS
        ? comparePairs(signature, template)
        : template;
  }

  /** The template with a value where another one has a word, if the word is a value too. */
  private @Nullable Template wider(long wide, int fixedWords) {
    Template varying = varyingTemplates.get(wide);
    return varying != null || fixedWords < Evidence.FIXED_WORDS ? varying : known.get(wide);
  }

  /** Makes one template of those that differ in places that vary. */
  private Template varies(long wide, Evidence evidence, Template template) {
    Template whole = merge(evidence.templates, template);
    Template withValue = known.get(wide);
    if (withValue != null) {
      whole = merge(whole, withValue);
    }
    varyingTemplates.put(wide, whole);
    return whole;
  }

  private Template comparePairs(Signature signature, Template template) {
    int[] words = signature.words();
    for (int one = words[0] == 0 ? 1 : 0; one < words.length; one++) {
      for (int two = one + 1; two < words.length; two++) {
        long wide = signature.hashWithValues(one, two);
        Template wider = varyingTemplates.get(wide);
        if (wider != null) {
          return merge(template, wider);
        }
        Evidence evidence = pairs.computeIfAbsent(wide, Evidence::new);
        int[] weights = signature.weights();
        int said =
            evidence.add(
                template,
                signature.placed()[words[one]],
                weights[one],
                signature.placed()[words[two]],
                weights[two]);
        if (said >= Evidence.ENOUGH) {
          pairs.remove(wide);
          return varies(wide, evidence, template);
        }
      }
    }
    return template;
  }

  private Template merge(List<Template> parts, Template template) {
    Template whole = template;
    for (Template part : parts) {
      whole = merge(whole, part);
    }
    return whole;
  }

  private Template merge(Template one, Template two) {
    Template first = one.root();
    Template second = two.root();
    Template whole = first.merge(second);
    if (first != second) {
      listener.merged(whole == first ? second : first, whole);
    }
    return whole;
  }

  /** A map with a bound; what was not asked for longest goes. */
  private static final class LeastRecent<T> extends LinkedHashMap<Long, T> {

    private static final long serialVersionUID = 1;

    private final int most;
    private long evicted;

    LeastRecent(int most) {
      super(16, 0.75f, true);
      this.most = most;
    }

    long evicted() {
      return evicted;
    }

    T computeIfAbsent(Long key, Supplier<T> made) {
      return computeIfAbsent(key, missing -> made.get());
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, T> eldest) {
      boolean full = size() > most;
      evicted += full ? 1 : 0;
      return full;
    }
  }
}
