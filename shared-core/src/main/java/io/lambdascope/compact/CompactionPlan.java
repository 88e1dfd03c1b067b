package io.lambdascope.compact;

import io.lambdascope.catalog.CatalogBlock;
import io.lambdascope.catalog.CatalogDeletion;
import io.lambdascope.catalog.Garbage;
import io.lambdascope.catalog.SetAside;
import io.lambdascope.catalog.TakenSegments;
import java.util.List;

/// What is to be done, in this order.
///
/// @param headItems head items to delete: their rows have long been in blocks
/// @param forgotten what may be forgotten once they are
/// @param garbage what may be deleted
/// @param narrowed deletions that cover blocks, but no segment any more
/// @param applied deletions that cover nothing any more
/// @param expired blocks whose time is over
/// @param dropped what was set aside and whose time is over
/// @param setAside how many units are set aside
/// @param jobs merges; no two have an input in common
/// @param headHour the first hour of arrival that the head may hold anything of, once `headItems` are deleted
/// @param quietUntilMillis when there will be something to do if nothing arrives; as the state says it
///     already, if there is something now or soon
public record CompactionPlan(
        List<ArrivedSegment> headItems,
        List<TakenSegments> forgotten,
        List<Garbage> garbage,
        List<CatalogDeletion> narrowed,
        List<CatalogDeletion> applied,
        List<CatalogBlock> expired,
        List<SetAside> dropped,
        int setAside,
        List<CompactionJob> jobs,
        long headHour,
        long quietUntilMillis) {
    public CompactionPlan {
        headItems = List.copyOf(headItems);
        forgotten = List.copyOf(forgotten);
        garbage = List.copyOf(garbage);
        narrowed = List.copyOf(narrowed);
        applied = List.copyOf(applied);
        dropped = List.copyOf(dropped);
        expired = List.copyOf(expired);
        jobs = List.copyOf(jobs);
    }
}
