// Evidence: which fields were read, and which of these reads an outcome rests on.
//
// Reads are collected in order. Where a part of an expression turns out not to matter (the true side of
// a false &&), the evaluator cuts its reads out again.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "cel/evaluate.h"

namespace kastell::cel {

class ReadRecorder {
 public:
  explicit ReadRecorder(SymbolTable& symbols) : symbols_(symbols) {}

  void record(const FieldRead& read);
  // Reads made after `mark` = size().
  std::size_t size() const { return reads_.size(); }
  std::vector<FieldRead> take_from(std::size_t mark);
  void append(std::vector<FieldRead> reads);
  // Forgets the reads from `first` on that were made before `kept`.
  void erase(std::size_t first, std::size_t kept);

  // The path of `key` below `at`; nothing if such a key has no place in a path.
  std::optional<FieldRead> below(const FieldRead& at, const Value& key) const;

  // Remembers where a list or object came from, and its elements, so that lists made of them
  // (by filter or +) still lead back to the document.
  void learn_origin(const Value& value, const FieldRead& at);
  std::optional<FieldRead> find_origin(const Value& value) const;

  // Every read once, in order, without those of something whose parts were read as well.
  std::vector<FieldRead> most_specific() const;

 private:
  SymbolTable& symbols_;
  std::vector<FieldRead> reads_;
  std::unordered_map<const void*, FieldRead> origins_;
};

}  // namespace kastell::cel
