package jp.hinomi.alerting.web;

import java.time.Duration;
import jp.hinomi.alerting.console.OfferedDialect;
import jp.hinomi.alerting.console.Preferences;
import jp.hinomi.alerting.security.Offers;
import jp.hinomi.alerting.security.PermissionGate;
import jp.hinomi.alerting.security.SaidInSession;
import jp.hinomi.alerting.security.Sessions;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.FlashMapManager;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Assets come from our own jar and from WebJars; nothing is loaded from elsewhere. */
@Configuration(proxyBeanMethods = false)
public class WebConfiguration implements WebMvcConfigurer {
    private static final CacheControl SHORT = CacheControl.maxAge(Duration.ofHours(1));

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/assets/htmx/**")
                .addResourceLocations("classpath:/META-INF/resources/webjars/htmx.org/" + HtmxVersion.of() + "/dist/")
                .setCacheControl(SHORT);
        registry.addResourceHandler("/assets/**")
                .addResourceLocations("classpath:/jp/hinomi/alerting/static/")
                .setCacheControl(SHORT);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new PermissionGate());
    }

    /** Templates find it as a dialect; it asks for the addresses when the first page is made. */
    @Bean
    OfferedDialect offeredDialect(
            @Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> mappings) {
        return new OfferedDialect(SingletonSupplier.of(() -> new Offers(mappings.getObject())));
    }

    /** The name is how Spring MVC finds it. */
    @Bean
    LocaleResolver localeResolver() {
        return new Preferences.Languages();
    }

    /** The name is how Spring MVC finds it. */
    @Bean
    FlashMapManager flashMapManager(Sessions sessions) {
        return new SaidInSession(sessions);
    }

    /** By its own type: it is also what sees exceptions first. */
    @Bean
    Refusals errorAttributes(LocaleResolver localeResolver) {
        return new Refusals(localeResolver);
    }
}
