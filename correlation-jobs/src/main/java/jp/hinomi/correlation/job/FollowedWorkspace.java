package jp.hinomi.correlation.job;

/** A workspace that may be replaced while operators work by it. Thread-safe. */
@FunctionalInterface
interface FollowedWorkspace extends AutoCloseable {
    /** The newest; the same object as long as nothing changes. Costs a volatile read, so ask for every record. */
    Workspace newest();

    @Override
    default void close() {}
}
