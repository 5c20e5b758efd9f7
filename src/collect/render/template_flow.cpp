#include "collect/render/template_flow.h"

namespace kastell::collect {

namespace {

constexpr unsigned deepest_include = 8;
constexpr std::size_t most_lines = 20'000;

// What it costs to assume that a line wrote nothing.
constexpr float always_written = 1.0F;
constexpr float may_be_empty = 0.05F;
constexpr float in_a_branch = 0.02F;
constexpr float in_an_include = 0.002F;
constexpr float document_end = 50.0F;

class FlowMaker {
 public:
  explicit FlowMaker(const Defines& defines) : defines_(defines) {}

  // Recursion is bounded by deepest_include.
  void add(const TemplateEvents& events, unsigned depth, std::int32_t shift) {
    std::vector<bool> is_loop;
    for (const TemplateEvent& event : events) {
      switch (event.type) {
        case TemplateEvent::Type::line: add_line(event.line, depth, shift); break;
        case TemplateEvent::Type::open_loop: open_loop(is_loop); break;
        case TemplateEvent::Type::open_branch:
          is_loop.push_back(false);
          ++optional_;
          break;
        case TemplateEvent::Type::close: close(is_loop); break;
      }
    }
    while (!is_loop.empty()) close(is_loop);
  }

  TemplateFlow take() && { return std::move(flow_); }

 private:
  void open_loop(std::vector<bool>& is_loop) {
    is_loop.push_back(true);
    ++optional_;
    flow_.loops.push_back({.begin = flow_.lines.size(), .end = 0, .parent = loop_});
    loop_ = static_cast<std::int32_t>(flow_.loops.size()) - 1;
  }

  void close(std::vector<bool>& is_loop) {
    if (is_loop.empty()) return;
    if (is_loop.back()) {
      FlowLoop& loop = flow_.loops[static_cast<std::size_t>(loop_)];
      loop.end = flow_.lines.size();
      loop_ = loop.parent;
    }
    --optional_;
    is_loop.pop_back();
  }

  float weight_of(const TemplateLine& line, unsigned depth) const {
    if (line.is_separator()) return document_end;
    if (depth > 0) return in_an_include;
    if (optional_ > 0) return in_a_branch;
    return line.literals.empty() ? may_be_empty : always_written;
  }

  void add_line(const TemplateLine& line, unsigned depth, std::int32_t shift) {
    if (flow_.lines.size() >= most_lines) return;
    flow_.lines.push_back({line, shift, loop_, weight_of(line, depth)});
    // What is included within a line (`name: {{ include … }}`) has no lines of its own.
    const bool alone = line.literals.empty() || line.moved_to >= 0;
    const auto body = line.included.empty() || !alone ? defines_.end() : defines_.find(line.included);
    if (body == defines_.end() || depth == deepest_include) return;
    const std::int32_t moved = line.moved_to >= 0 ? line.moved_to : static_cast<std::int32_t>(line.indent);
    add(*body->second, depth + 1, shift < 0 ? -1 : shift + moved);
  }

  const Defines& defines_;
  TemplateFlow flow_;
  std::int32_t loop_ = -1;
  unsigned optional_ = 0;  // branches and loops around
};

}  // namespace

TemplateFlow flow_of(const TemplateEvents& events, const Defines& defines) {
  FlowMaker maker(defines);
  maker.add(events, 0, 0);
  return std::move(maker).take();
}

}  // namespace kastell::collect
