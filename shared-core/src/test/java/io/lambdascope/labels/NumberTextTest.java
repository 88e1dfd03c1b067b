package io.lambdascope.labels;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTextTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "-0.0, -0, -0",
        "1, 1, 1",
        "-1.5, -1.5, -1.5",
        "1e15, 1000000000000000, 1000000000000000",
        "1e20, 100000000000000000000, 100000000000000000000",
        "1e21, 1000000000000000000000, 1e+21",
        "-1.25e22, -12500000000000000000000, -1.25e+22",
        "0.000001, 0.000001, 0.000001",
        "9.5e-7, 0.00000095, 9.5e-07",
        "1e100, 1" + "0000000000" + "0000000000" + "0000000000" + "0000000000" + "0000000000" + "0000000000"
                + "0000000000" + "0000000000" + "0000000000" + "0000000000, 1e+100",
        "NaN, NaN, NaN",
        "Infinity, +Inf, +Inf",
        "-Infinity, -Inf, -Inf",
        "2e23, 200000000000000000000000, 2e+23",
    })
    void writesAsGoDoes(double value, String plain, String json) {
        assertThat(NumberText.plain(value)).isEqualTo(plain);
        assertThat(NumberText.json(value)).isEqualTo(json);
    }

    @Test
    void writesTheSmallestNumbersWithOneDigit() {
        assertThat(NumberText.json(Double.MIN_VALUE)).isEqualTo("5e-324");
        assertThat(NumberText.json(2 * Double.MIN_VALUE)).isEqualTo("1e-323");
    }

    @Test
    void readsBackAsTheSameNumber() {
        RandomGenerator random = new SplittableRandom(5);
        for (int i = 0; i < 20_000; i++) {
            double value = i % 2 == 0
                    ? Double.longBitsToDouble(random.nextLong())
                    : random.nextInt(-1_000_000, 1_000_000) * Math.pow(10, random.nextInt(-12, 20));
            if (Double.isFinite(value)) {
                BigDecimal shortest = new BigDecimal(Double.toString(value));
                if (Math.abs(value) >= Double.MIN_NORMAL) {
                    assertThat(NumberText.plain(value))
                            .isEqualTo(shortest.stripTrailingZeros().toPlainString());
                }
                assertThat(Double.parseDouble(NumberText.json(value))).isEqualTo(value);
                assertThat(Double.parseDouble(NumberText.plain(value))).isEqualTo(value);
            }
        }
    }
}
