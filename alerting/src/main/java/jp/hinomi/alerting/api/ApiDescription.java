package jp.hinomi.alerting.api;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import jp.hinomi.alerting.access.Demand;
import jp.hinomi.alerting.security.PermissionGate;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PostMapping;

/** What the description of the API says that its methods do not: who may call what, how errors look, what is always there. */
@Configuration(proxyBeanMethods = false)
public class ApiDescription {
    private static final String PROBLEM = "#/components/schemas/Problem";

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(new Info()
                        .title("Hinomi")
                        .version("v1")
                        .description(
                                "Alerts, incidents, messages and the responsibility map, for programs. Times are RFC 3339"
                                        + " in UTC. Lists come newest first, in pages: give `next` as `before` to get the page after."
                                        + " Errors are problem details (RFC 9457); their `detail` says what to do.")
                        .license(new License().name("Apache License 2.0").identifier("Apache-2.0")))
                .addServersItem(new Server().url("/").description("Where this description comes from."))
                .components(new Components()
                        .addSecuritySchemes(
                                "token",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description(
                                                "A token with scopes, made in the console. Each call names the scope that"
                                                        + " it needs."))
                        .addSecuritySchemes(
                                "session",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.APIKEY)
                                        .in(SecurityScheme.In.COOKIE)
                                        .name("hinomi-session")
                                        .description(
                                                "A login to the console, with the permissions of its role. What changes"
                                                        + " something needs the page's token against forged requests, too."))
                        .addSchemas("Problem", problem()));
    }

    private static Schema<?> problem() {
        return new Schema<>()
                .types(Set.of("object"))
                .description("Problem details (RFC 9457).")
                .addProperty("type", text("absent = about:blank"))
                .addProperty("title", text("The status in words."))
                .addProperty("status", new Schema<>().types(Set.of("integer")).format("int32"))
                .addProperty("detail", text("What is wrong, and what to do."))
                .addProperty("instance", text("The path that was called."))
                .addProperty(
                        "refused",
                        text("The word for why, for programs: `detail` says it to people, in their language."))
                .addProperty(
                        "problems",
                        new Schema<>()
                                .types(Set.of("array"))
                                .items(new Schema<>().$ref("#/components/schemas/MapProblem"))
                                .description("Of the responsibility map: what is wrong with the files."))
                .required(List.of("status", "title"));
    }

    private static Schema<?> text(String description) {
        return new Schema<>().types(Set.of("string")).description(description);
    }

    /** The scope comes from the same declaration that guards the method. */
    @Bean
    GlobalOperationCustomizer scopes(AnswerTypes answers) {
        return (operation, method) -> {
            operation.setOperationId(method.getBeanType()
                            .getSimpleName()
                            .replaceAll("(Api|Pages)$", "")
                            .toLowerCase(Locale.ROOT)
                    + "." + method.getMethod().getName());
            Demand demand = PermissionGate.of(method);
            List<String> roles = List.of();
            if (demand instanceof Demand.Of of) {
                roles = List.of(of.permission().word());
                operation.setDescription("Needs the scope `" + of.permission().word() + "`.");
            } else {
                operation.setDescription("Needs a login or any token.");
            }
            operation.setSecurity(List.of(
                    new SecurityRequirement().addList("token", roles),
                    new SecurityRequirement().addList("session", roles)));
            refusals(operation);
            if (method.hasMethodAnnotation(PostMapping.class)) {
                operation.addParametersItem(new Parameter()
                        .in("header")
                        .name("Idempotency-Key")
                        .description(
                                "As a UUID: the same call with the same key within 24 hours has its effect once, and the"
                                        + " same answer. 422: the key was used for another call. 409: the call is under way.")
                        .required(false)
                        .schema(text("1 to 255 visible characters.")));
            }
            answers.add(method.getMethod().getGenericReturnType());
            return operation;
        };
    }

    private static void refusals(Operation operation) {
        Content problem = new Content()
                .addMediaType(
                        org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                        new MediaType().schema(new Schema<>().$ref(PROBLEM)));
        operation
                .getResponses()
                .addApiResponse(
                        "401",
                        new ApiResponse()
                                .description("Without a login or token.")
                                .content(problem))
                .addApiResponse(
                        "403",
                        new ApiResponse().description("Without the scope.").content(problem))
                .addApiResponse(
                        "default",
                        new ApiResponse()
                                .description("What was wrong with the call.")
                                .content(problem));
    }

    /** What only the types say: every part of an answer is there, and may be null where it is optional. */
    @Bean
    GlobalOpenApiCustomizer wholeAnswers(AnswerTypes answers) {
        return description -> answers.describe(description.getComponents().getSchemas());
    }

    @Bean
    AnswerTypes answerTypes() {
        return new AnswerTypes();
    }
}
