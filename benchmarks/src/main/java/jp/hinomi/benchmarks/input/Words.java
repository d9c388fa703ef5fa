package jp.hinomi.benchmarks.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Words for rules and events, the same for the same seed. Some are common: rules ask for them and ordinary traffic has
 * them, too, so that matching is not merely a matter of finding nothing. Not thread-safe.
 */
final class Words {
    private static final String[] STARTS =
            "b c d f g h k l m n p r s t v w br cl dr fl gr kr pl pr sh sn st tr".split(" ");
    private static final String[] VOWELS = "a e i o u a e i o ai ea ou".split(" ");
    private static final String[] ENDS = "n r s t l m x d k ck nd st rt nt".split(" ");
    private static final int COMMON = 400;

    private final Random random;
    private final List<String> common;

    /** @param vocabulary seed of the common words; equal in rules and events, so that they meet */
    Words(long seed, long vocabulary) {
        random = new Random(vocabulary);
        List<String> words = new ArrayList<>();
        while (words.size() < COMMON) {
            words.add(rare());
        }
        common = List.copyOf(words);
        random.setSeed(seed);
    }

    /** A word of two or three syllables; about four million different ones. */
    String rare() {
        StringBuilder word = new StringBuilder();
        int syllables = 2 + random.nextInt(2);
        for (int i = 0; i < syllables; i++) {
            word.append(pick(STARTS)).append(pick(VOWELS));
        }
        return word.append(pick(ENDS)).toString();
    }

    /** One of 400, the first of them far more often than the last, as words are in logs. */
    String common() {
        double share = random.nextDouble();
        return common.get((int) (share * share * common.size()));
    }

    String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    int number(int bound) {
        return random.nextInt(bound);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }
}
