// Kubernetes' own fixtures of the Pod Security Standards (../shared/data/psa): every level, every version.
// Pods under pass/ pass all checks; pods under fail/ fail the check that begins their file's name, or, at level
// restricted, the check that takes its place there.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "policy/scan.h"

namespace kastell::policy {
namespace {

namespace fs = std::filesystem;

fs::path fixtures() {
  const char* shared = std::getenv("KASTELL_SHARED");
  return fs::path(shared != nullptr ? shared : KASTELL_SOURCE_DIR "/../shared") / "data" / "psa";
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c; });
  return text;
}

std::string check_of(const Control& control) {
  return lower(std::string(control.references.find("pss")->second.front()));
}

// "hostports12" → "hostports"
std::string check_of_file(const fs::path& file) {
  std::string name = file.stem().string();
  while (!name.empty() && name.back() >= '0' && name.back() <= '9') name.pop_back();
  return name;
}

struct Folder {
  std::vector<fs::path> files;  // by object
  snapshot::Snapshot snapshot;
};

Folder read_folder(const fs::path& path, const std::shared_ptr<SymbolTable>& symbols) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(path)) files.push_back(entry.path());
  std::ranges::sort(files);
  snapshot::SnapshotBuilder builder(symbols);
  for (const fs::path& file : files) {
    std::stringstream text;
    text << std::ifstream(file).rdbuf();
    builder.add(document::parse(std::make_shared<document::Source>(file.string(), text.str()), *symbols));
  }
  return {std::move(files), std::move(builder).finish()};
}

class PodSecurityFixtures : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(fixtures())) GTEST_SKIP() << "Pod Security fixtures: " << fixtures() << " is not there";
    catalog_ = Catalog::embedded(symbols_).value();
    for (const Control& control : catalog_.controls()) {
      for (const std::string_view replaced : control.replaces)
        replacing_[lower(std::string(replaced))] = check_of(control);
    }
  }

  // The checks that each object violates.
  std::map<snapshot::ObjectId, std::set<std::string>> judge(const Folder& folder, const std::string& level) {
    const auto result =
        scan(folder.snapshot, catalog_, {.pod_security = parse_pod_security_level(level).value(), .threads = 1});
    std::map<snapshot::ObjectId, std::set<std::string>> violations;
    for (const Finding& finding : result->findings) {
      EXPECT_EQ(finding.verdict, Verdict::fail) << result->reasons[finding.reason];
      violations[finding.object].insert(check_of(*result->controls[finding.control]));
    }
    return violations;
  }

  void check_passing(const fs::path& path, const std::string& level) {
    const Folder folder = read_folder(path, symbols_);
    ASSERT_EQ(folder.files.size(), folder.snapshot.objects().size());
    const auto violations = judge(folder, level);
    for (const auto& [object, checks] : violations) {
      ADD_FAILURE() << folder.files[object] << " fails " << ::testing::PrintToString(checks);
    }
    agreed_ += folder.files.size() - violations.size();
    total_ += folder.files.size();
  }

  void check_failing(const fs::path& path, const std::string& level) {
    const Folder folder = read_folder(path, symbols_);
    ASSERT_EQ(folder.files.size(), folder.snapshot.objects().size());
    auto violations = judge(folder, level);
    for (snapshot::ObjectId id = 0; id < folder.files.size(); ++id) {
      const std::string check = check_of_file(folder.files[id]);
      const auto replaced = replacing_.find(check);
      const bool found =
          violations[id].contains(check) || (replaced != replacing_.end() && violations[id].contains(replaced->second));
      EXPECT_TRUE(found) << folder.files[id] << " fails only " << ::testing::PrintToString(violations[id]);
      agreed_ += found ? 1 : 0;
      ++total_;
    }
  }

  std::shared_ptr<SymbolTable> symbols_ = std::make_shared<SymbolTable>();
  Catalog catalog_;
  std::map<std::string, std::string> replacing_;
  std::size_t agreed_ = 0, total_ = 0;
};

TEST_F(PodSecurityFixtures, AllLevelsAndVersions) {
  for (const std::string level : {"baseline", "restricted"}) {
    for (const auto& version : fs::directory_iterator(fixtures() / level)) {
      const std::string asked = level + ":" + version.path().filename().string();
      SCOPED_TRACE(asked);
      check_passing(version.path() / "pass", asked);
      check_failing(version.path() / "fail", asked);
    }
  }
  RecordProperty("agreed", std::to_string(agreed_));
  EXPECT_EQ(total_, 4537U);
  EXPECT_EQ(agreed_, total_);
}

}  // namespace
}  // namespace kastell::policy
