// Writing and reading compact binary forms: snapshot files, images of the catalogue.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace kastell {

constexpr std::uint64_t zigzag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}
constexpr std::int64_t unzigzag(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

class ByteWriter {
 public:
  void byte(std::uint8_t value) { bytes_ += static_cast<char>(value); }
  void varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) byte(static_cast<std::uint8_t>(value | 0x80));
    byte(static_cast<std::uint8_t>(value));
  }
  void text(std::string_view value) {
    varint(value.size());
    bytes_ += value;
  }
  template <typename Number>
  void fixed(Number value) {
    for (std::size_t i = 0; i < sizeof value; ++i) byte(static_cast<std::uint8_t>(value >> (8 * i)));
  }
  void raw(std::string_view value) { bytes_ += value; }

  std::size_t size() const { return bytes_.size(); }
  std::string_view bytes() const { return bytes_; }
  void clear() { bytes_.clear(); }

 private:
  std::string bytes_;
};

// Reading past the end, or a varint that is none, gives zeros from there on and failed(): callers check once for many
// reads. Whoever loops over a count takes it from count().
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  bool failed() const { return failed_; }
  std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }

  std::uint8_t byte() { return at_ == end_ ? fail() : static_cast<std::uint8_t>(*at_++); }
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const std::uint8_t next = byte();
      value |= static_cast<std::uint64_t>(next & 0x7F) << shift;
      if ((next & 0x80) == 0) return value;
    }
    return fail();
  }
  // A number of things that follow, each of at least one byte.
  std::size_t count() { return static_cast<std::size_t>(bounded(varint(), left())); }
  std::uint32_t number32() { return static_cast<std::uint32_t>(bounded(varint(), UINT32_MAX)); }
  std::string_view text() { return raw(count()); }
  std::string_view raw(std::size_t size) {
    if (size > left()) return fail(), std::string_view{};
    at_ += size;
    return {at_ - size, size};
  }
  template <typename Number>
  Number fixed() {
    Number value = 0;
    for (std::size_t i = 0; i < sizeof value; ++i) value |= static_cast<Number>(Number{byte()} << (8 * i));
    return value;
  }
  std::uint8_t fail() {
    failed_ = true;
    at_ = end_;
    return 0;
  }

 private:
  std::uint64_t bounded(std::uint64_t value, std::uint64_t most) { return value <= most ? value : fail(); }

  const char* at_;
  const char* end_;
  bool failed_ = false;
};

}  // namespace kastell
