#include "kube/component/command_line.h"

#include <algorithm>
#include <array>
#include <optional>

#include "kube/component/environment.h"
#include "kube/image_reference.h"
#include "kube/pod/member.h"

namespace kastell::kube {

using document::Node;
using document::Step;

namespace {

constexpr std::string_view component_names[] = {
    "kube-apiserver", "kube-controller-manager", "kube-scheduler", "etcd", "kubelet", "kube-proxy"};
constexpr std::string_view shells[] = {"sh",  "bash", "ash",  "dash",       "busybox",
                                       "zsh", "ksh",  "pwsh", "powershell", "cmd"};
// Programs that start what follows their own options and change nothing about it.
constexpr std::string_view transparent[] = {"go-runner", "kube-log-runner", "tini", "dumb-init", "hyperkube", "exec"};

// Of programs on nodes with Windows, whose paths have "\" too.
constexpr std::string_view windows_ending = ".exe";

// "/usr/local/bin/kubelet", "C:\k\kubelet.exe": kubelet.
std::string_view program_name(std::string_view path) {
  std::string_view name = path.substr(path.find_last_of("/\\") + 1);
  if (name.ends_with(windows_ending)) name.remove_suffix(windows_ending.size());
  return name;
}

template <std::size_t count>
bool is_one_of(const std::string_view (&names)[count], std::string_view name) {
  return std::ranges::find(names, name) != std::end(names);
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ';' || c == '&' || c == '|' || c == '(';
}

// A component started somewhere in a shell's text: its name where a word begins, before an option. A path counts only
// where it leads into a folder of programs, or to a program of Windows: /var/lib/kubelet is none.
std::string_view component_in_script(std::string_view script) {
  for (const std::string_view name : component_names) {
    for (std::size_t at = script.find(name); at != std::string_view::npos; at = script.find(name, at + 1)) {
      const bool is_of_windows = script.substr(at + name.size()).starts_with(windows_ending);
      const std::size_t end = at + name.size() + (is_of_windows ? windows_ending.size() : 0);
      const std::string_view before = script.substr(0, at);
      const bool begins = before.empty() || is_space(before.back()) || before.ends_with("bin/") ||
                          (is_of_windows && (before.back() == '\\' || before.back() == '/'));
      const std::size_t next = script.find_first_not_of(" \t\\\n", end);
      const bool ends = end < script.size() && (script[end] == ' ' || script[end] == '\t' || script[end] == '\\');
      if (begins && ends && next != std::string_view::npos && script.substr(next).starts_with("-")) return name;
    }
  }
  return {};
}

class Reader {
 public:
  Reader(const Node& container, PathView path, const SymbolTable& symbols, Arena& arena)
      : container_(container), path_(path), arena_(arena), environment_(container, symbols, arena) {}

  CommandLine read() && {
    add_list(symbols::command);
    const std::size_t command_size = words_.size();
    add_list(symbols::args);
    const Node* args = member(container_, symbols::args);
    line_.add_place = member_path(args != nullptr && args->size > 0 ? symbols::args : symbols::command);
    if (command_size == 0 && (words_.empty() || words_[0].text.starts_with('-'))) {
      read_image_entry_point();
    } else if (!words_.empty()) {
      read_program();
    }
    return std::move(line_);
  }

 private:
  PathView member_path(Symbol list, std::optional<std::uint32_t> index = {}) {
    Step* steps = arena_.allocate_array<Step>(path_.size() + 2);
    std::size_t size = 0;
    for (const Step& step : path_) steps[size++] = step;
    steps[size++] = Step::key(list);
    if (index) steps[size++] = Step::index(*index);
    return {steps, size};
  }

  void add_list(Symbol list) {
    const Node* words = member(container_, list);
    if (words == nullptr) return;
    for (std::uint32_t i = 0; i < words->as_list().size(); ++i) {
      words_.push_back(environment_.expand(words->items[i].as_string(), member_path(list, i)));
    }
  }

  void take_arguments(std::string_view component, std::size_t first) {
    line_.component = component;
    line_.arguments.assign(words_.begin() + static_cast<std::ptrdiff_t>(first), words_.end());
  }

  void give_up(std::string_view component, std::string_view why) {
    line_.component = component;
    line_.not_followed = why;
  }

  std::string_view component_of_image() const {
    const Node* image = member(container_, symbols::image);
    const auto reference = parse_image_reference(image == nullptr ? std::string_view{} : image->as_string());
    return reference ? component_named(reference->repository) : std::string_view{};
  }

  // No command: the image says which program runs. Kubernetes' own images, and etcd's, run what they are named for.
  void read_image_entry_point() {
    const std::string_view component = component_of_image();
    line_.program_place = member_path(symbols::image);
    if (component.empty()) return;
    if (words_.empty()) return give_up(component, "the image alone says how the component is started");
    take_arguments(component, 0);
  }

  void read_program() {
    line_.program_place = words_[0].place;
    const std::string_view program = program_name(words_[0].text);
    if (const auto component = component_named(program); !component.empty()) return take_arguments(component, 1);
    if (is_one_of(shells, program)) read_shell();
    if (line_.component.empty()) read_wrapper(program);
  }

  void read_shell() {
    for (const Argument& word : words_) {
      const std::string_view component = component_in_script(word.text);
      if (component.empty()) continue;
      line_.program_place = word.place;
      return give_up(component, "the component is started by a shell, whose text is not evaluated");
    }
  }

  // A component's name as a word of its own, followed by an option, behind another program.
  void read_wrapper(std::string_view program) {
    for (std::size_t at = 1; at < words_.size(); ++at) {
      const std::string_view component = component_named(words_[at].text);
      const bool has_options = at + 1 < words_.size() && words_[at + 1].text.starts_with("--");
      if (component.empty() || (!has_options && component != component_of_image())) continue;
      line_.program_place = words_[at].place;
      if (is_one_of(transparent, program) && options_only(at)) return take_arguments(component, at + 1);
      return give_up(component, "the component is started by another program, which may change its arguments");
    }
  }

  // Between the wrapper and the component.
  bool options_only(std::size_t end) const {
    for (std::size_t at = 1; at < end; ++at) {
      const std::string_view word = words_[at].text;
      if (word != "--" && (!word.starts_with('-') || word.find('=') == std::string_view::npos)) return false;
    }
    return true;
  }

  const Node& container_;
  PathView path_;
  Arena& arena_;
  Environment environment_;
  std::vector<Argument> words_;
  CommandLine line_;
};

}  // namespace

std::string_view component_named(std::string_view program) {
  const auto at = std::ranges::find(component_names, program_name(program));
  return at == std::end(component_names) ? std::string_view{} : *at;
}

CommandLine command_line_of(const Node& container, PathView path, const SymbolTable& symbols, Arena& arena) {
  return Reader(container, path, symbols, arena).read();
}

// Nearly every container runs none and never mentions one.
bool may_run_component(const Node& container) {
  const auto mentions = [](std::string_view text) {
    return text.find("kube") != std::string_view::npos || text.find("etcd") != std::string_view::npos;
  };
  for (const Symbol list : {symbols::command, symbols::args}) {
    const Node* words = member(container, list);
    if (words != nullptr && std::ranges::any_of(words->as_list(), mentions, &Node::as_string)) return true;
  }
  const Node* image = member(container, symbols::image);
  return image != nullptr && mentions(image->as_string());
}

}  // namespace kastell::kube
