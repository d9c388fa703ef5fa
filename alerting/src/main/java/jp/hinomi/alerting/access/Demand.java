package jp.hinomi.alerting.access;

import java.lang.reflect.Method;

/** What a method that answers requests asks of whoever calls it. */
public sealed interface Demand {
    /** The one permission. */
    record Of(Permission permission) implements Demand {}

    /** Nothing, for that reason. */
    record Nothing(String why) implements Demand {}

    /** Its author forgot to say: nobody may call it. */
    record Unsaid(String method) implements Demand {
        /** For whoever wrote it. */
        public String remedy() {
            return method
                    + " answers requests but names no permission, so it is refused to everybody. Write @Needs(Permission.…)"
                    + " above the method or its class; where none fits, add one to Permission and give it to roles in"
                    + " AccountRole. @OpenToAll(\"why\") is for pages that need no login.";
        }
    }

    /** As the method says, else its class. */
    static Demand of(Class<?> type, Method method) {
        Needs needs = method.getAnnotation(Needs.class);
        OpenToAll open = method.getAnnotation(OpenToAll.class);
        if (needs == null && open == null) {
            needs = type.getAnnotation(Needs.class);
            open = type.getAnnotation(OpenToAll.class);
        }
        if (needs != null) {
            return new Of(needs.value());
        }
        return open != null ? new Nothing(open.value()) : new Unsaid(type.getSimpleName() + "." + method.getName());
    }
}
