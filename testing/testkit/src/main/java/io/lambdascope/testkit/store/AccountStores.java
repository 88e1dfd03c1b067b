package io.lambdascope.testkit.store;

import io.lambdascope.store.Ids;
import io.lambdascope.store.MessageQueue;
import io.lambdascope.store.ObjectStore;
import io.lambdascope.store.Table;
import java.time.InstantSource;

/// What a function is wired with.
public record AccountStores(
        ObjectStore objects, Table head, Table catalog, MessageQueue queue, InstantSource clock, Ids ids) {}
