// Collecting from files: paths, folders (recursively), globs and standard input → a snapshot. A snapshot file is known
// by its first bytes, whatever it is called, and its objects, coverage and facts become part of the result.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/result.h"
#include "base/symbol.h"
#include "collect/render.h"
#include "document/document.h"
#include "snapshot/snapshot.h"

namespace kastell::collect {

struct FileOptions {
  // Globs (collect/glob.h) against the path as given and against its last parts: "test", "test/**" and
  // "*_test.yaml" all work. A folder that matches is left out whole.
  std::vector<std::string> exclude = {};
  unsigned threads = 0;  // 0: one per processor
  // Where all inputs are snapshot files of closed worlds, the result is closed in any case.
  snapshot::World world = snapshot::World::open;
  // Called now and then from one thread: files read so far and in all. May be empty.
  std::function<void(std::size_t read, std::size_t all)> progress = {};
  document::ParseLimits limits = {};
  const FileSystem* files = nullptr;  // null: the machine's own
  RenderOptions render = {};
};

// Reads every input in parallel; objects come in the order of the arguments, then by path, whatever the
// number of threads. In folders only *.yaml, *.yml and *.json are taken; a file named outright is always
// read. "-" is standard input. A glob is expanded here only if no file has that very name. Each path is read
// once, even if several inputs lead to it. Folders named .git are passed over.
//
// A folder with a Chart.yaml is a Helm chart, one with a kustomization file a Kustomize overlay: they are rendered
// (collect/render.h), and what they are made of is not read beside that. A chart within a chart's charts/ and an
// overlay that another one builds on belong to that one.
//
// Unreadable or broken inputs become coverage, never silence; a path that does not exist or a glob that
// matches nothing is an Error (not_found), with a suggestion where one is near. Within folders, symbolic links
// to folders are not followed (said in coverage); links to files are.
Result<snapshot::Snapshot> collect_files(const std::vector<std::string>& inputs, std::shared_ptr<SymbolTable> symbols,
                                         const FileOptions& options = {});

}  // namespace kastell::collect
