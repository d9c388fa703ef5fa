package jp.hinomi.alerting.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.swagger.v3.oas.models.OpenAPI;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import jp.hinomi.alerting.access.OpenToAll;
import org.springdoc.core.customizers.SpringDocCustomizers;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.providers.SpringDocProviders;
import org.springdoc.core.service.AbstractRequestService;
import org.springdoc.core.service.GenericResponseService;
import org.springdoc.core.service.OpenAPIService;
import org.springdoc.core.service.OperationService;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The description of the API, written once when it is first asked for. Thread-safe. */
@Tag(name = "Description")
@RestController
@OpenToAll("the chain of /api lets in nobody without a login or a token, and it says nothing of a city")
public class DescriptionApi {
    private final Writer writer;
    private final ReentrantLock lock = new ReentrantLock();
    private byte[] written;

    public DescriptionApi(
            ObjectFactory<OpenAPIService> service,
            AbstractRequestService requests,
            GenericResponseService responses,
            OperationService operations,
            SpringDocConfigProperties properties,
            SpringDocProviders providers,
            SpringDocCustomizers customizers) {
        writer = new Writer(service, requests, responses, operations, properties, providers, customizers);
    }

    /** Springdoc's own, without its addresses. */
    private static final class Writer extends OpenApiWebMvcResource {
        Writer(
                ObjectFactory<OpenAPIService> service,
                AbstractRequestService requests,
                GenericResponseService responses,
                OperationService operations,
                SpringDocConfigProperties properties,
                SpringDocProviders providers,
                SpringDocCustomizers customizers) {
            super(service, requests, responses, operations, properties, providers, customizers);
        }

        byte[] write() throws JsonProcessingException {
            OpenAPI description = getOpenApi(Locale.ENGLISH);
            return writeJsonValue(description);
        }
    }

    @Operation(summary = "This description: OpenAPI 3.1")
    @ApiResponse(
            responseCode = "200",
            description = "The description.",
            content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE))
    @GetMapping(value = "/api/v1/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> description() throws JsonProcessingException {
        lock.lock();
        try {
            if (written == null) {
                written = writer.write();
            }
            return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(written);
        } finally {
            lock.unlock();
        }
    }
}
