package io.lambdascope.query;

import io.lambdascope.result.PromResult;

/// The answer to a query, and what it took.
public record PromAnswer(PromResult result, QueryStats stats) {}
