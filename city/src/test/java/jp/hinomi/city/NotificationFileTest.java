package jp.hinomi.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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
    void theCitySaysHowPatientDeliveryIs() throws IOException {
        assertThat(with("storm: {limit: 3}").read().notification().delivery())
                .isEqualTo(new DeliveryTerms(Duration.ofHours(24), Duration.ofMinutes(15)));
        assertThat(with("delivery: {deadline: 4h, alarm-after: 5m}")
                        .read()
                        .notification()
                        .delivery())
                .isEqualTo(new DeliveryTerms(Duration.ofHours(4), Duration.ofMinutes(5)));
        assertThat(with("delivery: {deadline: 10m}").problems())
                .extracting(problem -> problem.code() + ": " + problem.message() + ": " + problem.remedy())
                .singleElement()
                .asString()
                .contains("alarm-too-late", "'alarm-after' is 15m and 'deadline' is 10m", "shorter");
        assertThat(with("delivery: {deadlin: 10m}").problems())
                .extracting(problem -> problem.code())
                .containsExactly("unknown-key");
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
