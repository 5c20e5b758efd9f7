#include "collect/render/template_text.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace kastell::collect {

namespace {

constexpr std::string_view blanks = " \t\r";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

// The action that begins at `at` ("{{"), and where it ends. Texts and comments may hold "}}".
std::size_t end_of_action(std::string_view text, std::size_t at) {
  std::size_t i = at + 2;
  while (i < text.size() && (text[i] == '-' || text[i] == ' ')) ++i;
  if (text.substr(i).starts_with("/*")) {
    const std::size_t end = text.find("*/", i);
    const std::size_t close = end == std::string_view::npos ? end : text.find("}}", end);
    return close == std::string_view::npos ? text.size() : close + 2;
  }
  for (; i < text.size(); ++i) {
    if (text[i] == '"' || text[i] == '`') {
      const char quote = text[i];
      for (++i; i < text.size() && text[i] != quote; ++i) i += quote == '"' && text[i] == '\\' ? 1 : 0;
    } else if (text.substr(i).starts_with("}}")) {
      return i + 2;
    }
  }
  return text.size();
}

std::string_view inside(std::string_view action) {
  action.remove_prefix(std::min<std::size_t>(2, action.size()));
  if (action.ends_with("}}")) action.remove_suffix(2);
  if (action.starts_with('-')) action.remove_prefix(1);
  if (action.ends_with('-')) action.remove_suffix(1);
  return trimmed(action);
}

std::string_view first_word(std::string_view text) {
  return text.substr(0, text.find_first_of(" \t\r\n(\""));
}

enum class Role : std::uint8_t { writes, silent, loop, branch, otherwise, define, end };

Role role_of_action(std::string_view code) {
  struct Row {
    std::string_view word;
    Role role;
  };
  static constexpr Row rows[] = {{"range", Role::loop},   {"if", Role::branch},      {"with", Role::branch},
                                 {"block", Role::branch}, {"else", Role::otherwise}, {"define", Role::define},
                                 {"end", Role::end},      {"break", Role::silent},   {"continue", Role::silent}};
  if (code.empty() || code.starts_with("/*")) return Role::silent;
  const std::string_view word = first_word(code);
  for (const Row& row : rows) {
    if (word == row.word) return row.role;
  }
  const std::size_t assigned = code.find('=');  // $x := …, $x = …
  const bool assigns = code.starts_with('$') && assigned != std::string_view::npos &&
                       code.find_first_of("|(\"") > assigned && !code.substr(assigned).starts_with("==");
  return assigns ? Role::silent : Role::writes;
}

// The first text in quotes.
std::string quoted_in(std::string_view code) {
  const std::size_t begin = code.find('"');
  if (begin == std::string_view::npos) return {};
  const std::size_t end = code.find('"', begin + 1);
  return end == std::string_view::npos ? std::string{} : std::string(code.substr(begin + 1, end - begin - 1));
}

// `include "name"` or `template "name"`.
std::string included_by(std::string_view code) {
  while (code.starts_with('(')) code = trimmed(code.substr(1));
  const std::string_view word = first_word(code);
  return word == "include" || word == "template" ? quoted_in(code) : std::string{};
}

// The number behind `nindent` or `indent`.
std::int32_t indentation_in(std::string_view code) {
  const std::size_t at = code.rfind("indent ");
  if (at == std::string_view::npos) return -1;
  const std::string_view digits = code.substr(at + 7);
  std::int32_t number = -1;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

class TemplateReader {
 public:
  TemplateReader(std::string_view text, std::uint32_t file) : text_(text), file_(file) {}

  TemplateText read() && {
    begin_line();
    for (std::size_t at = 0; at < text_.size();) {
      const std::size_t action = std::min(text_.find("{{", at), text_.size());
      read_literal(text_.substr(at, action - at));
      if (action == text_.size()) break;
      at = end_of_action(text_, action);
      read_action(text_.substr(action, at - action));
    }
    end_line();
    while (!open_.empty()) close();
    return std::move(result_);
  }

 private:
  void read_literal(std::string_view text) {
    for (std::size_t begin = 0;;) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      add_literal(text.substr(begin, end - begin));
      if (end == text.size()) return;
      next_line(1);
      begin = end + 1;
    }
  }

  void add_literal(std::string_view text) {
    if (at_begin_) {
      const std::size_t blank = std::min(text.find_first_not_of(blanks), text.size());
      line_.indent += static_cast<std::uint32_t>(blank);
      text.remove_prefix(blank);
    }
    if (text.empty()) return;
    at_begin_ = false;
    has_text_ |= !trimmed(text).empty();
    if (after_action_ || line_.literals.empty()) {
      line_.literals.emplace_back(text);
    } else {
      line_.literals.back() += text;
    }
    after_action_ = false;
  }

  void read_action(std::string_view action) {
    const std::string_view code = inside(action);
    const Role role = role_of_action(code);
    const auto lines = static_cast<std::uint32_t>(std::ranges::count(action, '\n'));
    if (role == Role::writes) {
      note_writing(code);
    } else {
      note_control(role, code);
    }
    // A line that only opens or closes a block has no text of its own.
    if (at_begin_ && role == Role::writes) line_.begins_with_action = true;
    if (role == Role::writes) at_begin_ = false;
    after_action_ = !line_.literals.empty();
    line_.ends_with_action = true;
    if (lines > 0) number_ += lines;
  }

  void note_writing(std::string_view code) {
    has_text_ = true;
    line_.writes = true;
    line_.moved_to = indentation_in(code);
    line_.included = included_by(code);
  }

  void note_control(Role role, std::string_view code) {
    switch (role) {
      case Role::loop: return open(TemplateEvent::Type::open_loop);
      case Role::branch: return open(TemplateEvent::Type::open_branch);
      case Role::define: return begin_define(quoted_in(code));
      case Role::end: return close();
      default: return;
    }
  }

  // Text of a line that stands before the block is no part of it.
  void open(TemplateEvent::Type type) {
    if (has_text_) {
      pending_.push_back({type});
    } else {
      events().push_back({type});
    }
    open_.push_back({.define = {}});
  }

  void begin_define(std::string name) {
    flush_line();
    open_.push_back({.define = name, .is_define = true});
    defines_.push_back(std::move(name));
  }

  void close() {
    if (open_.empty()) return;
    const bool ends_define = open_.back().is_define;
    open_.pop_back();
    if (ends_define) {
      flush_line();
      defines_.pop_back();
    } else if (has_text_) {
      pending_.push_back({TemplateEvent::Type::close});
    } else {
      events().push_back({TemplateEvent::Type::close});
    }
  }

  TemplateEvents& events() { return defines_.empty() ? result_.events : result_.defines[defines_.back()]; }

  void begin_line() {
    line_ = {};
    line_.file = file_;
    line_.line = number_;
    at_begin_ = true;
    has_text_ = after_action_ = false;
  }

  void next_line(std::uint32_t lines) {
    end_line();
    number_ += lines;
    begin_line();
  }

  void flush_line() {
    if (has_text_) end_line();
    begin_line();
  }

  void end_line() {
    if (has_text_) {
      if (!after_action_ && !line_.literals.empty()) {
        std::string& last = line_.literals.back();
        last.erase(last.find_last_not_of(blanks) + 1);
        line_.ends_with_action = false;
      }
      std::erase_if(line_.literals, [](const std::string& literal) { return literal.empty(); });
      events().push_back({TemplateEvent::Type::line, std::move(line_)});
    }
    std::ranges::move(pending_, std::back_inserter(events()));
    pending_.clear();
  }

  struct Block {
    std::string define;
    bool is_define = false;
  };

  std::string_view text_;
  std::uint32_t file_;
  TemplateText result_;
  std::uint32_t number_ = 1;
  TemplateLine line_;
  bool at_begin_ = true, has_text_ = false, after_action_ = false;
  std::vector<TemplateEvent> pending_;  // blocks opened or closed behind the text of the line
  std::vector<Block> open_;
  std::vector<std::string> defines_;
};

}  // namespace

TemplateText read_template(std::string_view text, std::uint32_t file) {
  return TemplateReader(text, file).read();
}

}  // namespace kastell::collect
