package jp.hinomi.alerting.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the table of permissions must always say, whatever is added to it. */
class AccountRoleTest {
    @ParameterizedTest
    @EnumSource(Permission.class)
    void everyPermissionButTheSecondStepIsSomebodys(Permission permission) {
        boolean somebodys = java.util.Arrays.stream(AccountRole.values()).anyMatch(role -> role.may(permission));
        assertThat(somebodys).isEqualTo(permission != Permission.SECOND_STEP);
    }

    @Test
    void auditorsSeeAllAndChangeNothing() {
        for (Permission permission : Permission.values()) {
            boolean sees = permission.isReading() && permission != Permission.SEE_OWN_PART;
            assertThat(AccountRole.AUDITOR.may(permission))
                    .as(permission.word())
                    .isEqualTo(sees || permission == Permission.OWN_ACCOUNT);
        }
    }

    @Test
    void stakeholdersHaveTheirOwnPartAloneAndNobodyElseSpeaksForThem() {
        assertThat(AccountRole.STAKEHOLDER.permissions())
                .containsExactlyInAnyOrder(
                        Permission.OWN_ACCOUNT,
                        Permission.SEE_OWN_PART,
                        Permission.ANSWER_OWN_PART,
                        Permission.CHANGE_OWN_PART);
        for (AccountRole role : AccountRole.values()) {
            if (role != AccountRole.STAKEHOLDER) {
                assertThat(role.may(Permission.ANSWER_OWN_PART)).as(role.word()).isFalse();
                assertThat(role.may(Permission.CHANGE_OWN_PART)).as(role.word()).isFalse();
            }
        }
    }

    @Test
    void accountsAreManagedByAdminsOnly() {
        for (AccountRole role : AccountRole.values()) {
            assertThat(role.may(Permission.MANAGE_ACCOUNTS)).as(role.word()).isEqualTo(role == AccountRole.ADMIN);
        }
    }

    @Test
    void aStakeholdersAccountIsBoundToOneAndNoOtherIs() {
        assertThatThrownBy(() -> new Member("a", AccountRole.STAKEHOLDER, Optional.empty()))
                .hasMessageContaining("give the stakeholder's id");
        assertThatThrownBy(() -> new Member("a", AccountRole.ADMIN, Optional.of("vendor")))
                .hasMessageContaining("take the stakeholder away");
    }
}
