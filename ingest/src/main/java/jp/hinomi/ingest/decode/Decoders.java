package jp.hinomi.ingest.decode;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import jp.hinomi.city.LogFormat;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.document.Suggestion;
import jp.hinomi.ingest.decode.auditd.AuditdDecoder;
import jp.hinomi.ingest.decode.auth.OpensshDecoder;
import jp.hinomi.ingest.decode.aws.CloudTrailDecoder;
import jp.hinomi.ingest.decode.aws.VpcFlowDecoder;
import jp.hinomi.ingest.decode.aws.WafDecoder;
import jp.hinomi.ingest.decode.cef.CefDecoder;
import jp.hinomi.ingest.decode.cef.LeefDecoder;
import jp.hinomi.ingest.decode.checkpoint.CheckpointDecoder;
import jp.hinomi.ingest.decode.cisco.CiscoDecoder;
import jp.hinomi.ingest.decode.ecs.EcsJsonDecoder;
import jp.hinomi.ingest.decode.envoy.EnvoyDecoder;
import jp.hinomi.ingest.decode.f5.AsmDecoder;
import jp.hinomi.ingest.decode.fiware.KeyrockDecoder;
import jp.hinomi.ingest.decode.fiware.OrionDecoder;
import jp.hinomi.ingest.decode.fortigate.FortigateDecoder;
import jp.hinomi.ingest.decode.generic.GenericJsonDecoder;
import jp.hinomi.ingest.decode.generic.PlainTextDecoder;
import jp.hinomi.ingest.decode.generic.SyslogDecoder;
import jp.hinomi.ingest.decode.haproxy.HaproxyDecoder;
import jp.hinomi.ingest.decode.journald.JournaldDecoder;
import jp.hinomi.ingest.decode.juniper.SrxDecoder;
import jp.hinomi.ingest.decode.keycloak.KeycloakDecoder;
import jp.hinomi.ingest.decode.kong.KongDecoder;
import jp.hinomi.ingest.decode.lorawan.LorawanDecoder;
import jp.hinomi.ingest.decode.mapped.MappedDecoder;
import jp.hinomi.ingest.decode.modsecurity.ModsecurityDecoder;
import jp.hinomi.ingest.decode.mqtt.EmqxDecoder;
import jp.hinomi.ingest.decode.mqtt.MosquittoDecoder;
import jp.hinomi.ingest.decode.netfilter.NetfilterDecoder;
import jp.hinomi.ingest.decode.otlp.OtlpDecoder;
import jp.hinomi.ingest.decode.paloalto.PaloAltoDecoder;
import jp.hinomi.ingest.decode.pf.PfsenseDecoder;
import jp.hinomi.ingest.decode.snort.SnortDecoder;
import jp.hinomi.ingest.decode.spring.SpringDecoder;
import jp.hinomi.ingest.decode.suricata.SuricataDecoder;
import jp.hinomi.ingest.decode.tomcat.TomcatDecoder;
import jp.hinomi.ingest.decode.web.AccessLogDecoder;
import jp.hinomi.ingest.decode.windows.WindowsDecoder;
import jp.hinomi.ingest.decode.yamaha.RtxDecoder;
import jp.hinomi.ingest.decode.zeek.ZeekDecoder;

/** The catalogue of formats. */
public final class Decoders {
    /** What the format {@code auto} chose for an event. */
    public static final Field CHOSEN = Fields.of("city.format");

    private static final Map<String, Format> FORMATS = new TreeMap<>();

    // One line per format: its name, its decoder, and how it is recognised.
    static {
        add("apache", AccessLogDecoder.of(AccessLogDecoder.Server.APACHE), AccessLogDecoder.APACHE_SIGNATURE);
        add("auditd", AuditdDecoder::new, AuditdDecoder.SIGNATURE);
        add("auto", AutoDecoder::new, Signature.NEVER);
        add("aws-waf", WafDecoder::new, WafDecoder.SIGNATURE);
        add("cef", CefDecoder::new, CefDecoder.SIGNATURE);
        add("checkpoint", CheckpointDecoder::new, CheckpointDecoder.SIGNATURE);
        add("cisco-asa", CiscoDecoder::new, CiscoDecoder.SIGNATURE);
        add("cloudtrail", CloudTrailDecoder::new, CloudTrailDecoder.SIGNATURE);
        add("ecs-json", EcsJsonDecoder::new, EcsJsonDecoder.SIGNATURE);
        add("emqx", EmqxDecoder::new, EmqxDecoder.SIGNATURE);
        add("envoy", EnvoyDecoder::new, EnvoyDecoder.SIGNATURE);
        add("f5-asm", AsmDecoder::new, AsmDecoder.SIGNATURE);
        add("fortigate", FortigateDecoder::new, FortigateDecoder.SIGNATURE);
        add("haproxy", HaproxyDecoder::new, HaproxyDecoder.SIGNATURE);
        add("journald", JournaldDecoder::new, JournaldDecoder.SIGNATURE);
        add("json", GenericJsonDecoder::new, Signature.NEVER);
        add("juniper-srx", SrxDecoder::new, SrxDecoder.SIGNATURE);
        add("keycloak", KeycloakDecoder::new, KeycloakDecoder.SIGNATURE);
        add("keyrock", KeyrockDecoder::new, KeyrockDecoder.SIGNATURE);
        add("kong", KongDecoder::new, KongDecoder.SIGNATURE);
        add("leef", LeefDecoder::new, LeefDecoder.SIGNATURE);
        add("lorawan", LorawanDecoder::new, LorawanDecoder.SIGNATURE);
        add("modsecurity", ModsecurityDecoder::new, ModsecurityDecoder.SIGNATURE);
        add("mosquitto", MosquittoDecoder::new, MosquittoDecoder.SIGNATURE);
        add("netfilter", NetfilterDecoder::new, NetfilterDecoder.SIGNATURE);
        add("nginx", AccessLogDecoder.of(AccessLogDecoder.Server.NGINX), AccessLogDecoder.NGINX_SIGNATURE);
        add("openssh", OpensshDecoder::new, OpensshDecoder.SIGNATURE);
        add("orion", OrionDecoder::new, OrionDecoder.SIGNATURE);
        add("otlp", OtlpDecoder::new, OtlpDecoder.SIGNATURE);
        add("paloalto", PaloAltoDecoder::new, PaloAltoDecoder.SIGNATURE);
        add("pfsense", PfsenseDecoder::new, PfsenseDecoder.SIGNATURE);
        add("snort", SnortDecoder::new, SnortDecoder.SIGNATURE);
        add("spring", SpringDecoder::new, SpringDecoder.SIGNATURE);
        add("suricata-eve", SuricataDecoder::new, SuricataDecoder.SIGNATURE);
        add("syslog", SyslogDecoder::new, Signature.NEVER);
        add("text", PlainTextDecoder::new, Signature.NEVER);
        add("tomcat", TomcatDecoder::new, TomcatDecoder.SIGNATURE);
        add("vpc-flow", VpcFlowDecoder::new, VpcFlowDecoder.SIGNATURE);
        add("windows", WindowsDecoder::new, WindowsDecoder.SIGNATURE);
        add("yamaha-rtx", RtxDecoder::new, RtxDecoder.SIGNATURE);
        add("zeek", ZeekDecoder::new, ZeekDecoder.SIGNATURE);
    }

    private Decoders() {}

    /**
     * One format.
     *
     * @param decoder makes its decoder for a zone and a charset
     * @param signature how {@code auto} recognises it
     */
    record Format(String name, BiFunction<ZoneId, Charset, Decoder> decoder, Signature signature) {}

    private static void add(String name, BiFunction<ZoneId, Charset, Decoder> decoder, Signature signature) {
        if (FORMATS.put(name, new Format(name, decoder, signature)) != null) {
            throw new IllegalStateException("two formats are called " + name);
        }
    }

    /** Names of all formats, sorted. */
    public static List<String> formats() {
        return List.copyOf(FORMATS.keySet());
    }

    /** In the order of their names. */
    static Collection<Format> all() {
        return Collections.unmodifiableCollection(FORMATS.values());
    }

    /** @throws IllegalArgumentException if there is no such format (the message suggests the nearest) */
    static Format format(String name) {
        Format format = FORMATS.get(name);
        if (format == null) {
            throw new IllegalArgumentException(
                    "there is no format '" + name + "': " + Suggestion.remedy(name, formats()));
        }
        return format;
    }

    /**
     * @param zone for time stamps that name none
     * @param charset of the text
     * @throws IllegalArgumentException if there is no such format (the message suggests the nearest), or no decoder can
     *     read that charset
     */
    public static Decoder of(String format, ZoneId zone, Charset charset) {
        return format(format).decoder().apply(zone, charset);
    }

    /**
     * The same, for formats that a city describes itself as well.
     *
     * @param own those, by name
     */
    public static Decoder of(String format, Map<String, LogFormat> own, ZoneId zone, Charset charset) {
        LogFormat described = own.get(format);
        return described == null ? of(format, zone, charset) : new MappedDecoder(described, zone, charset);
    }
}
