/// Which units exist, and the one way to change that: blocks by level, the segments they took in, and what
/// waits to be deleted, per tenant and signal. Items are described in `docs/formats/catalog.md`.
@NullMarked
package io.lambdascope.catalog;

import org.jspecify.annotations.NullMarked;
