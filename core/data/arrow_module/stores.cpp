// The module behind core/data/stores/arrow.cpp: Parquet and Feather files by Apache Arrow.
#include "core/data/stores.h"
#include "core/base/text.h"

#include <arrow/api.h>
#include <arrow/io/file.h>
#include <arrow/ipc/reader.h>
#include <arrow/memory_pool.h>
#include <arrow/util/byte_size.h>
#include <arrow/util/decimal.h>
#include <arrow/util/float16.h>
#include <parquet/arrow/reader.h>
#include <parquet/arrow/schema.h>
#include <parquet/file_reader.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <limits>
#include <mutex>

namespace fovea::data {

namespace {

constexpr std::int64_t kBatchRows = 1 << 16;
constexpr std::int64_t kSliceRows = 1 << 10; // written as text at once
constexpr std::size_t kMostCell = std::size_t{64} << 20;
constexpr std::size_t kMostSlice = std::size_t{256} << 20; // text of a column

// A file as a series of batches of some of its columns.
class Batches {
public:
    virtual ~Batches() = default;
    virtual const arrow::Schema& schema() const = 0;
    virtual std::int64_t rows() const = 0;
    // Before the first next(); the others are not read from the disk where that can be had. Batches
    // have so many rows at most.
    virtual arrow::Status select(const std::vector<int>& columns, std::int64_t rows) = 0;
    // The columns that were selected, in their order; null at the end.
    virtual arrow::Result<std::shared_ptr<arrow::RecordBatch>> next() = 0;

protected:
    explicit Batches(std::int64_t mostMemory)
        : m_pool(arrow::default_memory_pool(), mostMemory)
    { }
    arrow::MemoryPool* pool() { return &m_pool; }

private:
    arrow::CappedMemoryPool m_pool; // a page may claim to be of any size
};

class ParquetBatches final : public Batches {
public:
    explicit ParquetBatches(std::int64_t mostMemory)
        : Batches(mostMemory)
    { }
    static arrow::Result<std::unique_ptr<Batches>> open(
        const std::string& file, std::int64_t mostMemory)
    {
        auto batches = std::make_unique<ParquetBatches>(mostMemory);
        ARROW_ASSIGN_OR_RAISE(
            auto bytes, arrow::io::MemoryMappedFile::Open(file, arrow::io::FileMode::READ));
        parquet::arrow::FileReaderBuilder builder;
        ARROW_RETURN_NOT_OK(builder.Open(bytes, parquet::ReaderProperties(batches->pool())));
        ARROW_ASSIGN_OR_RAISE(
            auto reader,
            builder.memory_pool(batches->pool())
                ->properties(parquet::ArrowReaderProperties(false))
                ->Build());
        ARROW_RETURN_NOT_OK(reader->GetSchema(&batches->m_schema));
        batches->m_reader = std::move(reader);
        return batches;
    }
    const arrow::Schema& schema() const override { return *m_schema; }
    std::int64_t rows() const override
    {
        return m_reader->parquet_reader()->metadata()->num_rows();
    }
    arrow::Status select(const std::vector<int>& columns, std::int64_t rows) override
    {
        m_reader->set_batch_size(rows);
        std::vector<int> leaves;
        for (const int column : columns)
            addLeaves(m_reader->manifest().schema_fields[static_cast<std::size_t>(column)], leaves);
        std::vector<int> groups(static_cast<std::size_t>(m_reader->num_row_groups()));
        for (std::size_t g = 0; g < groups.size(); ++g)
            groups[g] = static_cast<int>(g);
        ARROW_ASSIGN_OR_RAISE(m_batches, m_reader->GetRecordBatchReader(groups, leaves));
        m_columns = columns;
        return arrow::Status::OK();
    }
    arrow::Result<std::shared_ptr<arrow::RecordBatch>> next() override
    {
        ARROW_ASSIGN_OR_RAISE(auto batch, m_batches->Next());
        if (!batch)
            return batch;
        // The reader keeps the order of the file.
        arrow::ArrayVector ordered;
        arrow::FieldVector fields;
        for (const int column : m_columns) {
            const auto& field = m_schema->field(column);
            const auto at = batch->schema()->GetFieldIndex(field->name());
            if (at < 0)
                return arrow::Status::Invalid("two columns have the name ", field->name());
            ordered.push_back(batch->column(at));
            fields.push_back(field);
        }
        return arrow::RecordBatch::Make(arrow::schema(fields), batch->num_rows(), ordered);
    }

private:
    static void addLeaves(const parquet::arrow::SchemaField& field, std::vector<int>& leaves)
    {
        if (field.is_leaf())
            leaves.push_back(field.column_index);
        for (const auto& child : field.children)
            addLeaves(child, leaves);
    }

    std::unique_ptr<parquet::arrow::FileReader> m_reader;
    std::unique_ptr<arrow::RecordBatchReader> m_batches;
    std::shared_ptr<arrow::Schema> m_schema;
    std::vector<int> m_columns;
};

class FeatherBatches final : public Batches {
public:
    explicit FeatherBatches(std::int64_t mostMemory)
        : Batches(mostMemory)
    { }
    static arrow::Result<std::unique_ptr<Batches>> open(
        const std::string& file, std::int64_t mostMemory)
    {
        auto batches = std::make_unique<FeatherBatches>(mostMemory);
        auto options = arrow::ipc::IpcReadOptions::Defaults();
        options.memory_pool = batches->pool();
        ARROW_ASSIGN_OR_RAISE(
            batches->m_bytes, arrow::io::MemoryMappedFile::Open(file, arrow::io::FileMode::READ));
        ARROW_ASSIGN_OR_RAISE(
            batches->m_reader, arrow::ipc::RecordBatchFileReader::Open(batches->m_bytes, options));
        ARROW_ASSIGN_OR_RAISE(batches->m_rows, batches->m_reader->CountRows());
        return batches;
    }
    const arrow::Schema& schema() const override { return *m_reader->schema(); }
    std::int64_t rows() const override { return m_rows; }
    arrow::Status select(const std::vector<int>& columns, std::int64_t rows) override
    {
        m_columns = columns;
        m_batchRows = rows;
        return arrow::Status::OK();
    }
    arrow::Result<std::shared_ptr<arrow::RecordBatch>> next() override
    {
        // A batch of the file may hold all of it.
        if (!m_batch || m_at == m_batch->num_rows()) {
            if (m_next == m_reader->num_record_batches())
                return nullptr;
            ARROW_ASSIGN_OR_RAISE(m_batch, m_reader->ReadRecordBatch(m_next++));
            ARROW_RETURN_NOT_OK(m_batch->ValidateFull());
            ARROW_ASSIGN_OR_RAISE(m_batch, m_batch->SelectColumns(m_columns));
            m_at = 0;
        }
        auto part = m_batch->Slice(m_at, m_batchRows);
        m_at += part->num_rows();
        return part;
    }

private:
    std::shared_ptr<arrow::io::MemoryMappedFile> m_bytes;
    std::shared_ptr<arrow::ipc::RecordBatchFileReader> m_reader;
    std::int64_t m_rows = 0;
    std::vector<int> m_columns;
    int m_next = 0;
    std::shared_ptr<arrow::RecordBatch> m_batch;
    std::int64_t m_batchRows = kBatchRows;
    std::int64_t m_at = 0; // in it
};

using Open =
    arrow::Result<std::unique_ptr<Batches>> (*)(const std::string& file, std::int64_t mostMemory);

Error errorOf(const std::string& what, const std::filesystem::path& file)
{
    return badInput(
        say("it cannot be read: %1", what), file.string(), "Is the file damaged, or cut off?");
}

Error errorOf(const arrow::Status& status, const std::filesystem::path& file)
{
    if (status.IsOutOfMemory())
        return badInput(
            "a part of it does not fit into the memory that may be taken", file.string(),
            "Write it in smaller row groups, or free some memory");
    return errorOf(status.message(), file);
}

Error tooLarge(Message where)
{
    return badInput("a cell of more than 64 MiB", std::move(where), "Leave out its column");
}

// Arrow answers; where a damaged file makes it throw, that is an answer too.
template <typename Work>
auto tried(const std::filesystem::path& file, const Work& work)
    -> Result<std::remove_reference_t<decltype(*std::declval<std::invoke_result_t<Work>>())>>
{
    try {
        auto answer = work();
        if (!answer.ok())
            return errorOf(answer.status(), file);
        return std::move(*answer);
    } catch (const parquet::ParquetStatusException& e) {
        return errorOf(e.status(), file);
    } catch (const std::exception& e) {
        return errorOf(e.what(), file);
    }
}

// --- Fields as text ----------------------------------------------------------------------------

void put(std::string& text, std::integral auto value, int width)
{
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.begin(), digits.end(), value).ptr;
    const auto count = static_cast<int>(end - digits.begin());
    text.append(static_cast<std::size_t>(std::max(0, width - count)), '0');
    text.append(digits.begin(), end);
}

void putDate(std::string& text, std::chrono::sys_days day)
{
    const std::chrono::year_month_day date(day);
    put(text, static_cast<int>(date.year()), 4);
    text += '-';
    put(text, static_cast<unsigned>(date.month()), 2);
    text += '-';
    put(text, static_cast<unsigned>(date.day()), 2);
}

void putTimeOfDay(std::string& text, std::int64_t second, std::int64_t part, int decimals)
{
    put(text, second / 3600, 2);
    text += ':';
    put(text, second / 60 % 60, 2);
    text += ':';
    put(text, second % 60, 2);
    if (part > 0) {
        text += '.';
        put(text, part, decimals);
    }
}

// ISO 8601; what has no zone is taken as UTC.
void putTime(std::string& text, std::int64_t value, std::int64_t perSecond, int decimals)
{
    auto second = value / perSecond;
    auto part = value % perSecond;
    if (part < 0) {
        part += perSecond;
        --second;
    }
    constexpr std::int64_t kDay = 86400;
    auto day = second / kDay;
    auto ofDay = second % kDay;
    if (ofDay < 0) {
        ofDay += kDay;
        --day;
    }
    constexpr std::int64_t kFarthest = 3'000'000; // days: the year 10183
    if (day < -kFarthest || day > kFarthest)
        return; // no time that a calendar has
    putDate(text, std::chrono::sys_days(std::chrono::days(day)));
    text += 'T';
    putTimeOfDay(text, ofDay, part, decimals);
    text += 'Z';
}

// How a type counts time.
struct Unit {
    std::int64_t perSecond;
    int decimals;
};
Unit unitOf(arrow::TimeUnit::type unit)
{
    switch (unit) {
    case arrow::TimeUnit::SECOND:
        return {1, 0};
    case arrow::TimeUnit::MILLI:
        return {1'000, 3};
    case arrow::TimeUnit::MICRO:
        return {1'000'000, 6};
    case arrow::TimeUnit::NANO:
        break;
    }
    return {1'000'000'000, 9};
}

// As in a list of Python's.
void putQuoted(std::string& text, std::string_view entry)
{
    text += '\'';
    for (const char c : entry) {
        if (c == '\'' || c == '\\')
            text += '\\';
        text += c;
    }
    text += '\'';
}

template <typename Number> void putNumber(std::string& text, Number value)
{
    std::array<char, 40> digits{};
    if constexpr (std::is_floating_point_v<Number>) {
        // Whole numbers to their last digit: they may be ids.
        if (std::abs(static_cast<double>(value)) < 1e15 && std::trunc(value) == value)
            return putNumber(text, static_cast<std::int64_t>(value));
    }
    text.append(digits.begin(), std::to_chars(digits.begin(), digits.end(), value).ptr);
}

void putHex(std::string& text, std::string_view bytes)
{
    constexpr std::string_view kDigits = "0123456789abcdef";
    for (const unsigned char byte : bytes) {
        text += kDigits[byte >> 4U];
        text += kDigits[byte & 15U];
    }
}

// As text where it is some, without control characters; else in hexadecimal digits.
void putBytes(std::string& text, std::string_view bytes)
{
    const bool isText = base::isUtf8(bytes)
        && std::none_of(bytes.begin(), bytes.end(), [](char c) { return c >= 0 && c < ' '; });
    if (isText)
        text += bytes;
    else
        putHex(text, bytes);
}

// 16 bytes, as RFC 9562 writes them: 8-4-4-4-12 digits.
void putUuid(std::string& text, std::string_view bytes)
{
    std::size_t at = 0;
    for (const std::size_t length : {4, 2, 2, 2, 6}) {
        text += at > 0 ? "-" : "";
        putHex(text, bytes.substr(at, length));
        at += length;
    }
}

// Fields of an array, whatever its type, as text behind `text`.
class Fields : public arrow::ArrayVisitor {
public:
    // `row` of the array; null is empty, and so is what has no notation: it would be one id for
    // all.
    void put(const arrow::Array& array, std::int64_t row, std::string& text)
    {
        m_row = row;
        m_text = &text;
        const auto before = text.size();
        if (!array.IsNull(row) && !array.Accept(this).ok())
            text.resize(before);
        m_isTooLarge = m_isTooLarge || text.size() - before > kMostCell;
    }
    bool isTooLarge() const { return m_isTooLarge; } // a field that was put

private:
    // Of a list or a struct, whose entries each are small.
    arrow::Status goesOn(std::size_t begin, const Fields& inner)
    {
        m_isTooLarge = inner.m_isTooLarge || m_text->size() - begin > kMostCell;
        return m_isTooLarge ? arrow::Status::Invalid("too large") : arrow::Status::OK();
    }
    template <typename Array> arrow::Status number(const Array& array)
    {
        putNumber(*m_text, array.Value(m_row));
        return arrow::Status::OK();
    }
    template <typename Array> arrow::Status string(const Array& array)
    {
        *m_text += array.GetView(m_row);
        return arrow::Status::OK();
    }
    template <typename Array> arrow::Status bytes(const Array& array)
    {
        putBytes(*m_text, array.GetView(m_row));
        return arrow::Status::OK();
    }
    template <typename Array> arrow::Status list(const Array& array)
    {
        auto& text = *m_text;
        const auto begin = array.value_offset(m_row);
        const auto end = begin + array.value_length(m_row);
        const auto& values = *array.values();
        const auto type = values.type_id();
        const bool isText = arrow::is_base_binary_like(type) || type == arrow::Type::STRING_VIEW
            || type == arrow::Type::DICTIONARY;
        const auto start = text.size();
        text += '[';
        Fields inner;
        std::string entry;
        for (auto i = std::int64_t{begin}; i < end; ++i) {
            entry.clear();
            inner.put(values, i, entry);
            text += i == begin ? "" : ", ";
            if (isText)
                putQuoted(text, entry);
            else
                text += values.IsNull(i) ? "null" : entry;
            ARROW_RETURN_NOT_OK(goesOn(start, inner));
        }
        text += ']';
        return arrow::Status::OK();
    }
    template <typename Array> arrow::Status timeOfDay(const Array& array)
    {
        using Type = typename Array::TypeClass;
        const auto [perSecond, decimals] = unitOf(static_cast<const Type&>(*array.type()).unit());
        const auto value = std::int64_t{array.Value(m_row)};
        if (value < 0)
            return arrow::Status::Invalid("a duration below zero");
        putTimeOfDay(*m_text, value / perSecond, value % perSecond, decimals);
        return arrow::Status::OK();
    }

    arrow::Status Visit(const arrow::NullArray&) override { return arrow::Status::OK(); }
    arrow::Status Visit(const arrow::BooleanArray& a) override
    {
        *m_text += a.Value(m_row) ? "true" : "false";
        return arrow::Status::OK();
    }
    arrow::Status Visit(const arrow::Int8Array& a) override { return number(a); }
    arrow::Status Visit(const arrow::Int16Array& a) override { return number(a); }
    arrow::Status Visit(const arrow::Int32Array& a) override { return number(a); }
    arrow::Status Visit(const arrow::Int64Array& a) override { return number(a); }
    arrow::Status Visit(const arrow::UInt8Array& a) override { return number(a); }
    arrow::Status Visit(const arrow::UInt16Array& a) override { return number(a); }
    arrow::Status Visit(const arrow::UInt32Array& a) override { return number(a); }
    arrow::Status Visit(const arrow::UInt64Array& a) override { return number(a); }
    arrow::Status Visit(const arrow::FloatArray& a) override { return number(a); }
    arrow::Status Visit(const arrow::DoubleArray& a) override { return number(a); }
    arrow::Status Visit(const arrow::StringArray& a) override { return string(a); }
    arrow::Status Visit(const arrow::BinaryArray& a) override { return bytes(a); }
    arrow::Status Visit(const arrow::LargeStringArray& a) override { return string(a); }
    arrow::Status Visit(const arrow::LargeBinaryArray& a) override { return bytes(a); }
    arrow::Status Visit(const arrow::StringViewArray& a) override { return string(a); }
    arrow::Status Visit(const arrow::BinaryViewArray& a) override { return bytes(a); }
    arrow::Status Visit(const arrow::FixedSizeBinaryArray& a) override
    {
        if (a.byte_width() == 16)
            putUuid(*m_text, a.GetView(m_row));
        else
            putBytes(*m_text, a.GetView(m_row));
        return arrow::Status::OK();
    }
    arrow::Status Visit(const arrow::HalfFloatArray& a) override
    {
        putNumber(*m_text, arrow::util::Float16::FromBits(a.Value(m_row)).ToFloat());
        return arrow::Status::OK();
    }
    arrow::Status Visit(const arrow::ExtensionArray& a) override
    {
        Fields inner;
        const auto start = m_text->size();
        inner.put(*a.storage(), m_row, *m_text);
        return goesOn(start, inner);
    }
    // As JSON does, without its quotes.
    arrow::Status Visit(const arrow::StructArray& a) override
    {
        Fields inner;
        const auto start = m_text->size();
        *m_text += '{';
        for (int f = 0; f < a.num_fields(); ++f) {
            *m_text += (f == 0 ? "" : ", ") + a.struct_type()->field(f)->name() + ": ";
            inner.put(*a.field(f), m_row, *m_text);
            ARROW_RETURN_NOT_OK(goesOn(start, inner));
        }
        *m_text += '}';
        return arrow::Status::OK();
    }
    arrow::Status Visit(const arrow::DurationArray& a) override { return timeOfDay(a); }
    arrow::Status Visit(const arrow::ListViewArray& a) override { return list(a); }
    arrow::Status Visit(const arrow::LargeListViewArray& a) override { return list(a); }
    arrow::Status Visit(const arrow::Decimal128Array& a) override
    {
        *m_text += a.FormatValue(m_row);
        return arrow::Status::OK();
    }
    arrow::Status Visit(const arrow::Decimal256Array& a) override
    {
        *m_text += a.FormatValue(m_row);
        return arrow::Status::OK();
    }
    arrow::Status Visit(const arrow::Date32Array& a) override
    {
        putDate(*m_text, std::chrono::sys_days(std::chrono::days(a.Value(m_row))));
        return arrow::Status::OK();
    }
    arrow::Status Visit(const arrow::Date64Array& a) override
    {
        putTime(*m_text, a.Value(m_row), 1000, 3);
        return arrow::Status::OK();
    }
    arrow::Status Visit(const arrow::TimestampArray& a) override
    {
        const auto [perSecond, decimals] =
            unitOf(static_cast<const arrow::TimestampType&>(*a.type()).unit());
        putTime(*m_text, a.Value(m_row), perSecond, decimals);
        return arrow::Status::OK();
    }
    arrow::Status Visit(const arrow::Time32Array& a) override { return timeOfDay(a); }
    arrow::Status Visit(const arrow::Time64Array& a) override { return timeOfDay(a); }
    arrow::Status Visit(const arrow::ListArray& a) override { return list(a); }
    arrow::Status Visit(const arrow::LargeListArray& a) override { return list(a); }
    arrow::Status Visit(const arrow::FixedSizeListArray& a) override { return list(a); }
    arrow::Status Visit(const arrow::DictionaryArray& a) override
    {
        Fields inner;
        const auto start = m_text->size();
        inner.put(*a.dictionary(), a.GetValueIndex(m_row), *m_text);
        return goesOn(start, inner);
    }

    std::int64_t m_row = 0;
    std::string* m_text = nullptr;
    bool m_isTooLarge = false;
};

// Fields as text: views of an array that holds texts, else what was written of it.
class Written {
public:
    // False if one of them is larger than a cell may be.
    bool write(const arrow::Array& array)
    {
        m_views.clear();
        m_bytes.clear();
        if (view<arrow::StringArray>(array) || view<arrow::LargeStringArray>(array)
            || view<arrow::StringViewArray>(array))
            return std::all_of(m_views.begin(), m_views.end(), [](std::string_view field) {
                return field.size() <= kMostCell;
            });
        m_ends.assign(1, 0);
        Fields fields;
        for (std::int64_t r = 0; r < array.length(); ++r) {
            fields.put(array, r, m_bytes);
            if (fields.isTooLarge() || m_bytes.size() > kMostSlice)
                return false;
            m_ends.push_back(m_bytes.size());
        }
        for (std::size_t f = 0; f + 1 < m_ends.size(); ++f)
            m_views.push_back(
                std::string_view(m_bytes).substr(m_ends[f], m_ends[f + 1] - m_ends[f]));
        return true;
    }
    std::string_view operator[](std::int64_t field) const
    {
        return m_views[static_cast<std::size_t>(field)];
    }

private:
    template <typename Array> bool view(const arrow::Array& array)
    {
        const auto* texts = dynamic_cast<const Array*>(&array);
        for (std::int64_t r = 0; texts && r < array.length(); ++r)
            m_views.push_back(texts->IsNull(r) ? std::string_view() : texts->GetView(r));
        return texts != nullptr;
    }

    std::vector<std::string_view> m_views;
    std::string m_bytes;
    std::vector<std::size_t> m_ends;
};

// A column, some rows at once. The values of a dictionary are written once.
class Column {
public:
    // False if a field is larger than a cell may be. The array outlives what operator[] gives.
    bool take(const std::shared_ptr<arrow::Array>& array)
    {
        m_indices = std::dynamic_pointer_cast<arrow::DictionaryArray>(array);
        if (!m_indices) {
            m_dictionary = nullptr;
            return m_written.write(*array);
        }
        if (m_dictionary == m_indices->data()->dictionary)
            return true;
        m_dictionary = m_indices->data()->dictionary;
        return m_written.write(*m_indices->dictionary());
    }
    std::string_view operator[](std::int64_t row) const
    {
        if (!m_indices)
            return m_written[row];
        return m_indices->IsNull(row) ? std::string_view()
                                      : m_written[m_indices->GetValueIndex(row)];
    }

private:
    std::shared_ptr<arrow::DictionaryArray> m_indices; // null = its own values
    std::shared_ptr<arrow::ArrayData> m_dictionary; // that was written
    Written m_written;
};

// Bytes of a batch. A dictionary is not counted, since every batch has it.
std::int64_t sizeOf(const arrow::RecordBatch& batch)
{
    std::int64_t bytes = 0;
    for (const auto& column : batch.columns()) {
        const auto* indices = dynamic_cast<const arrow::DictionaryArray*>(column.get());
        bytes +=
            arrow::util::ReferencedBufferSize(indices ? *indices->indices() : *column).ValueOr(0);
    }
    return bytes;
}

// Batches are read one after the other; what they mean is found out by several threads.
class ArrowRows final : public RowSource {
public:
    ArrowRows(StoreCall call, std::unique_ptr<Batches> batches, base::Progress& progress)
        : m_call(std::move(call))
        , m_batches(std::move(batches))
        , m_progress(progress)
    {
        std::error_code unknown;
        const auto size = std::filesystem::file_size(m_call.file, unknown);
        m_fileBytes = unknown ? 0 : static_cast<std::int64_t>(size);
        for (int c = 0; c < m_batches->schema().num_fields(); ++c)
            m_columns.push_back(c);
    }

    std::unique_ptr<Worker> worker(const RowVisitor& visit, Problems&) override
    {
        return std::make_unique<ArrowWorker>(*this, visit);
    }

    void need(std::span<const int> columns) override
    {
        m_columns.clear();
        for (int c = 0; c < m_batches->schema().num_fields(); ++c) {
            if (std::find(columns.begin(), columns.end(), c) != columns.end())
                m_columns.push_back(c);
        }
    }

private:
    struct Part {
        std::int64_t number = 0;
        std::int64_t line = 0; // of its first row
        std::shared_ptr<arrow::RecordBatch> batch;
    };

    class ArrowWorker final : public Worker {
    public:
        ArrowWorker(ArrowRows& rows, RowVisitor visit)
            : m_rows(rows)
            , m_visit(std::move(visit))
            , m_fields(static_cast<std::size_t>(rows.m_batches->schema().num_fields()))
        { }
        Result<std::optional<std::int64_t>> next() override
        {
            if (m_tooLarge > 0)
                return tooLarge(say("%1, from row %2 on", m_rows.m_call.file.string(), m_tooLarge));
            FOVEA_ASSIGN(const bool any, m_rows.take(m_part));
            return any ? std::optional(m_part.number) : std::nullopt;
        }
        void visit() override
        {
            const auto& batch = *m_part.batch;
            for (std::int64_t r = 0; r < batch.num_rows() && m_tooLarge == 0; r += kSliceRows) {
                if (m_rows.m_call.access.stop.stop_requested())
                    return; // next() says so
                visit(*batch.Slice(r, kSliceRows), m_part.line + r);
            }
        }

    private:
        void visit(const arrow::RecordBatch& batch, std::int64_t line)
        {
            const auto& columns = m_rows.m_columns;
            m_texts.resize(columns.size());
            for (std::size_t c = 0; c < columns.size(); ++c) {
                if (!m_texts[c].take(batch.column(static_cast<int>(c))))
                    m_tooLarge = line;
            }
            for (std::int64_t r = 0; r < batch.num_rows() && m_tooLarge == 0; ++r) {
                for (std::size_t c = 0; c < columns.size(); ++c)
                    m_fields[static_cast<std::size_t>(columns[c])] = m_texts[c][r];
                m_visit({line + r, m_fields});
            }
        }

        ArrowRows& m_rows;
        RowVisitor m_visit;
        Part m_part;
        std::int64_t m_tooLarge = 0; // the first row of a slice with such a cell
        std::vector<Column> m_texts; // of the columns that are needed
        std::vector<std::string_view> m_fields; // of a row
    };

    Result<bool> take(Part& part)
    {
        const std::lock_guard lock(m_mutex);
        if (m_call.access.stop.stop_requested())
            return interrupted("reading was stopped");
        FOVEA_ASSIGN(
            part.batch,
            tried(m_call.file, [&]() -> arrow::Result<std::shared_ptr<arrow::RecordBatch>> {
                if (m_next == 0)
                    ARROW_RETURN_NOT_OK(m_batches->select(m_columns, kBatchRows));
                return m_batches->next();
            }));
        if (!part.batch)
            return false;
        part.number = m_next++;
        part.line = m_line;
        m_line += part.batch->num_rows();
        m_unpacked += sizeOf(*part.batch);
        if (io::growsTooMuch(m_unpacked, m_fileBytes, m_call.access))
            return badInput(
                say(kGivesTooMuch, base::bytesText(m_fileBytes), base::grouped(m_line - 1)),
                m_call.file.string(), "Unpack it yourself if you trust it");
        m_progress.report({"import", m_line - 1, m_batches->rows(), "rows", {}});
        return true;
    }

    StoreCall m_call;
    std::int64_t m_fileBytes = 0;
    std::unique_ptr<Batches> m_batches;
    std::vector<int> m_columns; // that are needed, in order
    base::Progress& m_progress;
    std::mutex m_mutex; // of what follows, and of the batches
    std::int64_t m_unpacked = 0; // bytes
    std::int64_t m_next = 0; // part
    std::int64_t m_line = 1;
};

// --- The two kinds of file ---------------------------------------------------------------------

template <Open open> Result<StoreHead> head(const StoreCall& call)
{
    FOVEA_ASSIGN(auto batches, tried(call.file, [&] {
                     return open(call.file.string(), call.access.mostMemory);
                 }));
    StoreHead head;
    std::vector<int> all;
    for (const auto& field : batches->schema().fields()) {
        all.push_back(static_cast<int>(all.size()));
        head.layout.names.push_back(field->name());
    }
    if (batches->rows() == 0 || all.empty())
        return badInput("the table has no rows", call.file.string());
    FOVEA_ASSIGN(
        auto batch, tried(call.file, [&]() -> arrow::Result<std::shared_ptr<arrow::RecordBatch>> {
            ARROW_RETURN_NOT_OK(batches->select(all, kHeadRows));
            return batches->next();
        }));
    if (!batch)
        return head;
    batch = batch->Slice(0, kHeadRows);
    head.layout.rows.resize(static_cast<std::size_t>(batch->num_rows()));
    std::size_t bytes = 0;
    Column column;
    for (const int c : all) {
        if (!column.take(batch->column(c)))
            return tooLarge(call.file.string());
        for (std::size_t r = 0; r < head.layout.rows.size(); ++r) {
            const auto field = column[static_cast<std::int64_t>(r)];
            bytes += field.size(); // a dictionary may have one of 60 MiB for each row
            if (bytes > kMostSlice)
                return badInput(
                    "its first rows hold more than 256 MiB", call.file.string(),
                    "Give a table with an event a row");
            head.layout.rows[r].emplace_back(field);
        }
    }
    return head;
}

template <Open open>
Result<std::unique_ptr<RowSource>> rows(const StoreCall& call, base::Progress& progress)
{
    FOVEA_ASSIGN(auto batches, tried(call.file, [&] {
                     return open(call.file.string(), call.access.mostMemory);
                 }));
    return std::unique_ptr<RowSource>(
        std::make_unique<ArrowRows>(call, std::move(batches), progress));
}

} // namespace

} // namespace fovea::data

extern "C" __attribute__((visibility("default"))) const fovea::data::Store* fovea_arrow_store(
    std::string_view name, std::string_view version)
{
    using namespace fovea::data;
    // The two sides hand each other C++ objects: those of another version may be laid out
    // otherwise.
    if (version != FOVEA_VERSION)
        return nullptr;
    // What they are known by stands in core/data/stores/arrow.cpp.
    static const Store parquet{
        "parquet", {}, nullptr, nullptr, head<ParquetBatches::open>, rows<ParquetBatches::open>};
    static const Store feather{
        "feather", {}, nullptr, nullptr, head<FeatherBatches::open>, rows<FeatherBatches::open>};
    return name == parquet.name ? &parquet : &feather;
}
