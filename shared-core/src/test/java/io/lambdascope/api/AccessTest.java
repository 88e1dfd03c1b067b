package io.lambdascope.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lambdascope.api.Routes.Right;
import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.limits.Tenant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {
    private static final Tenant A = new Tenant("a");
    private static final Tenant B = new Tenant("b");
    private static final Access TWO = Access.to(Set.of(A, B), Set.of(Right.READ, Right.WRITE));

    private static HttpRequest asking(String tenant) {
        return new HttpRequest("GET", "/", "", Map.of("x-scope-orgid", tenant), new byte[0]);
    }

    private static final HttpRequest SILENT = new HttpRequest("GET", "/", "", Map.of(), new byte[0]);

    @Test
    void theHeaderChoosesAmongTheTokensTenants() {
        assertThat(TWO.tenantsOf(asking("b"))).containsExactly(B);
        assertThat(TWO.tenantsOf(asking("b| a |b"))).containsExactly(B, A);
        assertThat(TWO.tenantOf(asking("a"))).isEqualTo(A);
    }

    @ParameterizedTest
    @CsvSource({"c,FORBIDDEN", "a|c,FORBIDDEN", "a|,BAD_REQUEST", "|,BAD_REQUEST", "a/b,BAD_REQUEST", "..,BAD_REQUEST"})
    void refusesOtherTenants(String header, FaultKind kind) {
        assertThatThrownBy(() -> TWO.tenantsOf(asking(header)))
                .isInstanceOfSatisfying(Fault.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void theHeaderMayBeLeftOutWhereOneTenantIsMeant() {
        assertThat(Access.to(Set.of(A), Set.of(Right.READ)).tenantsOf(SILENT)).containsExactly(A);
        assertThat(TokenVerifier.none(B).verify(SILENT).tenantsOf(SILENT)).containsExactly(B);
        assertThat(TokenVerifier.none(B).verify(SILENT).tenantsOf(asking("x"))).containsExactly(new Tenant("x"));
        assertThatThrownBy(() -> TWO.tenantsOf(SILENT))
                .isInstanceOfSatisfying(Fault.class, e -> assertThat(e.kind()).isEqualTo(FaultKind.UNAUTHENTICATED));
    }

    @Test
    void oneTenantIsWrittenTo() {
        assertThatThrownBy(() -> TWO.tenantOf(asking("a|b"))).hasMessage("one tenant must be named here, not 2");
    }

    @Test
    void boundsHowManyAreRead() {
        String many = IntStream.range(0, 17).mapToObj(i -> "t" + i).collect(Collectors.joining("|"));
        assertThatThrownBy(() -> Access.everything(A).tenantsOf(asking(many)))
                .hasMessage("at most 16 tenants may be read at once");
    }

    @Test
    void checksRights() {
        TWO.check(Right.NONE);
        TWO.check(Right.READ);
        assertThatThrownBy(() -> TWO.check(Right.ADMIN)).hasMessage("the token does not allow to administer");
    }
}
