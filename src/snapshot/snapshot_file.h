// Snapshot files: a snapshot saved as one file (*.kast) and loaded again.
//
//   save(snapshot, {}, [&](std::string_view block) { output.write(block); });
//   if (is_snapshot_file(bytes)) auto snapshot = load(bytes, "cluster.kast", symbols);
//
// A file holds the objects with the places of all their fields, coverage, world and facts, so that a scan of it says
// the same as a scan of what was collected. Credentials are not in it: the data of Secrets and whatever looks like a
// credential is replaced when saving (kube/credential.h). The same snapshot gives the same bytes.
//
// Layout (docs/snapshots.md): magic and version, then sections, each a zstd frame, then the SHA-256 of all before it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "snapshot/snapshot.h"

namespace kastell::snapshot {

using FileSink = std::function<void(std::string_view)>;

// Errors (limit): an object nested deeper than a file may hold.
Result<void> save(const Snapshot& snapshot, const FileSink& sink);

// Whether the text begins as a snapshot file of any version does.
bool is_snapshot_file(std::string_view bytes);

// Bounds on what a file may unfold to; reaching one is an Error of code `limit` that names it.
struct FileLimits {
  // A small file may always unfold to `unpacked_floor` bytes, a larger one to at most `unpacked_ratio` × its own size
  // more. The nodes in memory take up to 28 bytes for each unpacked one.
  std::uint64_t unpacked_floor = std::uint64_t{16} << 20;
  std::uint64_t unpacked_ratio = 250;
  std::uint32_t depth = 1000;  // nested lists and objects
  std::uint32_t keys = 1'000'000;
};

struct LoadOptions {
  unsigned threads = 0;  // 0: one per processor
  FileLimits limits = {};
};

// Keys are interned in `symbols`; nothing in the result points into `bytes`. `name` is for messages. Errors:
// unsupported (a newer version), syntax (damaged), limit.
Result<Snapshot> load(std::string_view bytes, const std::string& name, std::shared_ptr<SymbolTable> symbols,
                      const LoadOptions& options = {});

}  // namespace kastell::snapshot
