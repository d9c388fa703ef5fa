package jp.hinomi.correlation.job;

import java.io.Serializable;

/** Travels with the job and gives its operators the workspace, wherever they run. */
@FunctionalInterface
public interface WorkspaceSource extends Serializable {
    /** The workspace; loaded once per process. Thread-safe. */
    Workspace workspace();
}
