// Evidence: which fields were read, and which of these reads an outcome rests on.
//
// Reads are collected in order. Where a part of an expression turns out not to matter (the true side of
// a false &&), the evaluator cuts its reads out again.
#pragma once

#include <list>
#include <optional>
#include <unordered_map>
#include <vector>

#include "cel/evaluate.h"

namespace kastell::cel {

// A fold's accumulator hands its reads over in every round: they change hands as one list, whatever their number.
using Reads = std::list<FieldRead>;

class ReadRecorder {
 public:
  explicit ReadRecorder(SymbolTable& symbols) : symbols_(symbols) {}

  void record(const FieldRead& read);
  void append(Reads reads);
  // Where the reads made from now on begin.
  std::size_t mark() const { return groups_.size(); }
  Reads take_from(std::size_t mark);
  // Forgets the reads from `first` on that were made before `kept`, both marks.
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
  std::vector<Reads> groups_;  // recorded or appended together
  std::unordered_map<const void*, FieldRead> origins_;
};

}  // namespace kastell::cel
