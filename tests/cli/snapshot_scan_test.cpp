// A scan of a snapshot file says what a scan of the collected input says, byte for byte.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "collect/files.h"
#include "policy/scan.h"
#include "report/report.h"
#include "snapshot/snapshot_file.h"
#include "support/process.h"

namespace kastell {
namespace {

struct Mode {
  const char* name;
  snapshot::World world;
  policy::ScanOptions scan;
};

std::vector<Mode> modes() {
  Mode closed{"closed world, all verdicts", snapshot::World::closed, {.all_verdicts = true}};
  Mode open{"open world", snapshot::World::open, {}};
  Mode pod_security{"Pod Security", snapshot::World::open, {}};
  pod_security.scan.pod_security = policy::PodSecurityLevel{};
  return {closed, open, pod_security};
}

// A catalogue with its symbols, and what it says of inputs.
class Scanner {
 public:
  std::string report(const std::vector<std::string>& inputs, const Mode& mode) const {
    const auto snapshot = collect::collect_files(inputs, symbols_, options(mode.world)).value();
    const auto result = policy::scan(snapshot, catalog_, mode.scan).value();
    std::string text;
    report::write(report::Format::json, result, {.all_verdicts = mode.scan.all_verdicts},
                  [&](std::string_view block) { text += block; });
    return text;
  }

  std::string saved(const std::vector<std::string>& inputs) const {
    std::string bytes;
    const auto snapshot = collect::collect_files(inputs, symbols_, options(snapshot::World::open)).value();
    EXPECT_TRUE(snapshot::save(snapshot, [&](std::string_view block) { bytes += block; }).has_value());
    return bytes;
  }

 private:
  // A file does not keep where rendered lines were written; and whether there is a renderer here must not matter.
  static collect::FileOptions options(snapshot::World world) { return {.world = world, .render = {.wanted = false}}; }

  std::shared_ptr<SymbolTable> symbols_ = std::make_shared<SymbolTable>();
  policy::Catalog catalog_ = policy::Catalog::embedded(symbols_).value();
};

std::string line_around(const std::string& text, std::size_t at) {
  const std::size_t begin = text.rfind('\n', at) + 1;
  return text.substr(begin, std::min(text.find('\n', at), text.size()) - begin);
}

void expect_same_report(const std::string& input) {
  const Scanner scanner;
  const tests::TemporaryFolder folder;
  folder.add("a.kast", scanner.saved({input}));
  for (const Mode& mode : modes()) {
    const std::string expected = scanner.report({input}, mode);
    const std::string actual = scanner.report({(folder.path() / "a.kast").string()}, mode);
    const auto differs = std::ranges::mismatch(expected, actual);
    if (differs.in1 == expected.end() && differs.in2 == actual.end()) continue;
    const auto at = static_cast<std::size_t>(differs.in1 - expected.begin());
    ADD_FAILURE() << input << ", " << mode.name << ":\n"
                  << line_around(expected, at) << "\n"
                  << line_around(actual, at);
  }
}

TEST(SnapshotScan, SaysTheSameOfWhatIsInTheTree) {
  for (const char* folder : {"/examples", "/tests", "/policies", "/docs"}) {
    expect_same_report(std::string(KASTELL_SOURCE_DIR) + folder);
  }
}

TEST(SnapshotScan, SaysTheSameOfSharedData) {
  const char* variable = std::getenv("KASTELL_SHARED");
  const std::filesystem::path shared = variable != nullptr ? variable : KASTELL_SOURCE_DIR "/../shared";
  if (!std::filesystem::exists(shared / "data")) GTEST_SKIP() << "no shared data at " << shared;
  for (const char* folder : {"network", "posture", "access", "psa"})
    expect_same_report((shared / "data" / folder).string());
}

// Credentials in every place where reports show values.
TEST(SnapshotScan, SaysTheSameOfCredentials) {
  const tests::TemporaryFolder folder;
  folder.add("secrets.yaml", R"(
apiVersion: v1
kind: ConfigMap
metadata: {name: m}
data: {DB_PASSWORD: hunter2, url: "https://u:hunter2@h/x", key: "-----BEGIN PRIVATE KEY-----\nhunter2", aws: AKIAABCDEFGHIJKLMNOP}
---
apiVersion: v1
kind: Secret
metadata: {name: s, annotations: {a: hunter2}}
data: {password: aHVudGVyMg==}
---
apiVersion: v1
kind: Pod
metadata: {name: p, annotations: {kubectl.kubernetes.io/last-applied-configuration: '{"password":"hunter2"}'}}
spec:
  containers:
  - name: c
    env: [{name: API_TOKEN, value: hunter2}, {name: AUTH, value: Bearer hunter2hunter2}]
    args: [--password=hunter2, --token, hunter2]
    passwords: [hunter2]
    securityContext: {privileged: true}
)");
  const std::string input = (folder.path() / "secrets.yaml").string();
  expect_same_report(input);
  const Scanner scanner;
  for (const Mode& mode : modes())
    EXPECT_EQ(scanner.report({input}, mode).find("hunter2"), std::string::npos) << mode.name;
}

// A saved file keeps lengths of lines, not their texts: a carriage return counted as a column of a ConfigMap's text.
TEST(SnapshotScan, SaysTheSameOfLinesThatEndInCarriageReturns) {
  const tests::TemporaryFolder folder;
  std::string text = R"(apiVersion: v1
kind: ConfigMap
metadata: {name: kubelet-config, namespace: kube-system}
data:
  kubelet: |
    apiVersion: kubelet.config.k8s.io/v1beta1
    kind: KubeletConfiguration

    # ä
    authentication: {anonymous: {enabled: true}}
    readOnlyPort: 10255
)";
  folder.add("lf.yaml", text);
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 2)) text.insert(at, "\r");
  folder.add("crlf.yaml", text);
  expect_same_report((folder.path() / "lf.yaml").string());
  expect_same_report((folder.path() / "crlf.yaml").string());
  const std::string report = Scanner().report({(folder.path() / "crlf.yaml").string()}, modes()[1]);
  EXPECT_NE(report.find(R"("line":11,"column":5)"), std::string::npos) << report;
}

TEST(SnapshotScan, ASnapshotBesideFiles) {
  const Scanner scanner;
  const tests::TemporaryFolder folder;
  const std::string examples = KASTELL_SOURCE_DIR "/examples/shop";
  folder.add("a.kast", scanner.saved({examples}));
  folder.add("pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: i}]}\n");
  const std::string pod = (folder.path() / "pod.yaml").string(), file = (folder.path() / "a.kast").string();
  EXPECT_EQ(scanner.report({file, pod}, modes()[1]), scanner.report({examples, pod}, modes()[1]));
}

}  // namespace
}  // namespace kastell
