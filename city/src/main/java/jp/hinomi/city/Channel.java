package jp.hinomi.city;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.events.Tlp;

/**
 * A way to reach a contact. Secrets never stand in one: where something secret is needed, it holds the reference that leads
 * to it, {@code env:NAME} or {@code file:PATH}.
 */
public sealed interface Channel {
    /** The words in files. */
    List<String> TYPES = List.of(
            "email", "webhook", "slack", "teams", "mattermost", "line-works", "syslog", "kafka", "sms", "voice");

    /** The word in files: one of {@link #TYPES}. */
    String type();

    /** Where it goes, for people and records: an address without secrets. With the type it names the channel of a contact. */
    String address();

    /** The most restricted information that may go this way; absent = as the contact. */
    Optional<Tlp> maxTlp();

    record Email(String address, Optional<Tlp> maxTlp) implements Channel {
        public Email {
            Objects.requireNonNull(address, "address");
            Objects.requireNonNull(maxTlp, "maxTlp");
        }

        public Email(String address) {
            this(address, Optional.empty());
        }

        @Override
        public String type() {
            return "email";
        }
    }

    /**
     * A signed POST.
     *
     * @param secret where the signing key is found, {@code env:NAME} or {@code file:PATH}; never the key itself
     */
    record Webhook(URI url, Optional<String> secret, Optional<Tlp> maxTlp) implements Channel {
        public Webhook {
            Objects.requireNonNull(url, "url");
            Objects.requireNonNull(secret, "secret");
            Objects.requireNonNull(maxTlp, "maxTlp");
        }

        public Webhook(URI url, Optional<String> secret) {
            this(url, secret, Optional.empty());
        }

        @Override
        public String type() {
            return "webhook";
        }

        @Override
        public String address() {
            return url.toString();
        }
    }

    /**
     * A room of a chat program, by its incoming webhook. Whoever knows the URL can write there, so it is a secret itself.
     *
     * @param url where the URL is found
     */
    record Chat(Product product, String url, Optional<Tlp> maxTlp) implements Channel {
        /** Programs whose incoming webhooks take a message of their own form. */
        public enum Product {
            SLACK,
            TEAMS,
            MATTERMOST;

            /** The word in files: lower case. */
            public String word() {
                return name().toLowerCase(java.util.Locale.ROOT);
            }
        }

        public Chat {
            Objects.requireNonNull(product, "product");
            Objects.requireNonNull(url, "url");
            Objects.requireNonNull(maxTlp, "maxTlp");
        }

        @Override
        public String type() {
            return product.word();
        }

        @Override
        public String address() {
            return url;
        }
    }

    /**
     * A talk room or a member of LINE WORKS, written to by a bot (Bot API 2.0) with the token of a service account.
     *
     * @param bot id of the bot
     * @param to the path of the receiver: {@code channels/ID} or {@code users/ID}
     * @param clientSecret where the secret of the app is found
     * @param privateKey where the key of the service account is found: PKCS #8, PEM
     * @param api address of the API, without what follows {@code /v1.0}
     * @param auth address that gives tokens
     */
    record LineWorks(
            String bot,
            String to,
            String clientId,
            String clientSecret,
            String serviceAccount,
            String privateKey,
            URI api,
            URI auth,
            Optional<Tlp> maxTlp)
            implements Channel {
        public static final URI API = URI.create("https://www.worksapis.com/v1.0");
        public static final URI AUTH = URI.create("https://auth.worksmobile.com/oauth2/v2.0/token");

        public LineWorks {
            Objects.requireNonNull(bot, "bot");
            Objects.requireNonNull(to, "to");
            Objects.requireNonNull(clientId, "clientId");
            Objects.requireNonNull(clientSecret, "clientSecret");
            Objects.requireNonNull(serviceAccount, "serviceAccount");
            Objects.requireNonNull(privateKey, "privateKey");
            Objects.requireNonNull(maxTlp, "maxTlp");
        }

        @Override
        public String type() {
            return "line-works";
        }

        @Override
        public String address() {
            return "bots/" + bot + "/" + to;
        }
    }

    /**
     * A stakeholder's own log system: syslog (RFC 5424) over TCP with counted octets, by TLS unless it is said otherwise.
     *
     * @param tls false = plain text, for a network that is trusted
     * @param ca PEM file of the authority that the receiver's certificate comes from; absent = those of the platform
     * @param certificate PEM file of our certificate, if the receiver asks for one; then {@code key} is there, too
     * @param key where our key is found: PKCS #8, PEM
     */
    record Syslog(
            String host,
            int port,
            boolean tls,
            Format format,
            Optional<String> ca,
            Optional<String> certificate,
            Optional<String> key,
            Optional<Tlp> maxTlp)
            implements Channel {
        /** What stands in the message. */
        public enum Format {
            CEF,
            JSON;

            /** The word in files: lower case. */
            public String word() {
                return name().toLowerCase(java.util.Locale.ROOT);
            }
        }

        public Syslog {
            Objects.requireNonNull(host, "host");
            Objects.requireNonNull(format, "format");
            if (certificate.isPresent() != key.isPresent()) {
                throw new IllegalArgumentException("a certificate needs its key, and a key its certificate");
            }
        }

        @Override
        public String type() {
            return "syslog";
        }

        @Override
        public String address() {
            return (tls ? "tls://" : "tcp://") + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        }
    }

    /**
     * A topic of a stakeholder's own Kafka.
     *
     * @param bootstrap {@code host:port}, several with commas
     * @param properties where a file with more settings of the client is found (security, for instance): {@code file:PATH}
     */
    record Kafka(String bootstrap, String topic, Optional<String> properties, Optional<Tlp> maxTlp) implements Channel {
        public Kafka {
            Objects.requireNonNull(bootstrap, "bootstrap");
            Objects.requireNonNull(topic, "topic");
        }

        @Override
        public String type() {
            return "kafka";
        }

        @Override
        public String address() {
            return bootstrap + "/" + topic;
        }
    }

    /**
     * A telephone, by a gateway of {@code notification.yaml}.
     *
     * @param number E.164: {@code +819012345678}
     * @param gateway id
     */
    record Phone(Gateway.Kind kind, String number, String gateway, Optional<Tlp> maxTlp) implements Channel {
        public Phone {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(number, "number");
            Objects.requireNonNull(gateway, "gateway");
        }

        @Override
        public String type() {
            return kind.word();
        }

        @Override
        public String address() {
            return number;
        }
    }
}
