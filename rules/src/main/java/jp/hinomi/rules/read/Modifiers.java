package jp.hinomi.rules.read;

import static jp.hinomi.rules.read.Modifier.Kind.CASE;
import static jp.hinomi.rules.read.Modifier.Kind.COMPARISON;
import static jp.hinomi.rules.read.Modifier.Kind.EXPANSION;
import static jp.hinomi.rules.read.Modifier.Kind.LINK;
import static jp.hinomi.rules.read.Modifier.Kind.REGEX_FLAG;
import static jp.hinomi.rules.read.Modifier.Kind.SHAPE;
import static jp.hinomi.rules.read.Modifier.Kind.TIME_PART;
import static jp.hinomi.rules.read.Modifier.Kind.TYPE;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Suggestion;
import jp.hinomi.rules.ProblemCode;

/**
 * The key of a detection item, {@code field|modifier|…}, taken apart and checked.
 *
 * @param field without spaces, as Sigma wants field names; empty for keywords
 * @param chain in the order written
 */
record Modifiers(String field, List<Modifier> chain, Location at) {
    Modifiers {
        chain = List.copyOf(chain);
    }

    boolean has(Modifier modifier) {
        return chain.contains(modifier);
    }

    /** The modifier of that kind; {@link #read} has seen to it that there is at most one, shapes and encodings apart. */
    Optional<Modifier> of(Modifier.Kind kind) {
        return chain.stream().filter(modifier -> modifier.kind() == kind).findFirst();
    }

    /** The parsed key, or null after reporting. */
    static Modifiers read(String key, Location at, Problems problems) {
        String[] words = key.split("\\|", -1);
        List<Modifier> chain = new ArrayList<>();
        boolean fine = true;
        for (int i = 1; i < words.length; i++) {
            String word = words[i].strip();
            Optional<Modifier> modifier = Modifier.ofWord(word);
            if (modifier.isEmpty()) {
                problems.error(
                        ProblemCode.UNKNOWN_MODIFIER,
                        at,
                        "there is no modifier '" + word + "'",
                        Suggestion.remedy(word, Modifier.words()));
                fine = false;
            } else if (chain.contains(modifier.get())) {
                problems.error(
                        ProblemCode.MODIFIER_CONFLICT, at, "'" + word + "' stands twice", "remove one of the two");
                fine = false;
            } else {
                chain.add(modifier.get());
            }
        }
        Modifiers modifiers = new Modifiers(words[0].replace(" ", ""), chain, at);
        return fine && modifiers.goTogether(problems) ? modifiers : null;
    }

    private boolean goTogether(Problems problems) {
        for (Modifier modifier : chain) {
            for (Modifier other : chain) {
                if (modifier != other
                        && !companions(modifier).contains(other.kind())
                        && !companions(other).contains(modifier.kind())) {
                    return conflict(
                            problems, "'" + modifier.word() + "' and '" + other.word() + "' do not go together");
                }
            }
        }
        if (of(REGEX_FLAG).isPresent()
                && (!has(Modifier.RE) || chain.indexOf(of(REGEX_FLAG).get()) < chain.indexOf(Modifier.RE))) {
            return conflict(problems, "'" + of(REGEX_FLAG).get().word() + "' stands without 're' before it");
        }
        if (field.isEmpty()
                && (of(COMPARISON).isPresent()
                        || of(TIME_PART).isPresent()
                        || has(Modifier.EXISTS)
                        || has(Modifier.FIELDREF)
                        || has(Modifier.CIDR))) {
            return conflict(problems, "keywords search text, and a modifier asks for a field");
        }
        return true;
    }

    private boolean conflict(Problems problems, String message) {
        problems.error(
                ProblemCode.MODIFIER_CONFLICT,
                at,
                message,
                "see the modifiers appendix of the Sigma specification for what may be combined");
        return false;
    }

    /** Kinds that may stand beside the modifier; it is enough if one of two says so. */
    private static Set<Modifier.Kind> companions(Modifier modifier) {
        return switch (modifier.kind()) {
            case LINK ->
                modifier == Modifier.ALL
                        ? EnumSet.of(LINK, CASE, SHAPE, Modifier.Kind.ENCODING, EXPANSION, REGEX_FLAG)
                        : EnumSet.of(
                                LINK,
                                CASE,
                                SHAPE,
                                Modifier.Kind.ENCODING,
                                EXPANSION,
                                REGEX_FLAG,
                                COMPARISON,
                                TIME_PART);
            case SHAPE, ENCODING -> EnumSet.of(SHAPE, Modifier.Kind.ENCODING, CASE, EXPANSION);
            case CASE -> EnumSet.of(EXPANSION);
            case EXPANSION -> EnumSet.of(REGEX_FLAG);
            case REGEX_FLAG -> EnumSet.of(REGEX_FLAG);
            case COMPARISON -> EnumSet.of(TIME_PART);
            case TIME_PART -> EnumSet.noneOf(Modifier.Kind.class);
            case TYPE ->
                switch (modifier) {
                    case RE -> EnumSet.of(LINK, EXPANSION, REGEX_FLAG);
                    case CIDR -> EnumSet.of(LINK, EXPANSION);
                    case FIELDREF -> EnumSet.of(LINK, CASE, SHAPE);
                    default -> EnumSet.noneOf(Modifier.Kind.class);
                };
        };
    }

    Set<Modifier> flags() {
        Set<Modifier> flags = EnumSet.noneOf(Modifier.class);
        chain.stream().filter(modifier -> modifier.kind() == REGEX_FLAG).forEach(flags::add);
        return flags;
    }

    Optional<Modifier> type() {
        return of(TYPE);
    }
}
