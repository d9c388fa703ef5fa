package jp.hinomi.correlation.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import jp.hinomi.city.CityReader;
import jp.hinomi.rules.RuleReader;

/** The files of city and rules as they were when the job was submitted. */
final class ShippedWorkspace implements WorkspaceSource {
    private static final long serialVersionUID = 1;

    /** By job, because every operator of a process asks; entries go with the class loader of the job. */
    private static final Map<String, Workspace> LOADED = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private final ShippedFiles city;
    private final ShippedFiles rules;

    ShippedWorkspace(Path city, List<Path> rules) {
        this.city = new ShippedFiles(List.of(city));
        this.rules = new ShippedFiles(rules);
    }

    @Override
    public Workspace workspace() {
        return LOADED.computeIfAbsent(id, any -> load());
    }

    private Workspace load() {
        try {
            Path folder = Files.createTempDirectory("hinomi-job-");
            try {
                Path cityFolder = city.unpack(folder.resolve("city")).get(0);
                List<Path> ruleFolders = rules.unpack(folder.resolve("rules"));
                return Workspace.of(
                        Optional.of(CityReader.read(cityFolder, warning -> {})),
                        RuleReader.read(ruleFolders).rules());
            } finally {
                ShippedFiles.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack the job's rules into the folder for temporary files", e);
        }
    }
}
