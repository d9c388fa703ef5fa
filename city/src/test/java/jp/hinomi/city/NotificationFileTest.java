package jp.hinomi.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotificationFileTest {
    @TempDir
    Path temp;

    private CityFolder with(String notification) throws IOException {
        return new CityFolder(temp).write("notification.yaml", "notification: {" + notification + "}\n");
    }

    @Test
    void theCitySaysWhichDataAboutPeopleIsMasked() throws IOException {
        assertThat(with("masking: [mail, account]").read().notification().masking())
                .isEqualTo(Set.of(PersonalData.MAIL, PersonalData.ACCOUNT));
        assertThat(with("masking: []").read().notification().masking()).isEmpty();
        assertThat(with("storm: {limit: 3}").read().notification().masking())
                .contains(PersonalData.NAME)
                .doesNotContain(PersonalData.ACCOUNT);
        assertThat(with("masking: [my_number]").problems())
                .extracting(problem -> problem.message() + ": " + problem.remedy())
                .singleElement()
                .asString()
                .contains("my_number", "my-number");
    }
}
