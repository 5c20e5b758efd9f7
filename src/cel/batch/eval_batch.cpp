#include "cel/batch.h"

namespace kastell::cel {

const std::shared_ptr<SymbolTable>& EvalBatch::symbols() {
  if (!symbols_ || symbols_->size() > limits_.symbols) {
    environments_.clear();  // they intern into the old table
    symbols_ = std::make_shared<SymbolTable>();
  }
  return symbols_;
}

Result<std::shared_ptr<const Environment>> EvalBatch::environment(KubernetesVersion version, bool mutation) {
  auto& known = environments_[{version, mutation}];
  if (known) return known;
  auto parts = mutation ? mutation_dialect(version, false) : admission_dialect(version, false);
  if (!parts) return std::unexpected(parts.error());
  auto made = Environment::make(std::move(*parts), symbols_);
  if (made) known = *made;
  return made;
}

}  // namespace kastell::cel
