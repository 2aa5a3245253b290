#include "core/io/npy.h"

#include "tests/support/support.h"

#include <cstring>

namespace fovea::io {
namespace {

using test::ScratchFolder;

// With this header, whose length has four bytes after version 1, and four float32 numbers, 1 to 4.
std::string npyOf(const std::string& header, char version = 1)
{
    const auto length = static_cast<std::uint32_t>(header.size());
    const std::array<float, 4> numbers = {1, 2, 3, 4};
    std::string file = "\x93NUMPY";
    file += version;
    file += '\0';
    file.append(reinterpret_cast<const char*>(&length), version == 1 ? 2 : 4).append(header);
    return file.append(reinterpret_cast<const char*>(numbers.data()), sizeof numbers);
}

std::string headerOf(const std::string& shape)
{
    return "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }";
}

TEST(Npy, ReadsVectorsAndMatrices)
{
    const ScratchFolder scratch;
    const auto matrix = NpyFile::open(scratch.write("a.npy", npyOf(headerOf("(2, 2)"))));
    ASSERT_OK(matrix);
    EXPECT_EQ(matrix->rows(), 2);
    EXPECT_EQ(matrix->at(1, 0), 3);
    const auto vector = NpyFile::open(scratch.write("b.npy", npyOf(headerOf("(4,)"))));
    ASSERT_OK(vector);
    EXPECT_EQ(vector->width(), 1);
    EXPECT_EQ(vector->at(3, 0), 4);
    for (const char version : {'\x02', '\x03'})
        EXPECT_OK(NpyFile::open(scratch.write("c.npy", npyOf(headerOf("(4,)"), version))));
}

TEST(Npy, RefusesShapesThatAreNoneOrDoNotFitTheFile)
{
    const ScratchFolder scratch;
    for (const auto* shape :
         {"(5,)", "(2, 3)", "(4611686018427387904, 4)", "(9223372036854775807,)", "(2, 2, 1)", "()",
          "(-1, 2)", "(2, -2)", "(2, x)", "(x, 2)", "(2e0, 2)", "(, 2)", "(2, , 2)", "4", "(2, 2",
          "", "(99999999999999999999, 1)", "(0, 1152921504606846976)", "(4, 0)"}) {
        const auto read = NpyFile::open(scratch.write("a.npy", npyOf(headerOf(shape))));
        ASSERT_FALSE(read.ok()) << shape;
        EXPECT_EQ(read.error().kind, ErrorKind::BadInput) << shape;
    }
}

TEST(Npy, RefusesHeadersThatAreNone)
{
    const ScratchFolder scratch;
    for (const auto* header :
         {"", "{}", "{'descr': '<f4'}", "{'descr': }", "{'descr': 'f",
          "{'descr': '>f4', 'shape': (4,)}",
          "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (4,)}",
          "{'descr': '|O', 'fortran_order': False, 'shape': (1,)}"})
        EXPECT_FALSE(NpyFile::open(scratch.write("a.npy", npyOf(header))).ok()) << header;
    for (const char version : {'\0', '\x04', '\xff'})
        EXPECT_FALSE(NpyFile::open(scratch.write("a.npy", npyOf(headerOf("(4,)"), version))).ok());
    const auto good = npyOf(headerOf("(4,)"));
    for (std::size_t size = 0; size < good.size(); ++size)
        EXPECT_FALSE(NpyFile::open(scratch.write("a.npy", good.substr(0, size))).ok()) << size;
}

} // namespace
} // namespace fovea::io
