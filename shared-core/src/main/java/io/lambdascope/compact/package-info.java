/// Moves rows from the head into blocks and from small blocks into large ones, and deletes what has had its
/// day.
@NullMarked
package io.lambdascope.compact;

import org.jspecify.annotations.NullMarked;
