#include "admission/decide/annotations.h"

#include <algorithm>

#include "admission/evaluate/limits.h"
#include "base/ascii.h"

namespace kastell::admission {

namespace {

constexpr std::string_view failure_key = "validation.policy.admission.k8s.io/validation_failure";

// RFC 1123, as Kubernetes checks the prefix of a qualified name.
bool is_subdomain(std::string_view text) {
  if (text.empty() || text.size() > 253) return false;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('.', begin), text.size());
    const std::string_view label = text.substr(begin, end - begin);
    const auto is_allowed = [](char c) { return is_lower_alphanumeric(c) || c == '-'; };
    if (label.empty() || !is_lower_alphanumeric(label.front()) || !is_lower_alphanumeric(label.back()) ||
        !std::ranges::all_of(label, is_allowed)) {
      return false;
    }
    begin = end + 1;
  }
  return true;
}

bool is_name_part(std::string_view text) {
  const auto is_allowed = [](char c) { return is_alphanumeric(c) || c == '-' || c == '_' || c == '.'; };
  return !text.empty() && text.size() <= 63 && is_alphanumeric(text.front()) && is_alphanumeric(text.back()) &&
         std::ranges::all_of(text, is_allowed);
}

// JSON as Go's encoder writes it: also safe inside HTML.
void append_go_json(std::string& out, std::string_view text) {
  static constexpr char digits[] = "0123456789abcdef";
  out += '"';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool is_line_separator = text.substr(i).starts_with("\u2028") || text.substr(i).starts_with("\u2029");
    if (is_line_separator) {
      out += text[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
      i += 2;
    } else if (c == '"' || c == '\\') {
      out.append({'\\', c});
    } else if (c == '\n' || c == '\r' || c == '\t' || c == '\b' || c == '\f') {
      out.append({'\\', c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\t' ? 't' : c == '\b' ? 'b' : 'f'});
    } else if (static_cast<unsigned char>(c) < 0x20 || c == '<' || c == '>' || c == '&' || c == 0x7f) {
      if (c == 0x7f) {
        out += c;
        continue;
      }
      out.append({'\\', 'u', '0', '0', digits[static_cast<unsigned char>(c) >> 4U], digits[c & 0xF]});
    } else {
      out += c;
    }
  }
  out += '"';
}

void set(AnnotationCollector::Annotations& annotations, std::string key, std::string value) {
  const auto at = std::ranges::lower_bound(annotations, key, {}, &std::pair<std::string, std::string>::first);
  if (at != annotations.end() && at->first == key) {
    at->second = std::move(value);
  } else {
    annotations.insert(at, {std::move(key), std::move(value)});
  }
}

}  // namespace

bool is_annotation_key(std::string_view key) {
  const auto slash = key.find('/');
  return slash != std::string_view::npos && is_subdomain(key.substr(0, slash)) && is_name_part(key.substr(slash + 1));
}

void AnnotationCollector::add(std::string_view key, std::string_view value) {
  auto known = std::ranges::find(values_, key, &std::pair<std::string, std::vector<std::string>>::first);
  if (known == values_.end()) known = values_.insert(known, {std::string(key), {}});
  if (std::ranges::find(known->second, value) == known->second.end()) known->second.emplace_back(value);
}

void AnnotationCollector::publish(std::string_view policy, Annotations& into) const {
  for (const auto& [key, values] : values_) {
    std::string full = std::string(policy) + '/' + key;
    if (!is_annotation_key(full)) continue;
    std::string joined;
    for (const std::string& value : values) joined.append(&value == values.data() ? "" : ", ").append(value);
    set(into, std::move(full), std::move(joined));
  }
}

void publish_failures(std::span<const AuditedFailure> failures, AnnotationCollector::Annotations& into) {
  if (failures.empty()) return;
  std::string text;
  for (const AuditedFailure& failure : failures.first(std::min(failures.size(), most_published_failures))) {
    text += text.empty() ? "[{\"message\":" : ",{\"message\":";
    append_go_json(text, failure.message);
    text += ",\"policy\":";
    append_go_json(text, failure.policy);
    text += ",\"binding\":";
    append_go_json(text, failure.binding);
    text += ",\"expressionIndex\":" + std::to_string(failure.index) + ",\"validationActions\":[";
    for (const Action& action : failure.actions) {
      if (&action != failure.actions.data()) text += ',';
      append_go_json(text, name_of(action));
    }
    text += "]}";
  }
  set(into, std::string(failure_key), text + ']');
}

}  // namespace kastell::admission
