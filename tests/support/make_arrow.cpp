// make_arrow parquet|feather FILE ROWS: writes a table in groups of so many rows. Its columns come
// from the standard input, a line each: name, type and cells as a JSON list, with tabs between.
#include <arrow/api.h>
#include <arrow/io/file.h>
#include <arrow/ipc/writer.h>
#include <arrow/json/from_string.h>
#include <parquet/arrow/writer.h>

#include <iostream>
#include <map>

namespace {

std::shared_ptr<arrow::DataType> typeOf(const std::string& name)
{
    const std::map<std::string, std::shared_ptr<arrow::DataType>> types = {
        {"int32", arrow::int32()},
        {"int64", arrow::int64()},
        {"uint64", arrow::uint64()},
        {"float32", arrow::float32()},
        {"float64", arrow::float64()},
        {"bool", arrow::boolean()},
        {"utf8", arrow::utf8()},
        {"large_utf8", arrow::large_utf8()},
        {"dictionary", arrow::dictionary(arrow::int32(), arrow::utf8())},
        {"seconds", arrow::timestamp(arrow::TimeUnit::SECOND, "UTC")},
        {"microseconds", arrow::timestamp(arrow::TimeUnit::MICRO)},
        {"nanoseconds", arrow::timestamp(arrow::TimeUnit::NANO, "Europe/Paris")},
        {"float16", arrow::float16()},
        {"uuid", arrow::fixed_size_binary(16)},
        {"bytes", arrow::binary()},
        {"duration", arrow::duration(arrow::TimeUnit::SECOND)},
        {"person", arrow::struct_({arrow::field("id", arrow::int32())})},
        {"date32", arrow::date32()},
        {"decimal", arrow::decimal128(7, 2)},
        {"int32s", arrow::list(arrow::int32())},
        {"utf8s", arrow::list(arrow::utf8())},
        {"int64s", arrow::list(arrow::int64())},
        {"milliseconds_of_day", arrow::time32(arrow::TimeUnit::MILLI)},
        {"pairs", arrow::fixed_size_list(arrow::float32(), 2)}};
    return types.at(name);
}

arrow::Result<std::shared_ptr<arrow::Table>> tableOf(std::istream& in)
{
    arrow::FieldVector fields;
    arrow::ArrayVector arrays;
    for (std::string line; std::getline(in, line);) {
        const auto first = line.find('\t');
        const auto second = line.find('\t', first + 1);
        const auto type = typeOf(line.substr(first + 1, second - first - 1));
        ARROW_ASSIGN_OR_RAISE(
            auto array, arrow::json::ArrayFromJSONString(type, line.substr(second + 1)));
        fields.push_back(arrow::field(line.substr(0, first), type));
        arrays.push_back(std::move(array));
    }
    return arrow::Table::Make(arrow::schema(fields), arrays);
}

arrow::Status write(const std::string& kind, const std::string& file, std::int64_t groupRows)
{
    ARROW_ASSIGN_OR_RAISE(const auto table, tableOf(std::cin));
    ARROW_ASSIGN_OR_RAISE(const auto out, arrow::io::FileOutputStream::Open(file));
    if (kind == "parquet")
        return parquet::arrow::WriteTable(*table, arrow::default_memory_pool(), out, groupRows);
    ARROW_ASSIGN_OR_RAISE(const auto writer, arrow::ipc::MakeFileWriter(out, table->schema()));
    ARROW_RETURN_NOT_OK(writer->WriteTable(*table, groupRows));
    return writer->Close();
}

} // namespace

int main(int count, char** words)
{
    if (count != 4)
        return 2;
    const auto status = write(words[1], words[2], std::stoll(words[3]));
    if (!status.ok())
        std::cerr << status.ToString() << "\n";
    return status.ok() ? 0 : 1;
}
