package jp.hinomi.alerting.console;

import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import jp.hinomi.alerting.security.Offers;
import org.springframework.web.bind.annotation.RequestMethod;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.dialect.AbstractProcessorDialect;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.processor.IProcessor;
import org.thymeleaf.processor.element.AbstractElementTagProcessor;
import org.thymeleaf.processor.element.IElementTagStructureHandler;
import org.thymeleaf.templatemode.TemplateMode;

/**
 * Leaves out of every page the forms and links that whoever looks at it may not use, so that no template has to say who may what: a form
 * and a button go, of a link in a text the text stays. A form with {@code data-keep} around something to read loses itself alone.
 * Headings and folds that have nothing left in them are hidden by the style sheet.
 */
public final class OfferedDialect extends AbstractProcessorDialect {
    /** After all of the standard dialect, which makes addresses from expressions. */
    private static final int LAST = 10_000;

    private final Supplier<Offers> offers;

    public OfferedDialect(Supplier<Offers> offers) {
        super("Hinomi: what may be offered", "hinomi", LAST);
        this.offers = offers;
    }

    @Override
    public Set<IProcessor> getProcessors(String prefix) {
        return Set.of(
                new Offered(prefix, "form", "action", offers),
                new Offered(prefix, "a", "href", offers),
                new Offered(prefix, "button", "formaction", offers));
    }

    private static final class Offered extends AbstractElementTagProcessor {
        private final String address;
        private final Supplier<Offers> offers;

        Offered(String prefix, String element, String address, Supplier<Offers> offers) {
            super(TemplateMode.HTML, prefix, element, false, null, false, LAST);
            this.address = address;
            this.offers = offers;
        }

        @Override
        protected void doProcess(
                ITemplateContext context, IProcessableElementTag tag, IElementTagStructureHandler structure) {
            String target = tag.getAttributeValue(address);
            if (target == null || !(context.getVariable("may") instanceof Set<?> may)) {
                return;
            }
            boolean link = "a".equals(tag.getElementCompleteName());
            String method =
                    link ? "GET" : tag.getAttributeValue("formaction".equals(address) ? "formmethod" : "method");
            // The form of a button stands around it and is not known here; all that have such buttons are POST but one
            // that is GET.
            RequestMethod asked = method == null
                    ? "button".equals(tag.getElementCompleteName()) ? null : RequestMethod.GET
                    : RequestMethod.valueOf(method.toUpperCase(Locale.ROOT));
            boolean permitted = asked == null
                    ? offers.get().permits(RequestMethod.GET, target, may)
                            && offers.get().permits(RequestMethod.POST, target, may)
                    : offers.get().permits(asked, target, may);
            if (permitted) {
                return;
            }
            String classes = tag.hasAttribute("class") ? tag.getAttributeValue("class") : "";
            if (tag.hasAttribute("data-keep") || link && !classes.contains("button")) {
                structure.removeTags();
            } else {
                structure.removeElement();
            }
        }
    }
}
