// Batch evaluation: JSON lines in, one JSON line out for each (`kastell eval --batch`, editors,
// differential tests).
//
// In:  {"id", "expr", "vars": {"object", "oldObject", "params", "request", "namespaceObject"},
//       "kubernetes": "1.30", "mutation": false}
//      Variables are those of a ValidatingAdmissionPolicy; an absent one is null. `kubernetes` names the
//      version whose environment is used; the newest one if absent. With `mutation` it is that of the
//      patches of a MutatingAdmissionPolicy.
// Out: {"id", "result": VALUE, "type": "checked type", "cost": units}
//   or {"id", "error": {"phase": "compile" | "eval", "message", "line", "column"}, "cost"}
//      Lines and columns count from 1; 0 means that no place is known. The phase is "input" for a line
//      that is no such request.
//
// VALUE: null, bool, string and list plain; int a JSON integer; double a JSON number with '.' or an
// exponent; {"$uint":"1"}, {"$bytes":"base64"}, {"$double":"NaN"}, {"$timestamp":"RFC 3339, UTC"},
// {"$duration":"1h2m3.5s"}, {"$type":"int"}, {"$optional":[]} or [VALUE], {"$quantity":"1Gi"}, {"$ip"},
// {"$cidr"}, {"$semver"}, {"$url"}, {"$format":"name"}, {"$structure":["Object.spec",{fields}]}. A map with string keys
// is a JSON object; any other, or one whose only key starts with '$', is {"$map":[[KEY,VALUE],…]}.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/symbol.h"
#include "cel/environment.h"

namespace kastell::cel {

// What a stream of lines shares: environments by version and use. One per thread.
class EvalBatch {
 public:
  enum class Engine : std::uint8_t { fast, naive };  // both give the same answers; see cel/evaluate.h
  struct Limits {
    std::size_t line_bytes = std::size_t{16} << 20;
    std::uint32_t symbols = 1'000'000;  // beyond it everything learnt is forgotten and the stream goes on
    std::uint64_t cost = 1'000'000;     // per evaluation, as the API server's PerCallLimit
  };

  EvalBatch() = default;
  explicit EvalBatch(const Limits& limits, Engine engine = Engine::fast) : limits_(limits), engine_(engine) {}

  const Limits& limits() const { return limits_; }
  Engine engine() const { return engine_; }
  const std::shared_ptr<SymbolTable>& symbols();
  Result<std::shared_ptr<const Environment>> environment(KubernetesVersion version, bool mutation = false);

 private:
  Limits limits_;
  Engine engine_ = Engine::fast;
  std::shared_ptr<SymbolTable> symbols_;
  std::map<std::pair<KubernetesVersion, bool>, std::shared_ptr<const Environment>> environments_;
};

// The answer to one line, without a line end. Any input gets an answer.
std::string answer_eval_line(std::string_view line, EvalBatch& batch);

// Appends a value in the form above.
void append_value_json(std::string& out, const Value& value, const SymbolTable& symbols);

}  // namespace kastell::cel
