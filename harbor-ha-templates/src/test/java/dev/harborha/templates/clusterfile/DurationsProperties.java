package dev.harborha.templates.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class DurationsProperties {

    @Property
    void aSpanOfTimeIsReadAsItWasWritten(@ForAll @LongRange(max = 3_000_000_000L) long seconds) {
        Duration span = Duration.ofSeconds(seconds);
        assertThat(Durations.parse(Durations.of(span))).isEqualTo(span);
    }
}
