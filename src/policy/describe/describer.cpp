// What a report shows of a finding: the subject is made again, and its field followed to where it was written.

#include "kube/shown_value.h"
#include "policy/describe/message.h"
#include "policy/describe/scratch.h"
#include "policy/describe/undecided.h"

namespace kastell::policy {

using document::Node;
using document::Path;

namespace {

constexpr std::size_t longest_value = 80;  // bytes shown in a message

std::size_t cut_at_code_point(std::string_view text, std::size_t size) {
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return size;
}

std::string value_text(const Node* value, const SymbolTable& symbols) {
  if (value == nullptr) return "(not set)";
  std::string text;
  if (value->is_string()) {
    text = value->as_string();
  } else {
    kube::append_shown_json(text, *value, symbols, longest_value);
  }
  if (text.size() > longest_value) text = text.substr(0, cut_at_code_point(text, longest_value)) + "…";
  return text;
}

// A schema may speak of the object as a whole.
std::string_view field_text(const Rule& rule, std::string_view field) {
  return rule.scope == Scope::field && field.empty() ? "the object" : field;
}

}  // namespace

Describer::Describer(const ScanResult& result)
    : result_(result), scratch_(std::make_unique<Scratch>(result)), detail_{} {}
Describer::~Describer() = default;

void Describer::Scratch::tell(FindingDetail& detail) {
  const Control& control = *result.controls[finding->control];
  const kube::FieldProblem* problem = field_problem();
  detail.message.clear();
  if (finding->verdict == Verdict::not_evaluated || finding->verdict == Verdict::error) {
    return append_undecided(detail, finding->verdict, control);
  }
  // What is known of no schema has no field of which to say anything.
  if (rule->scope == Scope::field && (problem == nullptr || problem->explanation.empty())) {
    detail.message = control.title;
    return;
  }
  const std::string value = value_text(refused != nullptr ? refused : detail.value, snapshot.symbols());
  append_message(detail.message, rule->message,
                 {detail.container, field_text(*rule, detail.field), value, subject_name(), object->kind,
                  object->effective_namespace(), problem == nullptr ? std::string_view{} : problem->explanation});
  append_also(detail.message, detail.also);
  if (is_at_key) {
    detail.message += "; it stands in the text of that key, whose lines are not known, for it is no literal block";
  }
}

const FindingDetail& Describer::describe(const Finding& finding) {
  if (const UnseenResource* unseen = result_.unseen_of(finding)) return describe_unseen(finding, *unseen);
  if (const ExceptionUse* use = result_.exception_of(finding)) return describe_exception(finding, *use);
  Scratch& scratch = *scratch_;
  scratch.find(finding);
  const Path path = scratch.path();
  const kube::ContainerView* container = scratch.container();
  detail_.object = scratch.object;
  detail_.source = &result_.snapshot->source_of(*scratch.object);
  detail_.container = scratch.container_text;
  detail_.container_type = container == nullptr ? std::string_view{} : kube::name_of(container->type);
  detail_.reason = result_.reasons[finding.reason];
  scratch.place(detail_, path);
  detail_.also.clear();
  for (const Path& one : scratch.further_paths()) {
    detail_.also.push_back(document::to_string(one, result_.snapshot->symbols()));
  }
  scratch.tell(detail_);
  return detail_;
}

}  // namespace kastell::policy
