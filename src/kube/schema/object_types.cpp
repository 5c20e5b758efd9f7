#include "kube/object_types.h"

#include <algorithm>
#include <vector>

#include "kube/schema/object_fields.h"

namespace kastell::kube {

using document::Node;

namespace {

const KindSchema* find_kind(std::string_view group, std::string_view kind) {
  const auto at = std::ranges::find_if(
      kind_schemas, [&](const KindSchema& known) { return known.kind == kind && known.group == group; });
  return at == std::end(kind_schemas) ? nullptr : at;
}

class ProblemList final : public SchemaReporter {
 public:
  explicit ProblemList(Arena& arena) : arena_(arena) {}

  void report(PathView path, std::string_view expected, const Node* found) override {
    problems_.push_back({arena_.copy(path), mismatch_text(expected, found, arena_)});
  }
  std::span<const TypeProblem> take() const {
    return problems_.empty() ? std::span<const TypeProblem>{} : arena_.copy(std::span<const TypeProblem>(problems_));
  }

 private:
  Arena& arena_;
  std::vector<TypeProblem> problems_;
};

}  // namespace

std::span<const TypeProblem> find_type_problems(const Node& object, std::string_view group, std::string_view kind,
                                                Arena& arena) {
  const KindSchema* known = find_kind(group, kind);
  ProblemList problems(arena);
  check_schema(object, known == nullptr ? Schema::any_kind : known->schema, problems);
  return problems.take();
}

bool has_declared_types(std::string_view group, std::string_view kind) {
  return find_kind(group, kind) != nullptr;
}

}  // namespace kastell::kube
