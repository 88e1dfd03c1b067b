package io.lambdascope.ingest;

import io.lambdascope.fault.Fault;
import io.lambdascope.fault.FaultKind;
import io.lambdascope.head.HeadStore;
import io.lambdascope.head.Segment;
import io.lambdascope.head.SegmentMerger;
import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes what the queue delivers: merges the segments of one tenant and signal and appends them to the head.
public final class HeadService {
    private static final Logger LOG = LoggerFactory.getLogger(HeadService.class);

    /// What one merge may hold in memory: a message of a few KB may hold 30 MB of columns.
    private static final long MAX_MERGE_BYTES = 24 << 20;

    private final HeadStore head;
    private final Map<Signal, SegmentMerger> mergers = new EnumMap<>(Signal.class);

    /// @param mergers one for each signal that is pushed
    public HeadService(HeadStore head, Collection<SegmentMerger> mergers) {
        this.head = head;
        mergers.forEach(merger -> this.mergers.put(merger.signal(), merger));
    }

    /// A message of the queue, as [PushService] wrote it.
    public record Message(String id, String body) {}

    /// Segments of one tenant and signal, and the messages they came in.
    private record Group(List<Segment> segments, List<String> messageIds) {
        Group() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        long payloadBytes() {
            return segments.stream()
                    .mapToLong(segment -> segment.header().payloadBytes())
                    .sum();
        }
    }

    private record Owner(Tenant tenant, Signal signal) {}

    /// Stores a batch. The messages whose ids are not returned are durable.
    ///
    /// @return the messages that are to be delivered again: those that cannot be read, which end in the dead-letter
    ///     queue, or all if a store is away
    public Set<String> handle(List<Message> messages) {
        Set<String> failed = new HashSet<>();
        Map<Owner, List<Group>> groups = new LinkedHashMap<>();
        for (Message message : messages) {
            try {
                Segment segment = Segment.of(Base64.getDecoder().decode(message.body()));
                group(segment, groups).messageIds().add(message.id());
            } catch (Fault | IllegalArgumentException e) {
                LOG.warn("message {} holds no segment: {}", message.id(), e.getMessage());
                failed.add(message.id());
            }
        }
        List<Segment> merged = new ArrayList<>();
        List<String> mergedIds = new ArrayList<>();
        groups.values().forEach(ofOwner -> ofOwner.forEach(group -> merge(group, merged, mergedIds, failed)));
        try {
            head.append(merged);
        } catch (Fault e) {
            if (e.kind() != FaultKind.UNAVAILABLE) {
                throw e;
            }
            LOG.warn("{} messages go back to the queue: {}", mergedIds.size(), e.getMessage());
            failed.addAll(mergedIds);
        }
        return failed;
    }

    private Group group(Segment segment, Map<Owner, List<Group>> groups) {
        Owner owner = new Owner(segment.header().tenant(), segment.header().signal());
        if (!mergers.containsKey(owner.signal())) {
            throw Fault.corrupt("nobody merges %s here", owner.signal().text());
        }
        List<Group> ofOwner = groups.computeIfAbsent(owner, _ -> new ArrayList<>());
        if (ofOwner.isEmpty()
                || ofOwner.getLast().payloadBytes() + segment.header().payloadBytes() > MAX_MERGE_BYTES) {
            ofOwner.add(new Group());
        }
        ofOwner.getLast().segments().add(segment);
        return ofOwner.getLast();
    }

    private void merge(Group group, List<Segment> merged, List<String> mergedIds, Set<String> failed) {
        SegmentMerger merger = mergers.get(group.segments().getFirst().header().signal());
        if (merger == null) {
            throw new IllegalStateException("groups have mergers");
        }
        try {
            merged.add(merger.merge(group.segments()));
            mergedIds.addAll(group.messageIds());
        } catch (Fault e) {
            mergeOneByOne(group, merger, merged, mergedIds, failed);
        }
    }

    /// One of them is broken: finds out which, so that the others do not share its fate.
    private static void mergeOneByOne(
            Group group, SegmentMerger merger, List<Segment> merged, List<String> mergedIds, Set<String> failed) {
        for (int i = 0; i < group.segments().size(); i++) {
            String id = group.messageIds().get(i);
            try {
                merged.add(merger.merge(List.of(group.segments().get(i))));
                mergedIds.add(id);
            } catch (Fault e) {
                LOG.warn("message {} holds a broken segment: {}", id, e.getMessage());
                failed.add(id);
            }
        }
    }
}
