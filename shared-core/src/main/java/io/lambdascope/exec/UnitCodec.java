package io.lambdascope.exec;

import io.lambdascope.limits.Tenant;
import io.lambdascope.model.Signal;
import io.lambdascope.source.Deletion;
import io.lambdascope.source.Shard;
import io.lambdascope.source.Unit;
import io.lambdascope.source.Unit.Place;
import io.lambdascope.source.Unit.Table;
import io.lambdascope.time.TimeRange;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Units as they stand in scan requests: without their facts, which have done their work by then.
public final class UnitCodec {
    private static final int INLINE = 1;
    private static final int STRETCH = 2;
    private static final int PREFIX = 3;

    private UnitCodec() {}

    /// Writes units, and before them the deletions that they name, each once.
    public static void write(List<Unit> units, DataOutputStream out) throws IOException {
        List<Deletion> deletions = units.stream()
                .flatMap(unit -> unit.deletions().stream())
                .distinct()
                .toList();
        out.writeInt(deletions.size());
        Map<Deletion, Integer> numbers = new HashMap<>();
        for (Deletion deletion : deletions) {
            numbers.put(deletion, numbers.size());
            out.writeUTF(deletion.id());
            writeBytes(deletion.selection().getBytes(StandardCharsets.UTF_8), out);
            out.writeLong(deletion.range().fromNanos());
            out.writeLong(deletion.range().toNanos());
        }
        out.writeInt(units.size());
        for (Unit unit : units) {
            write(unit, out);
            out.writeInt(unit.deletions().size());
            for (Deletion deletion : unit.deletions()) {
                out.writeInt(numbers.getOrDefault(deletion, 0));
            }
        }
    }

    /// @throws IOException also if what is read are no units
    public static List<Unit> read(DataInputStream in) throws IOException {
        List<Deletion> deletions = new ArrayList<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            deletions.add(new Deletion(
                    in.readUTF(),
                    new String(readBytes(in), StandardCharsets.UTF_8),
                    new TimeRange(in.readLong(), in.readLong())));
        }
        List<Unit> units = new ArrayList<>();
        count = in.readInt();
        for (int i = 0; i < count; i++) {
            Unit unit = readUnit(in);
            List<Deletion> own = new ArrayList<>();
            int named = in.readInt();
            for (int j = 0; j < named; j++) {
                own.add(deletions.get(in.readInt()));
            }
            units.add(unit.without(own));
        }
        return units;
    }

    private static void write(Unit unit, DataOutputStream out) throws IOException {
        out.writeUTF(unit.id());
        out.writeUTF(unit.tenant().id());
        out.writeByte(unit.signal().code());
        out.writeByte(unit.level());
        out.writeLong(unit.range().fromNanos());
        out.writeLong(unit.range().toNanos());
        writeShard(unit.shard(), out);
        out.writeLong(unit.rows());
        out.writeLong(unit.bytes());
        switch (unit.place()) {
            case Place.Inline(byte[] bytes) -> {
                out.writeByte(INLINE);
                writeBytes(bytes, out);
            }
            case Place.Stretch(String key, long offset, int length) -> {
                out.writeByte(STRETCH);
                out.writeUTF(key);
                out.writeLong(offset);
                out.writeInt(length);
            }
            case Place.Prefix(String prefix, List<Table> tables) -> {
                out.writeByte(PREFIX);
                out.writeUTF(prefix);
                out.writeInt(tables.size());
                for (Table table : tables) {
                    out.writeUTF(table.name());
                    out.writeLong(table.bytes());
                    out.writeLong(table.footerOffset());
                }
            }
        }
    }

    private static Unit readUnit(DataInputStream in) throws IOException {
        return new Unit(
                in.readUTF(),
                new Tenant(in.readUTF()),
                Signal.ofCode(in.readUnsignedByte()),
                in.readByte(),
                new TimeRange(in.readLong(), in.readLong()),
                readShard(in),
                in.readLong(),
                in.readLong(),
                new byte[0],
                readPlace(in));
    }

    private static Place readPlace(DataInputStream in) throws IOException {
        return switch (in.readUnsignedByte()) {
            case INLINE -> new Place.Inline(readBytes(in));
            case STRETCH -> new Place.Stretch(in.readUTF(), in.readLong(), in.readInt());
            case PREFIX -> {
                String prefix = in.readUTF();
                int count = in.readInt();
                List<Table> tables = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    tables.add(new Table(in.readUTF(), in.readLong(), in.readLong()));
                }
                yield new Place.Prefix(prefix, tables);
            }
            default -> throw new IOException("a place of no known kind");
        };
    }

    public static void writeShard(Shard shard, DataOutputStream out) throws IOException {
        out.writeInt(shard.index());
        out.writeInt(shard.count());
    }

    public static Shard readShard(DataInputStream in) throws IOException {
        return new Shard(in.readInt(), in.readInt());
    }

    public static void writeBytes(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    public static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException(length + " bytes where " + in.available() + " are left");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }
}
