// The roles and bindings that an API server makes by itself at its start (admin, view, system:discovery, …), as its
// minor version has them; those older or newer than the table as the nearest. Each is read when it is asked for first:
// who needs one need not read all.
//
// Thread-safe.
#pragma once

#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "snapshot/snapshot.h"

namespace kastell::snapshot {

class DefaultRoles {
 public:
  // `minor` of Kubernetes 1.
  DefaultRoles(std::shared_ptr<SymbolTable> symbols, unsigned minor);

  // Null if there is none. The namespace of what is of the whole cluster is empty. The object lives as long as this.
  const Object* find(std::string_view kind, std::string_view name_space, std::string_view name) const;

  enum class Which : bool { all, labelled };
  // Of a kind, all or those that have labels, in the order of the table.
  std::vector<const Object*> all_of(std::string_view kind, Which which) const;

 private:
  const Object& read(std::size_t number) const;

  std::shared_ptr<SymbolTable> symbols_;
  std::vector<std::string_view> texts_;  // of that minor, in the order of the table
  mutable std::mutex reading_;
  mutable std::vector<std::unique_ptr<const Snapshot>> read_;  // by number in texts_
};

}  // namespace kastell::snapshot
