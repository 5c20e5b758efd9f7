// Whole trees in memory, collected: which objects come out, and what coverage says. Cases: tests/collect/cases.
//   program NAME   what a program prints that a case has instead of a real one; `ends NAME CODE` holds what it
//                  complains about when it ends with another exit code than 0
//   render         words: no-render, values=FILE, set=KEY=VALUE
//   ran            (golden) the command lines that were run
#include <gtest/gtest.h>

#include <mutex>

#include "base/file_system.h"
#include "collect/files.h"
#include "support/sections.h"

namespace kastell::collect {
namespace {

using tests::Case;
using tests::Section;

// "a b" → {"a", "b"}
std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> result;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \n", begin), text.size());
    if (end > begin) result.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return result;
}

std::string without_last_line_end(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

MemoryFileSystem tree_of(const Case& one) {
  MemoryFileSystem files;
  for (const Section& section : one.sections) {
    const auto arguments = words(section.argument());
    if (section.is("file")) files.add_file(arguments.at(0), section.text);
    if (section.is("binary")) files.add_file(arguments.at(0), std::string("\x1F\x8B\x08\0\0", 5) + section.text);
    if (section.is("empty-file")) files.add_file(arguments.at(0), "");
    if (section.is("folder")) files.add_folder(arguments.at(0));
    if (section.is("unreadable")) files.add_unreadable_file(arguments.at(0));
    if (section.is("link")) files.add_link(arguments.at(0), arguments.at(1));
    if (section.is("stdin")) files.set_standard_input(section.text);
  }
  return files;
}

// Has the programs that a case says, and no others.
class CaseMachine final : public Machine {
 public:
  explicit CaseMachine(const Case& one) : one_(one) {}

  const FileSystem& files() const override { return operating_system_files(); }
  std::optional<std::string> environment(const std::string&) const override { return std::nullopt; }
  WallTime wall_time() const override { return {}; }
  SteadyTime steady_time() const override { return {}; }
  void sleep(std::chrono::milliseconds) const override {}
  double random() const override { return 0; }
  bool input_is_terminal() const override { return false; }
  Result<ProgramEnd> run(const Program& program) const override {
    {
      const std::scoped_lock lock(mutex_);
      ran_ += program.command;
      for (const std::string& argument : program.arguments) ran_ += " " + argument;
      ran_ += "\n";
    }
    for (const Section& section : one_.sections) {
      const auto arguments = words(section.argument());
      if (section.is("program") && arguments.at(0) == program.command) return ProgramEnd{0, section.text, {}};
      if (section.is("ends") && arguments.at(0) == program.command) {
        return ProgramEnd{std::stoi(arguments.at(1)), {}, section.text};
      }
    }
    return failure(ErrorCode::not_found, "no " + program.command);
  }
  std::string ran() const { return ran_; }

 private:
  const Case& one_;
  mutable std::mutex mutex_;
  mutable std::string ran_;
};

RenderOptions render_options_of(const Case& one, const Machine& machine) {
  RenderOptions options;
  options.machine = &machine;
  for (const Section& section : one.sections) {
    if (!section.is("render")) continue;
    for (const std::string& word : words(section.text)) {
      if (word == "no-render") options.wanted = false;
      if (word.starts_with("values=")) options.values.push_back(word.substr(7));
      if (word.starts_with("set=")) options.sets.push_back(word.substr(4));
    }
  }
  return options;
}

std::string written_at(const snapshot::Snapshot& snapshot, const snapshot::Object& object, const Place& place) {
  const snapshot::Provenance* provenance = snapshot.provenance_of(object);
  const auto found = provenance == nullptr ? std::nullopt : provenance->written_at(object, {}, place);
  if (!found) return {};
  return " from " + found->place.source + ":" + std::to_string(found->place.line) + " " +
         std::string(name_of(found->nearness));
}

std::string written(const snapshot::Snapshot& snapshot) {
  std::string text;
  for (const snapshot::Object& object : snapshot.objects()) {
    const Place place = snapshot.place_of(object, {});
    text += std::string(object.api_version) + " " + std::string(object.kind) + " " +
            std::string(object.effective_namespace()) + "/" + std::string(object.name) + " " + place.source + ":" +
            std::to_string(place.line) + ":" + std::to_string(place.column);
    if (!object.prefix.empty()) text += " " + document::to_string(object.prefix, snapshot.symbols());
    text += written_at(snapshot, object, place) + "\n";
  }
  for (const snapshot::Coverage& entry : snapshot.coverage()) {
    text += std::string(name_of(entry.status)) + " " + entry.input;
    if (entry.place.line != 0)
      text += ":" + std::to_string(entry.place.line) + ":" + std::to_string(entry.place.column);
    text += (entry.reason.empty() ? "" : "  " + entry.reason) + "\n";
  }
  return text + (snapshot.is_complete() ? "complete\n" : "incomplete\n");
}

std::string collected(Case& one, unsigned threads) {
  const MemoryFileSystem files = tree_of(one);
  FileOptions options{.exclude = words(one.text("exclude")), .threads = threads};
  options.files = &files;
  const CaseMachine machine(one);
  options.render = render_options_of(one, machine);
  if (one.find("source-bytes") != nullptr) options.limits.source_bytes = std::stoull(one.text("source-bytes"));
  const auto snapshot = collect_files(words(one.text("inputs")), std::make_shared<SymbolTable>(), options);
  if (threads == 1 && one.find("ran") != nullptr) tests::check_golden(one, "ran", machine.ran());
  return snapshot ? written(*snapshot) : "error: " + without_last_line_end(to_string(snapshot.error())) + "\n";
}

TEST(Collect, Cases) {
  for (const auto& path : tests::files_in(KASTELL_SOURCE_DIR "/tests/collect/cases", ".txt")) {
    tests::CaseFile file = tests::load_cases(path);
    ASSERT_FALSE(file.cases.empty()) << path;
    for (Case& one : file.cases) {
      SCOPED_TRACE(path.filename().string() + ": " + one.name);
      const std::string alone = collected(one, 1);
      EXPECT_EQ(alone, collected(one, 4)) << "the order depends on the number of threads";
      tests::check_golden(one, "expect", alone);
    }
    if (tests::updating_goldens()) tests::save_cases(file);
  }
}

TEST(Collect, NamesThatAreNoUtf8AreShownWithReplacements) {
  MemoryFileSystem files;
  files.add_file("d/a\xFF.yaml", "kind: A\napiVersion: v1\nmetadata: {name: a}\n");
  files.add_unreadable_file("d/b\xC3.yaml");
  FileOptions options;
  options.files = &files;
  const auto snapshot = collect_files({"d"}, std::make_shared<SymbolTable>(), options);
  ASSERT_TRUE(snapshot);
  EXPECT_EQ(written(*snapshot).find_first_of("\xFF\xC3"), std::string::npos);
  EXPECT_NE(written(*snapshot).find("v1 A default/a d/a\uFFFD.yaml:1:1"), std::string::npos) << written(*snapshot);
  EXPECT_NE(written(*snapshot).find("unreadable d/b\uFFFD.yaml"), std::string::npos) << written(*snapshot);
}

TEST(Collect, ProgressEndsWithAllFiles) {
  MemoryFileSystem files;
  for (int i = 0; i < 20; ++i) files.add_file("d/" + std::to_string(i) + ".json", "{}");
  std::size_t last = 0, all = 0;
  FileOptions options;
  options.threads = 1;
  options.files = &files;
  options.progress = [&](std::size_t read, std::size_t of) { last = read, all = of; };
  ASSERT_TRUE(collect_files({"d"}, std::make_shared<SymbolTable>(), options));
  EXPECT_EQ(last, 20U);
  EXPECT_EQ(all, 20U);
}

}  // namespace
}  // namespace kastell::collect
