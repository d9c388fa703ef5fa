package jp.hinomi.correlation.job;

import java.io.Serializable;

/** Travels with the job and gives its operators the workspace, wherever they run. */
@FunctionalInterface
public interface WorkspaceSource extends Serializable {
    /** The workspace as it is now; loaded once per process. Thread-safe. */
    Workspace workspace();

    /** The workspace of now and of later, until it is closed. Thread-safe. */
    default FollowedWorkspace follow() {
        Workspace fixed = workspace();
        return () -> fixed;
    }
}
