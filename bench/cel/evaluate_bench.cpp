// Expressions as controls and admission policies have them, over one pod of three containers, warm:
// nanoseconds and allocations per evaluation, the naive evaluator beside the fast engine.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "cel/compile.h"
#include "cel/evaluate.h"
#include "document/document.h"
#include "support/counted_allocations.h"

namespace kastell::cel {
namespace {

constexpr std::string_view pod = R"({"apiVersion": "v1", "kind": "Pod",
  "metadata": {"name": "web", "namespace": "shop", "labels": {"app": "web", "tier": "front"}},
  "spec": {"serviceAccountName": "web", "automountServiceAccountToken": false,
    "securityContext": {"runAsNonRoot": true, "runAsUser": 1000, "seccompProfile": {"type": "RuntimeDefault"}},
    "volumes": [{"name": "tmp", "emptyDir": {}}, {"name": "config", "configMap": {"name": "web"}}],
    "containers": [
      {"name": "web", "image": "registry.example/web:1.2.3", "ports": [{"containerPort": 8080}],
       "resources": {"limits": {"cpu": "1", "memory": "256Mi"}, "requests": {"cpu": "100m", "memory": "128Mi"}},
       "securityContext": {"allowPrivilegeEscalation": false, "privileged": false,
         "capabilities": {"drop": ["ALL"], "add": ["NET_BIND_SERVICE"]}, "readOnlyRootFilesystem": true}},
      {"name": "proxy", "image": "registry.example/proxy:2.0", "ports": [{"containerPort": 15001}],
       "resources": {"limits": {"cpu": "1", "memory": "64Mi"}},
       "securityContext": {"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}}},
      {"name": "log", "image": "registry.example/log:0.9",
       "securityContext": {"allowPrivilegeEscalation": false, "privileged": false,
         "capabilities": {"drop": ["ALL"]}}}]}})";

constexpr const char* control =
    "object.spec.containers.all(c, has(c.securityContext) && has(c.securityContext.allowPrivilegeEscalation) && "
    "c.securityContext.allowPrivilegeEscalation == false)";

// What Pod Security's restricted level asks, as authors write it.
constexpr const char* restricted[] = {
    control,
    "!has(object.spec.hostNetwork) || object.spec.hostNetwork == false",
    "!has(object.spec.hostPID) || object.spec.hostPID == false",
    "!has(object.spec.hostIPC) || object.spec.hostIPC == false",
    "object.spec.containers.all(c, !has(c.securityContext) || !has(c.securityContext.privileged) || "
    "c.securityContext.privileged == false)",
    "object.spec.containers.all(c, has(c.securityContext) && has(c.securityContext.capabilities) && "
    "has(c.securityContext.capabilities.drop) && 'ALL' in c.securityContext.capabilities.drop)",
    "object.spec.containers.all(c, c.?securityContext.?capabilities.?add.orValue([]).all(a, a in "
    "['NET_BIND_SERVICE']))",
    "object.spec.?securityContext.?runAsNonRoot.orValue(false) || object.spec.containers.all(c, "
    "c.?securityContext.?runAsNonRoot.orValue(false))",
    "object.spec.?securityContext.?seccompProfile.?type.orValue('') in ['RuntimeDefault', 'Localhost']",
    "!has(object.spec.volumes) || object.spec.volumes.all(v, !has(v.hostPath))",
};

constexpr const char* others[] = {
    "object.spec.containers.all(c, c.image.matches('^registry[.]example/'))",
    "object.spec.containers.filter(c, has(c.resources)).map(c, c.name) == ['web', 'proxy']",
    "object.metadata.?labels[?'app'].orValue('none') == 'web'",
};

struct Subject {
  Subject() : stream(document::parse(std::make_shared<document::Source>("pod", pod), *symbols)) {
    environment = Environment::make(*admission_dialect(newest_kubernetes, false), symbols).value();
  }
  Ast compile_or_die(const char* text) const {
    auto ast = compile(*environment, text);
    if (!ast) {
      std::printf("%s\n", to_text(text, ast.error()).c_str());
      std::exit(1);
    }
    return std::move(*ast);
  }
  std::shared_ptr<SymbolTable> symbols = std::make_shared<SymbolTable>();
  document::DocumentStream stream;
  std::shared_ptr<const Environment> environment;
};

struct Measured {
  double nanoseconds;
  double allocations;
};

// Mean of the best of fifty short runs, after a warm-up: other programs on the machine disturb the others.
template <typename Work>
Measured measure(Work work) {
  constexpr int runs = 50, rounds = 2'000;
  for (int i = 0; i < rounds; ++i) work();
  double best = 1e18;
  const std::size_t before = allocations;
  for (int run = 0; run < runs; ++run) {
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < rounds; ++i) work();
    const std::chrono::duration<double, std::nano> taken = std::chrono::steady_clock::now() - start;
    best = std::min(best, taken.count() / rounds);
  }
  return {best, static_cast<double>(allocations - before) / (runs * rounds)};
}

void print(const char* what, const char* engine, const Measured& measured) {
  std::printf("%-58.58s %-14s %9.1f ns %8.2f allocations\n", what, engine, measured.nanoseconds, measured.allocations);
}

void measure_set(const Subject& subject, const char* what, std::span<const char* const> expressions) {
  const Value variables[] = {subject.stream.documents[0].root};
  Evaluation evaluation(*subject.symbols);
  for (const bool counts : {false, true}) {
    std::vector<Program> programs;
    for (const char* text : expressions) {
      auto program = Program::make(subject.environment, subject.compile_or_die(text), {.count_cost = counts});
      programs.push_back(std::move(*program));
    }
    bool all_true = true;
    const Measured measured = measure([&] {
      evaluation.reset();
      for (const Program& program : programs) all_true = is_true(program.evaluate(evaluation, variables)) && all_true;
    });
    print(what, counts ? "fast, cost" : "fast", measured);
    if (!all_true) std::printf("  not all are true: the pod or an expression is wrong\n");
  }
  std::vector<Ast> trees;
  for (const char* text : expressions) trees.push_back(subject.compile_or_die(text));
  print(what, "naive", measure([&] {
          evaluation.reset();
          for (const Ast& tree : trees) evaluate_naively(*subject.environment, tree, evaluation, variables);
        }));
}

}  // namespace
}  // namespace kastell::cel

int main() {
  using namespace kastell::cel;
  const Subject subject;
  measure_set(subject, control, {&control, 1});
  measure_set(subject, "restricted set (10 expressions)", restricted);
  for (const char* const& text : others) measure_set(subject, text, {&text, 1});
}
