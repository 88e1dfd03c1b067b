package io.lambdascope.localstack.emulators;

import org.apache.pekko.actor.OneForOneStrategy;
import org.apache.pekko.actor.SupervisorStrategy;
import org.apache.pekko.actor.SupervisorStrategyConfigurator;
import org.apache.pekko.japi.pf.DeciderBuilder;

/// What becomes of an actor of ElasticMQ that throws: it goes on. Pekko would start it anew, and the one that writes to
/// the database would come back knowing no queue: it would acknowledge all and write nothing. Pekko makes it by its
/// name.
public final class KeepState implements SupervisorStrategyConfigurator {
    @Override
    public SupervisorStrategy create() {
        return new OneForOneStrategy(
                DeciderBuilder.matchAny(_ -> (SupervisorStrategy.Directive) SupervisorStrategy.resume())
                        .build());
    }
}
