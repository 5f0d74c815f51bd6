package columns

import (
	"fmt"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/schema"
)

// timestamp is the one type of timestamps: microseconds of UTC.
var timestamp = &arrow.TimestampType{Unit: arrow.Microsecond, TimeZone: "UTC"}

// toParquet is the Parquet schema of an Arrow schema.
func toParquet(s *arrow.Schema, props *parquet.WriterProperties) (*schema.GroupNode, error) {
	fields := make(schema.FieldList, s.NumFields())
	for i, f := range s.Fields() {
		var err error
		if fields[i], err = toNode(f.Name, f.Type, f.Nullable); err != nil {
			return nil, fmt.Errorf("column %s: %w", f.Name, err)
		}
	}
	return schema.NewGroupNode(props.RootName(), props.RootRepetition(), fields, -1)
}

func toNode(name string, t arrow.DataType, nullable bool) (schema.Node, error) {
	repetition := parquet.Repetitions.Required
	if nullable {
		repetition = parquet.Repetitions.Optional
	}
	if list, ok := t.(*arrow.ListType); ok {
		if nullable {
			return nil, fmt.Errorf("a list that may be null is not written")
		}
		// elements are optional, as Arrow and Spark write them, though none is ever null
		element, err := toNode(name, list.Elem(), true)
		if err != nil {
			return nil, err
		}
		return schema.ListOf(element, repetition, -1)
	}
	physical, logical, err := parquetType(t)
	if err != nil {
		return nil, err
	}
	return schema.NewPrimitiveNodeLogical(name, repetition, logical, physical, -1, -1)
}

func parquetType(t arrow.DataType) (parquet.Type, schema.LogicalType, error) {
	switch t.ID() {
	case arrow.BOOL:
		return parquet.Types.Boolean, schema.NoLogicalType{}, nil
	case arrow.INT32:
		return parquet.Types.Int32, schema.NewIntLogicalType(32, true), nil
	case arrow.INT64:
		return parquet.Types.Int64, schema.NewIntLogicalType(64, true), nil
	case arrow.FLOAT64:
		return parquet.Types.Double, schema.NoLogicalType{}, nil
	case arrow.STRING:
		return parquet.Types.ByteArray, schema.StringLogicalType{}, nil
	case arrow.DATE32:
		return parquet.Types.Int32, schema.DateLogicalType{}, nil
	}
	if arrow.TypeEqual(t, timestamp) {
		return parquet.Types.Int64, schema.NewTimestampLogicalTypeForce(true, schema.TimeUnitMicros), nil
	}
	return parquet.Types.Undefined, nil, fmt.Errorf("type %s is not written", t)
}

// arrowType is the Arrow type of the values of a column of a file.
func arrowType(c *schema.Column) (arrow.DataType, error) {
	logical := c.LogicalType()
	switch t := logical.(type) {
	case *schema.IntLogicalType:
		if t.IsSigned() && t.BitWidth() == 32 && c.PhysicalType() == parquet.Types.Int32 {
			return arrow.PrimitiveTypes.Int32, nil
		}
		if t.IsSigned() && t.BitWidth() == 64 && c.PhysicalType() == parquet.Types.Int64 {
			return arrow.PrimitiveTypes.Int64, nil
		}
	case *schema.TimestampLogicalType:
		if t.IsAdjustedToUTC() && t.TimeUnit() == schema.TimeUnitMicros {
			return timestamp, nil
		}
	case schema.DateLogicalType:
		return arrow.FixedWidthTypes.Date32, nil
	case schema.StringLogicalType:
		return arrow.BinaryTypes.String, nil
	case schema.NoLogicalType, schema.UnknownLogicalType, nil:
		switch c.PhysicalType() {
		case parquet.Types.Boolean:
			return arrow.FixedWidthTypes.Boolean, nil
		case parquet.Types.Int32:
			return arrow.PrimitiveTypes.Int32, nil
		case parquet.Types.Int64:
			return arrow.PrimitiveTypes.Int64, nil
		case parquet.Types.Double:
			return arrow.PrimitiveTypes.Float64, nil
		}
	}
	return nil, fmt.Errorf("column %s is %s (%s), which is no type of the dataset", c.Path(), c.PhysicalType(), logical)
}
