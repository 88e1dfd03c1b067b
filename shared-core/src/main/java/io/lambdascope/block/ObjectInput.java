package io.lambdascope.block;

import io.lambdascope.fault.Fault;
import io.lambdascope.store.ObjectStore;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/// An object read in ranges: those announced with [#load] come in few requests, neighbours in one; whatever else is
/// read comes in a request of its own.
final class ObjectInput implements InputFile {
    /// Reading a gap of this many bytes takes about as long as a second request would.
    private static final int MAX_GAP_BYTES = 256 << 10;

    private static final int MAX_REQUEST_BYTES = 32 << 20;

    private final ObjectStore store;
    private final String key;
    private final long length;

    private long fetched;

    /// Bytes that are here already, by their offset.
    private final TreeMap<Long, byte[]> regions = new TreeMap<>();

    /// A stretch of the object.
    record Range(long from, long to) {}

    ObjectInput(ObjectStore store, String key, long length) {
        this.store = store;
        this.key = key;
        this.length = length;
    }

    /// Makes bytes known that came from elsewhere.
    void put(long offset, byte[] bytes) {
        regions.put(offset, bytes);
    }

    /// Forgets all that [#load] brought from before `offset`.
    void dropBefore(long offset) {
        regions.headMap(offset).clear();
    }

    /// Reads what is not here yet of `ranges`.
    void load(List<Range> ranges) {
        List<Range> missing = new ArrayList<>();
        for (Range range : ranges) {
            if (range.from < range.to && !isHere(range.from, range.to)) {
                missing.add(range);
            }
        }
        missing.sort(Comparator.comparingLong(Range::from));
        int i = 0;
        while (i < missing.size()) {
            long from = missing.get(i).from;
            long to = missing.get(i).to;
            i++;
            while (i < missing.size()
                    && missing.get(i).from - to <= MAX_GAP_BYTES
                    && missing.get(i).to - from <= MAX_REQUEST_BYTES) {
                to = Math.max(to, missing.get(i).to);
                i++;
            }
            regions.put(from, fetch(from, to));
        }
    }

    private byte[] fetch(long from, long to) {
        if (from < 0 || to > length || to - from > Integer.MAX_VALUE - 16) {
            throw Fault.corrupt("%s has %d bytes, and points to %d to %d", key, length, from, to);
        }
        byte[] bytes = store.get(key, from, (int) (to - from));
        if (bytes.length != to - from) {
            throw Fault.corrupt("%s has fewer than the %d bytes that the catalog says", key, length);
        }
        fetched += bytes.length;
        return bytes;
    }

    /// How many bytes have been fetched.
    long fetched() {
        return fetched;
    }

    private boolean isHere(long from, long to) {
        Map.Entry<Long, byte[]> region = regions.floorEntry(from);
        return region != null && to <= region.getKey() + region.getValue().length;
    }

    @Override
    public long getLength() {
        return length;
    }

    @Override
    public SeekableInputStream newStream() {
        return new Stream();
    }

    private final class Stream extends SeekableInputStream {
        private long position;

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void seek(long newPosition) {
            position = newPosition;
        }

        @Override
        public int read() throws EOFException {
            if (position >= length) {
                return -1;
            }
            byte[] one = new byte[1];
            readFully(one, 0, 1);
            return one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int count) throws EOFException {
            if (position >= length) {
                return -1;
            }
            int available = (int) Math.min(count, length - position);
            readFully(into, from, available);
            return available;
        }

        @Override
        public void readFully(byte[] into) throws EOFException {
            readFully(into, 0, into.length);
        }

        @Override
        public void readFully(byte[] into, int from, int count) throws EOFException {
            if (count > length - position) {
                throw new EOFException("%s ends at %d".formatted(key, length));
            }
            if (!isHere(position, position + count)) {
                regions.put(position, fetch(position, position + count));
            }
            Map.Entry<Long, byte[]> region = regions.floorEntry(position);
            if (region == null) {
                throw new IllegalStateException("region just read is gone");
            }
            System.arraycopy(region.getValue(), (int) (position - region.getKey()), into, from, count);
            position += count;
        }

        @Override
        public int read(ByteBuffer into) throws EOFException {
            if (position >= length) {
                return -1;
            }
            byte[] bytes = new byte[(int) Math.min(into.remaining(), length - position)];
            readFully(bytes, 0, bytes.length);
            into.put(bytes);
            return bytes.length;
        }

        @Override
        public void readFully(ByteBuffer into) throws EOFException {
            byte[] bytes = new byte[into.remaining()];
            readFully(bytes, 0, bytes.length);
            into.put(bytes);
        }
    }
}
