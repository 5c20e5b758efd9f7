#include "collect/render/alignment.h"

#include <algorithm>
#include <limits>

namespace kastell::collect {

namespace {

constexpr float never = std::numeric_limits<float>::infinity();

// What a line of output costs on a line of the template.
constexpr float by_part_of_text = 0.3F;  // literal text around what actions wrote
constexpr float by_first_text = 1.0F;    // only how it begins
constexpr float by_little_text = 1.2F;   // "- ", ": "
constexpr float by_action = 1.6F;        // no literal text at all
constexpr float going_on = 1.5F;         // a further line of what an action writes
constexpr float unexplained = 5.0F;
constexpr float other_indentation = 0.4F;
constexpr float less_indented = 0.8F;  // than what the action moves its text to
constexpr float loop_again = 0.1F;

struct OutputLine {
  std::string_view text;  // without indentation and trailing blanks; empty for a blank line
  std::int32_t indent = 0;
};

std::vector<OutputLine> lines_of(std::string_view output) {
  std::vector<OutputLine> lines;
  for (std::size_t begin = 0; begin < output.size();) {
    const std::size_t end = std::min(output.find('\n', begin), output.size());
    std::string_view text = output.substr(begin, end - begin);
    const std::size_t indent = std::min(text.find_first_not_of(' '), text.size());
    text.remove_prefix(indent);
    text = text.substr(0, text.find_last_not_of(" \t\r") + 1);
    lines.push_back({text, static_cast<std::int32_t>(indent)});
    begin = end + 1;
  }
  return lines;
}

std::string_view without_trailing_blanks(std::string_view text) {
  return text.substr(0, text.find_last_not_of(" \t") + 1);
}

// The texts in order, with anything between them.
bool fits_all(const TemplateLine& line, std::string_view text) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < line.literals.size(); ++i) {
    const bool last = i + 1 == line.literals.size();
    const std::string_view literal = last ? without_trailing_blanks(line.literals[i]) : line.literals[i];
    if (i == 0 && !line.begins_with_action) {
      if (!text.starts_with(literal)) return false;
      at = literal.size();
      if (last && !line.ends_with_action) return at == text.size();
    } else if (last && !line.ends_with_action) {
      return text.size() >= at + literal.size() && text.ends_with(literal);
    } else {
      at = text.find(literal, at);
      if (at == std::string_view::npos) return false;
      at += literal.size();
    }
  }
  return true;
}

bool says_little(std::string_view literal) {
  return literal.find_first_not_of(" -:\"'{}[],.") == std::string_view::npos;
}

float cost_of_text(const TemplateLine& line, std::string_view text) {
  if (line.literals.empty()) return line.writes ? by_action : never;
  const bool little = std::ranges::all_of(line.literals, says_little);
  if (fits_all(line, text)) {
    if (!line.writes && line.literals.size() == 1 && line.literals.front() == text) return 0;
    return little ? by_little_text : by_part_of_text;
  }
  const std::string_view first = without_trailing_blanks(line.literals.front());
  return !little && !line.begins_with_action && text.starts_with(first) ? by_first_text : never;
}

float cost_of(const FlowLine& flow, const OutputLine& output) {
  const float cost = cost_of_text(flow.line, output.text);
  const bool own_text = !flow.line.literals.empty();
  if (cost == never || flow.shift < 0 || !own_text) return cost;
  const std::int32_t expected = static_cast<std::int32_t>(flow.line.indent) + flow.shift;
  return expected == output.indent ? cost : cost + other_indentation;
}

float cost_of_going_on(const FlowLine& flow, const OutputLine& output) {
  if (!flow.line.writes) return unexplained;
  const std::int32_t least = flow.line.moved_to >= 0 ? flow.line.moved_to : static_cast<std::int32_t>(flow.line.indent);
  return going_on + (output.indent < least + std::max(flow.shift, 0) ? less_indented : 0);
}

struct Origin {
  float cost = never;
  std::uint32_t from = 0;
};

void improve(Origin& best, float cost, std::uint32_t from) {
  if (cost < best.cost) best = {cost, from};
}

class Aligner {
 public:
  Aligner(const TemplateFlow& flow, std::vector<OutputLine> output)
      : flow_(flow), output_(std::move(output)), count_(flow.lines.size()), weight_before_(count_ + 1, 0) {
    for (std::size_t t = 0; t < count_; ++t) weight_before_[t + 1] = weight_before_[t] + flow.lines[t].weight;
  }

  std::vector<AlignedLine> run() && {
    for (const OutputLine& line : output_) {
      if (line.text.empty()) continue;
      costs_.empty() ? begin(line) : step(line);
    }
    return trace();
  }

 private:
  float between(std::size_t from, std::size_t to) const { return weight_before_[to] - weight_before_[from]; }

  // A document may begin behind any `---`.
  void begin(const OutputLine& line) {
    costs_.assign(count_, never);
    std::size_t document = 0;
    for (std::size_t t = 0; t < count_; ++t) {
      costs_[t] = cost_of(flow_.lines[t], line) + between(document, t);
      if (costs_[t] == never) costs_[t] = unexplained + between(document, t);
      if (flow_.lines[t].line.is_separator()) document = t + 1;
    }
    steps_.emplace_back();
  }

  void step(const OutputLine& line) {
    const std::vector<Origin> loops = ends_of_loops();
    std::vector<float> next(count_, never);
    std::vector<std::uint32_t> back(count_, 0);
    Origin before;  // the cheapest line above, with what lies between still to be added
    for (std::size_t t = 0; t < count_; ++t) {
      const Origin from = best_origin(t, before, loops);
      const float fresh = from.cost == never ? never : from.cost + cost_of(flow_.lines[t], line);
      const float stay = costs_[t] + cost_of_going_on(flow_.lines[t], line);
      next[t] = std::min(fresh, stay);
      back[t] = fresh <= stay ? from.from << 1 | 1U : static_cast<std::uint32_t>(t) << 1;
      improve(before, costs_[t] - weight_before_[t + 1], static_cast<std::uint32_t>(t));
    }
    costs_ = std::move(next);
    steps_.push_back(std::move(back));
  }

  // For each loop, the cheapest of its lines with what is left out until its end.
  std::vector<Origin> ends_of_loops() const {
    std::vector<Origin> ends(flow_.loops.size());
    for (std::size_t l = 0; l < ends.size(); ++l) {
      const FlowLoop& loop = flow_.loops[l];
      for (std::size_t t = loop.begin; t < loop.end; ++t) {
        improve(ends[l], costs_[t] + between(t + 1, loop.end), static_cast<std::uint32_t>(t));
      }
    }
    return ends;
  }

  Origin best_origin(std::size_t t, const Origin& before, const std::vector<Origin>& loops) const {
    Origin best{before.cost == never ? never : before.cost + weight_before_[t], before.from};
    for (std::int32_t l = flow_.lines[t].loop; l >= 0; l = flow_.loops[static_cast<std::size_t>(l)].parent) {
      const Origin& end = loops[static_cast<std::size_t>(l)];
      const float again = loop_again + between(flow_.loops[static_cast<std::size_t>(l)].begin, t);
      improve(best, end.cost + again, end.from);
    }
    return best;
  }

  // What is left out until the document's end counts as well.
  std::size_t cheapest_end() const {
    std::size_t best = 0;
    float cost = never, left = 0;
    for (std::size_t t = count_; t-- > 0;) {
      if (flow_.lines[t].line.is_separator()) left = 0;
      if (costs_[t] + left < cost) best = t, cost = costs_[t] + left;
      if (!flow_.lines[t].line.is_separator()) left += flow_.lines[t].weight;
    }
    return best;
  }

  std::vector<AlignedLine> trace() const {
    std::vector<AlignedLine> aligned(output_.size());
    if (steps_.empty()) return {};
    std::size_t t = cheapest_end();
    std::size_t step = steps_.size();
    for (std::size_t r = output_.size(); r-- > 0;) {
      aligned[r] = {t, false};
      if (output_[r].text.empty() || step == 0) continue;
      --step;
      const bool fresh = step == 0 || (steps_[step][t] & 1U) != 0;
      aligned[r].exact =
          fresh && cost_of(flow_.lines[t], output_[r]) < by_action && !flow_.lines[t].line.literals.empty();
      if (step > 0) t = steps_[step][t] >> 1;
    }
    return aligned;
  }

  const TemplateFlow& flow_;
  const std::vector<OutputLine> output_;
  const std::size_t count_;
  std::vector<float> weight_before_;
  std::vector<float> costs_;                       // of the likeliest way that ends in each line
  std::vector<std::vector<std::uint32_t>> steps_;  // per line of output: where it came from, and whether it went on
};

}  // namespace

namespace {

std::size_t steps_per_line(const TemplateFlow& flow) {
  std::size_t steps = flow.lines.size();
  for (const FlowLoop& loop : flow.loops) steps += 2 * (loop.end - loop.begin) + 1;
  return steps;
}

}  // namespace

std::vector<AlignedLine> align(const TemplateFlow& flow, std::string_view output) {
  std::vector<OutputLine> lines = lines_of(output);
  if (flow.lines.empty() || lines.empty() || steps_per_line(flow) > most_compared_lines / lines.size()) return {};
  return Aligner(flow, std::move(lines)).run();
}

}  // namespace kastell::collect
