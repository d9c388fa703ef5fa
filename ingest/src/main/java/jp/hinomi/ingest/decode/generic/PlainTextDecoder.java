package jp.hinomi.ingest.decode.generic;

import java.nio.charset.Charset;
import java.time.ZoneId;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.TextDecoder;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;

/** Any line: its text is the message, its time what it begins with or, without one, the time of its arrival. */
public final class PlainTextDecoder extends TextDecoder {
    private final ZoneClock zone;

    public PlainTextDecoder(ZoneId zone, Charset charset) {
        super("text", charset);
        this.zone = new ZoneClock(zone);
    }

    @Override
    protected Decoding decode(String text, LogRecord record) {
        int from = text.charAt(0) == '[' ? 1 : 0;
        TimeScan time = new TimeScan(zone);
        boolean timed = time.iso(text, from) || time.bsd(text, from, record.appendMillis()) || time.clf(text, from);
        EventDraft event = draft(text, record, timed ? time.millis : record.appendMillis());
        return event.module("text", "text.log").text(Fields.MESSAGE, text).finish();
    }
}
