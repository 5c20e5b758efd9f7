// Admission policies at scale: the API server's published case of many matching bindings, candidates on one review,
// memory of compiled policies. One core.
// usage: admit_bench [POLICIES]   (only so many policies, for a profile)
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "admission/admission.h"
#include "document/document.h"
#include "document/json_parser.h"
#include "support/counted_allocations.h"

namespace {

using namespace kastell;
using Clock = std::chrono::steady_clock;

std::size_t resident_kib() {
  std::size_t pages = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> pages >> resident;
  return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE)) / 1024;
}

// The text with every "#" replaced by the number.
std::string numbered(std::string_view pattern, int number) {
  std::string text;
  for (const char c : pattern) text += c == '#' ? std::to_string(number) : std::string(1, c);
  return text;
}

// A policy over pods, in the manner of published ones; the number makes each text its own.
std::string policy_text(int number, std::string_view resource = "pods") {
  constexpr std::string_view pattern = R"json({"apiVersion":"admissionregistration.k8s.io/v1",
"kind":"ValidatingAdmissionPolicy","metadata":{"name":"policy-#"},"spec":{"matchConstraints":{"resourceRules":[
{"apiGroups":[""],"apiVersions":["v1"],"resources":["pods"],"operations":["CREATE","UPDATE"]}]},"validations":[
{"expression":"object.spec.containers.all(c, !has(c.securityContext) || !has(c.securityContext.privileged)
 || !c.securityContext.privileged || c.name == 'x#')","message":"privileged"}]}})json";
  std::string text = numbered(pattern, number);
  std::erase(text, '\n');
  const auto at = text.find("\"pods\"");
  text.replace(at + 1, 4, resource);
  return text;
}

std::string binding_text(int number, int policy) {
  constexpr std::string_view pattern = R"json({"apiVersion":"admissionregistration.k8s.io/v1",
"kind":"ValidatingAdmissionPolicyBinding","metadata":{"name":"binding-#"},"spec":{"policyName":"policy-)json";
  return numbered(pattern, number) + std::to_string(policy) + R"json(","validationActions":["Deny"]}})json";
}

std::string list_text(const std::vector<std::string>& items) {
  std::string text = R"json({"apiVersion":"v1","kind":"List","items":[)json";
  for (const std::string& item : items) text += (&item == items.data() ? "" : ",") + item;
  return text + "]}";
}

std::string container_text(int number) {
  std::string environment;
  for (int i = 0; i < 22; ++i) {
    environment += (i == 0 ? "" : ",") + numbered(R"json({"name":"VARIABLE_#","value":"some-value-#"})json", i);
  }
  constexpr std::string_view pattern = R"json({"name":"c#","image":"registry.example.com/team/app#:1.2.3",
"ports":[{"containerPort":8080,"protocol":"TCP"}],"resources":{"limits":{"cpu":"500m","memory":"256Mi"},
"requests":{"cpu":"100m","memory":"64Mi"}},"securityContext":{"privileged":false,"runAsNonRoot":true,
"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]}},"env":[)json";
  return numbered(pattern, number) + environment + "]}";
}

// An AdmissionReview of about 5 KB: a pod of three containers with environment.
std::string review_text() {
  constexpr std::string_view begin = R"json({"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{
"uid":"1","kind":{"group":"","version":"v1","kind":"Pod"},"resource":{"group":"","version":"v1","resource":"pods"},
"name":"web","namespace":"shop","operation":"CREATE","userInfo":{"username":"ann","groups":["system:authenticated"]},
"object":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"shop","labels":{"app":"web"}},
"spec":{"serviceAccountName":"web","containers":[)json";
  return std::string(begin) + container_text(0) + "," + container_text(1) + "," + container_text(2) + "]}}}}";
}

struct Bench {
  std::shared_ptr<SymbolTable> symbols = std::make_shared<SymbolTable>();
  snapshot::Snapshot snapshot;
  admission::PolicySet policies;

  explicit Bench(const std::vector<std::string>& objects)
      : snapshot(read(objects, symbols)), policies(admission::Language::make(cel::newest_kubernetes, symbols).value()) {
    if (!policies.add(snapshot).empty()) std::abort();
  }

  static snapshot::Snapshot read(const std::vector<std::string>& objects, const std::shared_ptr<SymbolTable>& symbols) {
    snapshot::SnapshotBuilder builder(symbols);
    std::vector<std::string> all = objects;
    all.push_back(R"json({"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}})json");
    builder.add(document::parse(std::make_shared<document::Source>("bench", list_text(all)), *symbols));
    return std::move(builder).finish();
  }
};

// From the bytes of a review to a decision.
bool admit(const Bench& bench, document::JsonParser& parser, admission::Judge& judge, const std::string& review) {
  const auto request = admission::read_request(*parser.parse(review), *bench.symbols);
  return judge.decide(bench.policies, *request).allowed;
}

void time_requests(const char* name, const Bench& bench, int requests) {
  const admission::World world(bench.snapshot, cel::newest_kubernetes);
  admission::Judge judge(world, *bench.symbols, {.results = false});
  document::JsonParser parser(*bench.symbols);
  const std::string review = review_text();
  for (int i = 0; i < 20; ++i) {
    if (!admit(bench, parser, judge, review)) std::abort();
  }
  std::vector<double> times;
  times.reserve(static_cast<std::size_t>(requests));
  const std::size_t before = allocations;
  for (int i = 0; i < requests; ++i) {
    const auto start = Clock::now();
    admit(bench, parser, judge, review);
    times.push_back(std::chrono::duration<double, std::micro>(Clock::now() - start).count());
  }
  const std::size_t made = (allocations - before) / static_cast<std::size_t>(requests);
  std::ranges::sort(times);
  double sum = 0;
  for (const double time : times) sum += time;
  std::printf("%-34s %9.0f requests/s  median %8.1f us  p99 %8.1f us  %zu allocations\n", name, 1e6 * requests / sum,
              times[times.size() / 2], times[times.size() * 99 / 100], made);
}

std::vector<std::string> policies_and_bindings(int policies, int bindings, std::string_view resource = "pods") {
  std::vector<std::string> objects;
  for (int i = 0; i < policies; ++i) objects.push_back(policy_text(i, resource));
  for (int i = 0; i < bindings; ++i) objects.push_back(binding_text(i, i % policies));
  return objects;
}

void weigh(int policies) {
  const std::size_t before = resident_kib();
  const Bench bench(policies_and_bindings(policies, policies));
  const std::size_t after = resident_kib();
  std::printf("%d policies with a binding each: %.1f KiB of memory per policy, its manifest included\n", policies,
              static_cast<double>(after - before) / policies);
}

}  // namespace

int main(int count, char** arguments) {
  if (count > 1) {
    const std::string_view text = arguments[1];
    int policies = 0;
    std::from_chars(text.data(), text.data() + text.size(), policies);
    time_requests(arguments[1], Bench(policies_and_bindings(policies, policies)), 4'000'000 / (policies + 1));
    return 0;
  }
  std::printf("a review of %zu bytes\n", review_text().size());
  weigh(2000);
  time_requests("no policy", Bench({}), 20000);
  time_requests("200 policies, 1 binding each", Bench(policies_and_bindings(200, 200)), 4000);
  time_requests("1,024 policies, 1 binding each", Bench(policies_and_bindings(1024, 1024)), 1000);
  time_requests("1,024 policies of other resources", Bench(policies_and_bindings(1024, 1024, "services")), 20000);
  time_requests("1 policy, 1,024 bindings", Bench(policies_and_bindings(1, 1024)), 1000);
  return 0;
}
