// Every text of a snapshot once, by number: names of namespaces, images, conditions and the like recur in most objects.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace kastell::snapshot::file {

class TextTable {
 public:
  // The texts are views; they must outlive the table.
  std::uint32_t number_of(std::string_view text);
  const std::vector<std::string_view>& texts() const { return texts_; }

 private:
  void grow();
  std::size_t slot_of(std::string_view text) const;

  std::vector<std::string_view> texts_;
  std::vector<std::uint32_t> slots_;  // number + 1; 0 is free; the size is a power of two
};

}  // namespace kastell::snapshot::file
