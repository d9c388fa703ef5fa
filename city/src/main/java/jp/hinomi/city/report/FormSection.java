package jp.hinomi.city.report;

import java.util.List;
import java.util.Map;

/** Questions of a form that belong together. @param title by language */
public record FormSection(Map<String, String> title, List<FormField> fields) {
    public FormSection {
        title = Map.copyOf(title);
        fields = List.copyOf(fields);
    }
}
