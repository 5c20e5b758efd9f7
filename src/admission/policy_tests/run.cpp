#include <algorithm>
#include <array>
#include <deque>

#include "admission/object_request.h"
#include "admission/policy_test.h"
#include "admission/read/fields.h"
#include "admission/read/inline_objects.h"
#include "document/path.h"
#include "document/write.h"

namespace kastell::admission {

using document::Member;
using document::Node;

namespace {

struct TestCase {
  std::string name, decision, message;
  std::string operation;
  const Node* object = nullptr;
  const Node* old = nullptr;
  const Node* labels = nullptr;  // of the namespace
  const Node* shown = nullptr;   // of the object that comes out
  std::span<const Node> context = {};
  Asker asker = {};
};

constexpr std::string_view decisions[] = {"allow", "audit", "warn", "deny", "error"};

Result<TestCase> read_case(const Node& node, std::size_t number, const SymbolTable& symbols) {
  Fields fields(node, symbols, "cases[" + std::to_string(number) + ']');
  TestCase one;
  one.name = std::string(fields.text("name"));
  if (one.name.empty()) one.name = "case " + std::to_string(number + 1);
  one.object = fields.object("object");
  one.old = fields.object("oldObject");
  one.labels = fields.object("namespaceLabels");
  one.context = fields.objects("context");
  one.operation = std::string(fields.text("operation"));
  if (one.operation.empty())
    one.operation = one.object == nullptr ? "DELETE" : one.old == nullptr ? "CREATE" : "UPDATE";
  one.asker.user = std::string(fields.text("user"));
  if (one.asker.user.empty()) one.asker.user = "kastell";
  one.asker.now = std::string(fields.text("now"));
  for (const std::string_view group : fields.texts("groups")) one.asker.groups.emplace_back(group);
  if (const Node* expected = fields.object("expect")) {
    Fields expect = fields.below(*expected, "expect");
    one.decision = std::string(expect.text("decision"));
    one.message = std::string(expect.text("message"));
    one.shown = expect.object("object");
    fields.adopt(expect);
  }
  if (fields.error()) return std::unexpected(*fields.error());
  const std::string where = fields.path_of("expect.decision");
  if (std::ranges::find(decisions, one.decision) == std::end(decisions)) {
    return failure(ErrorCode::type, where + " must be allow, audit, warn, deny or error");
  }
  if (one.object == nullptr && one.old == nullptr) {
    return failure(ErrorCode::type, fields.path_of("object") + " or oldObject must be given");
  }
  return one;
}

// Whether all that `shown` has is in `whole`: objects by member, lists item by item.
bool shows(const Node& whole, const Node& shown) {
  if (!shown.is_object() || !whole.is_object()) {
    if (!shown.is_list() || !whole.is_list()) return document::equal(whole, shown);
    return std::ranges::equal(whole.as_list(), shown.as_list(), shows);
  }
  for (std::size_t i = 0; i < shown.size; ++i) {
    const Node* member = whole.find(shown.member_keys()[i]);
    if (member == nullptr || !shows(*member, shown.member_values()[i])) return false;
  }
  return true;
}

// By which coverage is counted: "few: spec.validations[0]".
std::string expression_name(std::string_view policy, std::string_view list, std::size_t index) {
  return std::string(policy) + ": spec." + std::string(list) + '[' + std::to_string(index) + ']';
}

class CaseRunner {
 public:
  CaseRunner(const document::DocumentStream& file, const PolicySet& policies,
             const std::shared_ptr<SymbolTable>& symbols, const JudgeOptions& options, TestRun& run)
      : file_(file), policies_(policies), symbols_(symbols), options_(options), run_(run) {}

  void run(const TestCase& test, const Place& place) {
    const snapshot::Snapshot objects = snapshot_of(file_, nodes_of(test), symbols_);
    if (objects.objects().empty()) return add(test, place, {"the object is none of Kubernetes'"});
    const snapshot::Object* old = test.object != nullptr && test.old != nullptr ? &objects.objects().back() : nullptr;
    const snapshot::Snapshot beside = context_of(test, objects.objects().front());
    const World world(beside, options_.version);
    const Request request =
        request_for(objects.objects().front(), test.operation, old, test.asker, world, arena_, *symbols_);
    Judge judge(world, *symbols_, options_);
    const Decision decision = judge.decide(policies_, request);
    cover(decision);
    add(test, place, failures_of(test, decision, request));
  }

 private:
  static std::vector<Node> nodes_of(const TestCase& test) {
    std::vector<Node> nodes;
    if (test.object != nullptr) nodes.push_back(*test.object);
    if (test.old != nullptr) nodes.push_back(*test.old);
    return nodes;
  }

  snapshot::Snapshot context_of(const TestCase& test, const snapshot::Object& object) {
    std::vector<Node> nodes(test.context.begin(), test.context.end());
    if (test.labels != nullptr) nodes.push_back(name_space(object.effective_namespace(), *test.labels));
    return snapshot_of(file_, nodes, symbols_);
  }

  Node text_member(std::string_view text) { return Node::make_string(arena_.copy(text)); }

  Node name_space(std::string_view name, const Node& labels) {
    const std::array<Member, 2> metadata{{{symbols::name, text_member(name)}, {symbols_->intern("labels"), labels}}};
    const std::array<Member, 3> members{{{symbols_->intern("apiVersion"), text_member("v1")},
                                         {symbols_->intern("kind"), text_member("Namespace")},
                                         {symbols::metadata, document::make_object(arena_, metadata, false)}}};
    return document::make_object(arena_, members, false);
  }

  std::vector<std::string> failures_of(const TestCase& test, const Decision& decision, const Request& request) {
    std::vector<std::string> failures;
    const std::string_view got = name_of(decision.verdict);
    if (got != test.decision) {
      failures.push_back("wanted " + test.decision + ", got " + std::string(got) + ": " + said(decision));
    }
    const bool has_message = decision.status.message.contains(test.message) ||
                             std::ranges::any_of(decision.warnings, [&](const std::string& warning) {
                               return warning.contains(test.message);
                             });
    if (!has_message) failures.push_back("wanted the message '" + test.message + "', got: " + said(decision));
    if (test.shown != nullptr && !shows(object_of(decision, request), *test.shown)) {
      std::string object = decision.object;
      if (object.empty()) document::append_json(object, request.object, *symbols_);
      failures.push_back("the object is not as expected: " + object);
    }
    return failures;
  }

  Node object_of(const Decision& decision, const Request& request) {
    if (decision.object.empty()) return request.object;
    streams_.push_back(document::parse(std::make_shared<document::Source>("object", decision.object), *symbols_,
                                       {.format = document::Format::json}));
    return streams_.back().documents.empty() ? Node{} : streams_.back().documents.front().root;
  }

  static std::string said(const Decision& decision) {
    if (!decision.status.message.empty()) return decision.status.message;
    return decision.warnings.empty() ? "nothing was said" : decision.warnings.front();
  }

  void cover(const Decision& decision) {
    for (const PolicyResult& result : decision.results) {
      for (const ExpressionResult& one : result.validations) {
        using State = ExpressionResult::State;
        Seen& seen = run_.coverage[expression_name(result.policy, "validations", one.index)];
        ++(one.state == State::passed ? seen.passed : one.state == State::failed ? seen.failed : seen.errors);
      }
    }
    for (const MutationResult& one : decision.mutations) {
      using State = MutationResult::State;
      if (one.state == State::not_matched || one.state == State::condition_false) continue;
      Seen& seen = run_.coverage[expression_name(one.policy, "mutations", one.index)];
      ++(one.state == State::changed ? seen.failed : one.state == State::unchanged ? seen.passed : seen.errors);
    }
  }

  void add(const TestCase& test, const Place& place, std::vector<std::string> failures) {
    run_.results.push_back({test.name, std::move(failures), place});
  }

  const document::DocumentStream& file_;
  const PolicySet& policies_;
  std::shared_ptr<SymbolTable> symbols_;
  JudgeOptions options_;
  TestRun& run_;
  Arena arena_;
  std::deque<document::DocumentStream> streams_;
};

}  // namespace

std::size_t TestRun::failed() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(results, [](const TestResult& result) { return !result.failures.empty(); }));
}

std::size_t TestRun::half_seen() const {
  return static_cast<std::size_t>(std::ranges::count_if(
      coverage, [](const auto& entry) { return entry.second.passed == 0 || entry.second.failed == 0; }));
}

void expect_coverage(const PolicySet& policies, TestRun& run) {
  for (const CompiledPolicy* policy : policies.all()) {
    const auto expect = [&](std::string_view list, std::size_t count) {
      for (std::size_t i = 0; i < count; ++i) run.coverage.try_emplace(expression_name(policy->policy.name, list, i));
    };
    expect("validations", policy->validations.size());
    expect("mutations", policy->mutations.size());
  }
}

namespace {

Place place_in(const document::DocumentStream& file, const document::Document& document, const document::Path& path) {
  return file.source->place_of(document::locate(document.root, document.offset, path).offset);
}

std::unexpected<Error> misread(const Error& error, Place place) {
  return failure(error.code, error.message, std::move(place));
}

}  // namespace

Result<void> run_tests(const document::DocumentStream& file, const PolicySet& policies,
                       const std::shared_ptr<SymbolTable>& symbols, const JudgeOptions& options, TestRun& run) {
  if (!file.errors.empty()) return std::unexpected(file.errors.front());
  CaseRunner runner(file, policies, symbols, options, run);
  for (const document::Document& document : file.documents) {
    if (!document.root.is_object()) {
      return failure(ErrorCode::type, "a test file must be an object with cases", place_in(file, document, {}));
    }
    Fields root(document.root, *symbols);
    const std::span<const Node> cases = root.objects("cases");
    const auto list = document::parse_path("cases", *symbols);
    if (root.error()) return misread(*root.error(), place_in(file, document, *list));
    for (std::size_t i = 0; i < cases.size(); ++i) {
      document::Path path = *list;
      path.push_back(document::Step::index(static_cast<std::uint32_t>(i)));
      const Place place = place_in(file, document, path);
      const auto test = read_case(cases[i], i, *symbols);
      if (!test) return misread(test.error(), place);
      runner.run(*test, place);
    }
  }
  return {};
}

}  // namespace kastell::admission
