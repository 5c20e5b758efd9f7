// Collecting from files: paths, folders (recursively), globs and standard input → a snapshot.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/symbol.h"
#include "snapshot/snapshot.h"

namespace kastell::collect {

struct FileOptions {
  std::vector<std::string> exclude;  // globs against the path as given and against its last parts
  unsigned threads = 0;              // 0: one per processor
  snapshot::World world = snapshot::World::open;
  // Called now and then from one thread: files read so far and in all. May be empty.
  std::function<void(std::size_t read, std::size_t all)> progress = {};
};

// Reads every input in parallel; objects come in the order of the arguments, then by path, whatever the
// number of threads. In folders only *.yaml, *.yml and *.json are taken; a file named outright is always
// read. "-" is standard input. Unreadable or broken inputs become coverage, never silence; a path that does
// not exist or a glob that matches nothing is an Error (not_found), with a suggestion where one is near.
// Symbolic links to folders are not followed (said in coverage); links to files are.
Result<snapshot::Snapshot> collect_files(const std::vector<std::string>& inputs, std::shared_ptr<SymbolTable> symbols,
                                         const FileOptions& options = {});

}  // namespace kastell::collect
