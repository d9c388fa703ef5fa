package jp.hinomi.ingest.tail;

/** Takes the lines of followed files, in their order. */
interface LineSink {
    /** True while no more should be offered. */
    boolean full();

    /**
     * @param length how long the line really was; of longer ones than may be, {@code line} is the beginning
     * @param stored to be called once the line is stored for good, from any thread
     */
    void offer(byte[] line, long length, Runnable stored);
}
