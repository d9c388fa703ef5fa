package jp.hinomi.rules.read;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How large a program a regular expression becomes when its repetitions are written out, roughly. RE2/J itself sets no
 * bound: <code>((a{1000}){1000}){1000}</code> would fill the memory while it is compiled.
 */
final class RegexSize {
    private final String regex;
    private final Deque<Long> outer = new ArrayDeque<>();
    private long sum;
    private long last;
    private int at;
    private int deepest;

    private RegexSize(String regex) {
        this.regex = regex;
    }

    /** The number of steps; {@code Long.MAX_VALUE} if it is beyond counting. Never throws, whatever the text. */
    static long of(String regex) {
        return new RegexSize(regex).count();
    }

    /** How deep its groups are nested: compiling goes down as many calls. Never throws, whatever the text. */
    static int nesting(String regex) {
        RegexSize size = new RegexSize(regex);
        size.count();
        return size.deepest;
    }

    private long count() {
        while (at < regex.length()) {
            char c = regex.charAt(at);
            switch (c) {
                case '(' -> {
                    outer.push(plus(sum, last));
                    deepest = Math.max(deepest, outer.size());
                    sum = 0;
                    last = 1;
                    at++;
                }
                case ')' -> {
                    long group = plus(sum, last);
                    sum = outer.isEmpty() ? 0 : outer.pop();
                    last = group;
                    at++;
                }
                case '{' -> repetition();
                case '[' -> {
                    atom();
                    bracket();
                }
                case '\\' -> {
                    atom();
                    escape();
                }
                default -> {
                    atom();
                    at++;
                }
            }
        }
        long total = plus(sum, last);
        while (!outer.isEmpty()) {
            total = plus(total, outer.pop());
        }
        return total;
    }

    private void atom() {
        sum = plus(sum, last);
        last = 1;
    }

    private void repetition() {
        int close = regex.indexOf('}', at);
        String inside = close < 0 ? "" : regex.substring(at + 1, close);
        if (!inside.matches("[0-9]{1,9}(,[0-9]{0,9})?")) {
            atom();
            at++;
            return;
        }
        long most = 1;
        for (String bound : inside.split(",")) {
            most = Math.max(most, bound.isEmpty() ? 1 : Long.parseLong(bound) + 1);
        }
        last = last > Long.MAX_VALUE / most ? Long.MAX_VALUE : last * most;
        at = close + 1;
    }

    private void bracket() {
        at++;
        if (at < regex.length() && regex.charAt(at) == '^') {
            at++;
        }
        at++;
        while (at < regex.length() && regex.charAt(at) != ']') {
            at += regex.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
    }

    /** Braces of {@code \x{10FFFF}} and <code>\p{Greek}</code> repeat nothing. */
    private void escape() {
        at += 2;
        if (at < regex.length() && regex.charAt(at) == '{' && "xpP".indexOf(regex.charAt(at - 1)) >= 0) {
            int close = regex.indexOf('}', at);
            at = close < 0 ? regex.length() : close + 1;
        }
    }

    private static long plus(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}
