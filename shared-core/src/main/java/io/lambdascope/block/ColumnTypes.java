package io.lambdascope.block;

import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/// The types of columns that schemas are made of.
public final class ColumnTypes {
    private ColumnTypes() {}

    public static PrimitiveType requiredString(String name) {
        return Types.required(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.stringType())
                .named(name);
    }

    public static PrimitiveType optionalString(String name) {
        return Types.optional(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.stringType())
                .named(name);
    }

    /// Strings by strings, as [LabelWriter#writeMap] writes them.
    public static Type map(String name) {
        return Types.optionalMap()
                .key(requiredString("key"))
                .value(requiredString("value"))
                .named(name);
    }

    /// Moments since the Unix epoch, UTC.
    public static PrimitiveType time(String name, TimeUnit unit) {
        return required(PrimitiveTypeName.INT64, name, LogicalTypeAnnotation.timestampType(true, unit));
    }

    public static PrimitiveType number(String name) {
        return Types.required(PrimitiveTypeName.INT64).named(name);
    }

    private static PrimitiveType required(PrimitiveTypeName type, String name, LogicalTypeAnnotation as) {
        return Types.required(type).as(as).named(name);
    }
}
