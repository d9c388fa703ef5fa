package jp.hinomi.benchmarks.engine;

/** One row or several of the table that {@link EngineFigures} prints. */
interface Part {
    /** What the user calls it by. */
    String name();

    /** What it measures, in a line. */
    String title();

    /** Measures and prints. */
    void run(Settings settings) throws Exception;
}
