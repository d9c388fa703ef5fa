package jp.hinomi.standalone.command;

import picocli.CommandLine.IVersionProvider;

/** The version that Maven wrote into the jar's manifest. */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = number();
        return new String[] {"Hinomi " + (version.isEmpty() ? "(development)" : version)};
    }

    /** Empty where the program runs from no jar. */
    public static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "" : version;
    }
}
