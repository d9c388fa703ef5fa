package jp.hinomi.ingest.clock;

/**
 * News of an episode: it began, it lasts, or it is over. {@link Episode#said} is the time of the news.
 *
 * @param source its id
 * @param isOver whether this is the last of it
 */
public record Finding(String source, Episode episode, boolean isOver) {}
