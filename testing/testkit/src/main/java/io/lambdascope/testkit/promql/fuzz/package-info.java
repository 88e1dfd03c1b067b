/// Random questions to random data: every way to answer one must give the same, and no text may do worse than be
/// refused.
package io.lambdascope.testkit.promql.fuzz;
