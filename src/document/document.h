// Documents: what parsing a source gives.
//
// parse() reads a whole source, YAML or JSON, as kubectl would: a stream of documents, each a tree of
// Nodes. A broken document becomes an Error with its place; the others of the stream are still read.
//
// Lifetime: a DocumentStream owns the source text and the arena that its nodes point into.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/arena.h"
#include "base/result.h"
#include "base/symbol.h"
#include "document/node.h"
#include "document/source.h"

namespace kastell::document {

enum class Format : std::uint8_t { detect, yaml, json };

// Every bound is a promise to hostile input: reaching one is an Error of code `limit` that names it.
struct ParseLimits {
  std::uint32_t depth = 1000;  // nested lists and objects
  std::uint64_t source_bytes = std::uint64_t{2} << 30;
  std::uint64_t scalar_bytes = std::uint64_t{64} << 20;
  std::uint64_t expanded_nodes_floor = 100'000;  // aliases may always expand to this many nodes…
  std::uint64_t alias_ratio = 10;                // …and beyond it to at most this × the nodes written out
  std::uint32_t errors = 100;                    // broken documents of one source, then reading stops
};

struct ParseOptions {
  Format format = Format::detect;  // detect: JSON if the first byte that is not white space is '{' or '['
  ParseLimits limits = {};
};

struct Document {
  Node root;
  std::uint32_t offset = 0;  // where the root value begins in the source
};

struct DocumentStream {
  std::shared_ptr<const Source> source;
  std::shared_ptr<Arena> arena;
  std::vector<Document> documents;  // empty documents (nothing but comments) are left out
  std::vector<Error> errors;        // in source order
};

// Never throws for bad input; memory stays within a small multiple of the source's size.
DocumentStream parse(std::shared_ptr<const Source> source, SymbolTable& symbols, const ParseOptions& options = {});

}  // namespace kastell::document
