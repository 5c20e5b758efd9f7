// Part of the build: reads the tables of Kubernetes' schemas and lays them out as arrays
// (src/kube/api_schema/tables.h).
//
// usage: kastell_schema_image OUTPUT SCHEMAS LIFECYCLE DEFAULTS
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iomanip>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

namespace {

struct Span {
  int since, until;
};
struct FieldRow {
  std::string name, type;
  Span span;
  bool demanded;
  std::string held;
};
struct DefaultRow {
  std::string type, field, below, value, condition;
  Span span;
};
struct KindRow {
  std::string api_version, kind, type;
  Span span;
};
struct LifecycleRow {
  std::string api_version, kind, introduced, deprecated, removed, new_version, new_kind;
};

int fail(const std::string& message) {
  std::fputs((message + "\n").c_str(), stderr);
  return 1;
}

int minor_of(const std::string& text) {
  return text == "-" ? 0 : std::stoi(text.substr(text.find('.') + 1));
}

const std::map<std::string, std::string> plain_shapes = {
    {"any", "any"},         {"object", "object"},     {"string", "string"},
    {"boolean", "boolean"}, {"int32", "int32"},       {"int64", "int64"},
    {"number", "number"},   {"quantity", "quantity"}, {"int-or-string", "int_or_string"},
    {"bytes", "bytes"},     {"time", "time"},         {"micro-time", "micro_time"}};
// By the marks behind a field's name.
const std::map<std::string, std::string> held_when_empty = {
    {"", "as_given"}, {"?", "vanishes"}, {"=", "written"}, {"^", "null"}};

class Image {
 public:
  bool read(const char* path) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
      if (!line.starts_with('#')) read_line(line);
    }
    return file.eof();
  }

  std::string write() {
    collect_words();
    for (const auto& [name, rows] : structures_) number_of_type(name);
    for (const auto& [name, rows] : structures_) lay_out_fields(name, rows);
    lay_out_structures();
    lay_out_defaults();
    std::ostringstream out;
    out << "// Made by tools/schema_image.cpp; do not edit.\n#include \"kube/api_schema/tables.h\"\n\n"
           "namespace kastell::kube::api_schema {\n\nnamespace {\n";
    write_array(out, "Type", "types", type_texts_);
    write_array(out, "Field", "fields", fields_);
    write_array(out, "Word", "values", values_);
    write_array(out, "ListKey", "keys", keys_);
    write_array(out, "ApiKind", "kinds", kind_texts());
    write_array(out, "Lifecycle", "lifecycles", lifecycle_texts());
    write_array(out, "Default", "defaults", default_texts_);
    write_words(out);
    out << "}  // namespace\n\nTables tables() {\n  return {" << oldest_ << ", " << newest_
        << ", types, fields, values, keys, kinds, lifecycles, defaults, word_starts, text};\n}\n\n"
           "}  // namespace kastell::kube::api_schema\n";
    return out.str();
  }

 private:
  void read_line(const std::string& line) {
    std::istringstream stream(line);
    const std::vector<std::string> words{std::istream_iterator<std::string>(stream), {}};
    if (words.empty()) return;
    if (line.starts_with("  ")) {
      read_field(words);
    } else if (words[0] == "versions") {
      oldest_ = minor_of(words[1]);
      newest_ = minor_of(words[2]);
    } else if (words[0] == "kind") {
      kinds_.push_back({words[1], words[2], words[3], span_of(words, 4)});
    } else if (words[0] == "lifecycle") {
      lifecycles_.push_back({words[1], words[2], words[3], words[4], words[5], words[6] == "-" ? "" : words[6],
                             words[6] == "-" ? "" : words[7]});
    } else if (words[0] == "type") {
      structure_ = words[1];
      structures_[structure_];
    } else {
      read_default(words);
    }
  }

  // "name!?", type, "=default" if there is one, minors if they are not all.
  void read_field(const std::vector<std::string>& words) {
    const std::size_t marks = std::min(words[0].find_first_of("!?=^"), words[0].size());
    const std::string name = words[0].substr(0, marks);
    const bool demanded = words[0].substr(marks).starts_with('!');
    const std::string held = words[0].substr(marks + (demanded ? 1 : 0));
    const bool has_default = words.size() > 2 && words[2].starts_with('=');
    const Span span = span_of(words, has_default ? 3 : 2);
    structures_[structure_].push_back({name, words[1], span, demanded, held_when_empty.at(held)});
    if (has_default) defaults_.push_back({structure_, name, "", words[2].substr(1), "", span});
  }

  // type, field, value, "if" and a condition if there is one, minors if they are not all.
  void read_default(const std::vector<std::string>& words) {
    const std::size_t dot = std::min(words[1].find('.'), words[1].size());
    const bool has_condition = words.size() > 3 && words[3] == "if";
    defaults_.push_back({words[0], words[1].substr(0, dot), words[1].substr(std::min(dot + 1, words[1].size())),
                         words[2], has_condition ? words[4] : "", span_of(words, has_condition ? 5 : 3)});
  }

  Span span_of(const std::vector<std::string>& words, std::size_t at) const {
    if (words.size() <= at) return {oldest_, newest_};
    const std::size_t dash = words[at].find('-');
    const std::string until = words[at].substr(dash + 1);
    return {minor_of(words[at].substr(0, dash)), until.empty() ? newest_ : minor_of(until)};
  }

  static std::vector<std::string> values_of(const std::string& type) {
    std::istringstream inside(type.substr(5, type.size() - 6));
    std::vector<std::string> values;
    for (std::string value; std::getline(inside, value, '|'); values.push_back(value)) {
      std::ranges::replace(value, '~', ' ');
    }
    return values;
  }

  // What messages call a structure.
  static std::string last_part(const std::string& name) { return name.substr(name.rfind('.') + 1); }

  void collect_words() {
    std::set<std::string> all{""};
    for (const auto& [name, rows] : structures_) {
      all.insert(last_part(name));
      for (const FieldRow& row : rows) {
        all.insert(row.name);
        if (const auto at = row.type.find("enum("); at != std::string::npos) {
          for (const std::string& value : values_of(row.type.substr(at))) all.insert(value);
        }
      }
    }
    for (const KindRow& row : kinds_) {
      for (const std::string& word : {row.api_version, row.kind}) all.insert(word);
    }
    for (const DefaultRow& row : defaults_) {
      const auto [asked, wanted] = condition_of(row);
      for (const std::string& word : {row.field, row.below, row.value, asked, wanted}) all.insert(word);
    }
    for (const LifecycleRow& row : lifecycles_) {
      for (const std::string& word : {row.api_version, row.kind, row.new_version, row.new_kind}) all.insert(word);
    }
    words_.assign(all.begin(), all.end());
    for (std::size_t i = 0; i < words_.size(); ++i) numbers_[words_[i]] = i;
  }

  std::size_t number_of_type(const std::string& name) {
    if (const auto known = types_.find(name); known != types_.end()) return known->second;
    const std::size_t number = type_texts_.size();
    types_[name] = number;
    type_texts_.emplace_back();
    type_texts_[number] = type_text(name);
    return number;
  }

  std::string type_text(const std::string& name) {
    if (const auto plain = plain_shapes.find(name); plain != plain_shapes.end())
      return row({"Shape::" + plain->second});
    if (name.starts_with("enum(")) return enumeration_text(name);
    const std::string form = form_of(name);
    if (form.empty()) return "";  // a structure: laid out with its fields
    const std::string inside = name.substr(form.size());
    if (form.starts_with("[map:")) return keyed_list_text(form.substr(5, form.size() - 6), inside);
    const std::string merging = form.starts_with("[set")                  ? "set"
                                : form == "[]" || form.contains("atomic") ? "atomic"
                                                                          : "by_member";
    if (form[0] == '<') return plain_shapes.contains(inside) ? row({"Shape::" + plain_shapes.at(inside), merging}) : "";
    return row({form[0] == '[' ? "Shape::list" : "Shape::map", merging, 0, 0, 0, number_of_type(inside)});
  }

  std::string enumeration_text(const std::string& name) {
    const std::size_t first = values_.size();
    const auto values = values_of(name);
    for (const std::string& value : values) values_.push_back(std::to_string(numbers_.at(value)));
    return row({.shape = "Shape::enumeration", .first = first, .count = values.size()});
  }

  // keys: "containerPort=0,protocol=TCP"
  std::string keyed_list_text(const std::string& keys, const std::string& inside) {
    static const std::map<std::string, std::string> fallbacks = {{"", "empty"}, {"0", "zero"}, {"TCP", "tcp"}};
    const std::size_t first = keys_.size();
    std::istringstream stream(keys);
    for (std::string key; std::getline(stream, key, ',');) {
      const std::size_t sign = key.find('=');
      const std::string fallback = sign == std::string::npos ? "none" : fallbacks.at(key.substr(sign + 1));
      keys_.push_back("{" + std::to_string(numbers_.at(key.substr(0, sign))) + ", Fallback::" + fallback + "}");
    }
    return row({"Shape::list", "keyed", 0, keys_.size() - first, 0, number_of_type(inside), first});
  }

  // What a type begins with: "[]", "[set]", "[map:name=]", "{}", "{atomic}", "<atomic>", or nothing of them.
  static std::string form_of(const std::string& type) {
    return type.find_first_of("[{<") == 0 ? type.substr(0, type.find_first_of("]}>") + 1) : "";
  }

  struct Row {
    std::string shape, merging = "by_member";
    std::size_t demanded = 0, keys = 0, name = 0, first = 0, count = 0;
  };
  static std::string row(const Row& row) {
    std::string text = "{" + row.shape + ", Merging::" + row.merging;
    for (const std::size_t number : {row.demanded, row.keys, row.name, row.first, row.count}) {
      text += ", " + std::to_string(number);
    }
    return text + "}";
  }

  void lay_out_fields(const std::string& name, const std::vector<FieldRow>& rows) {
    const std::size_t first = fields_.size();
    std::size_t demanded = 0;
    for (const FieldRow& field : rows) {
      structures_.at(inner(field.type, name));  // there must be one
      fields_.push_back("{" + std::to_string(numbers_.at(field.name)) + ", " +
                        std::to_string(number_of_type(field.type)) + ", " + std::to_string(field.span.since) + ", " +
                        std::to_string(field.span.until) + ", " + (field.demanded ? "true" : "false") +
                        ", Held::" + field.held + "}");
      demanded += field.demanded ? 1 : 0;
    }
    laid_out_[name] = {"Shape::structure",    "by_member", demanded, 0, numbers_.at(last_part(name)), first,
                       fields_.size() - first};
  }

  // Replaced as a whole or not, a structure has the same fields.
  void lay_out_structures() {
    for (const auto& [type, number] : types_) {
      const std::string form = form_of(type);
      const auto found = laid_out_.find(type.substr(form.size()));
      if (found == laid_out_.end() || (!form.empty() && form[0] != '<')) continue;
      Row structure = found->second;
      if (!form.empty()) structure.merging = "atomic";
      type_texts_[number] = row(structure);
    }
  }

  // "!field", "field" or "field=text", perhaps with a dot before the field: the field and the text.
  static std::pair<std::string, std::string> condition_of(const DefaultRow& row) {
    const std::string text =
        row.condition.substr(std::min(row.condition.find_first_not_of("!."), row.condition.size()));
    const std::size_t sign = std::min(text.find('='), text.size());
    return {text.substr(0, sign), text.substr(std::min(sign + 1, text.size()))};
  }

  // By the number of the type, and of each in the order in which they were read.
  void lay_out_defaults() {
    std::map<std::size_t, std::vector<std::string>> by_type;
    for (const DefaultRow& row : defaults_) {
      for (const auto& [type, number] : types_) {
        if (type.substr(form_of(type).size()) == row.type && !type_texts_[number].starts_with("{Shape::list") &&
            !type_texts_[number].starts_with("{Shape::map")) {
          by_type[number].push_back(default_text(number, row));
        }
      }
    }
    for (const auto& [number, texts] : by_type) default_texts_.insert(default_texts_.end(), texts.begin(), texts.end());
  }

  std::string default_text(std::size_t type, const DefaultRow& row) const {
    const auto [asked, wanted] = condition_of(row);
    std::string text = "{" + std::to_string(type);
    for (const std::string& word : {row.field, row.below, row.value, asked, wanted}) {
      text += ", " + std::to_string(numbers_.at(word));
    }
    text += row.condition.starts_with('!') ? ", true" : ", false";
    text += row.condition.find_first_of(".") <= 1 ? ", true, " : ", false, ";
    return text + std::to_string(row.span.since) + ", " + std::to_string(row.span.until) + "}";
  }

  // The structure that a type leads to; of one that leads to none, `otherwise`.
  static std::string inner(std::string type, const std::string& otherwise) {
    for (std::string form = form_of(type); !form.empty(); form = form_of(type)) type = type.substr(form.size());
    return plain_shapes.contains(type) || type.starts_with("enum(") ? otherwise : type;
  }

  std::vector<std::string> kind_texts() {
    std::vector<std::string> texts;
    std::ranges::sort(kinds_, [](const KindRow& a, const KindRow& b) {
      return std::tie(a.api_version, a.kind, a.span.since) < std::tie(b.api_version, b.kind, b.span.since);
    });
    for (const KindRow& kind : kinds_) {
      texts.push_back("{" + std::to_string(numbers_.at(kind.api_version)) + ", " +
                      std::to_string(numbers_.at(kind.kind)) + ", " + std::to_string(types_.at(kind.type)) + ", " +
                      std::to_string(kind.span.since) + ", " + std::to_string(kind.span.until) + "}");
    }
    return texts;
  }

  std::vector<std::string> lifecycle_texts() {
    std::vector<std::string> texts;
    std::ranges::sort(lifecycles_, [](const LifecycleRow& a, const LifecycleRow& b) {
      return std::tie(a.api_version, a.kind) < std::tie(b.api_version, b.kind);
    });
    for (const LifecycleRow& one : lifecycles_) {
      std::string text = "{";
      for (const std::string& word : {one.api_version, one.kind}) text += std::to_string(numbers_.at(word)) + ", ";
      for (const std::string& minor : {one.introduced, one.deprecated, one.removed})
        text += std::to_string(minor_of(minor)) + ", ";
      texts.push_back(text + std::to_string(numbers_.at(one.new_version)) + ", " +
                      std::to_string(numbers_.at(one.new_kind)) + "}");
    }
    return texts;
  }

  static void write_array(std::ostream& out, const char* type, const char* name, const std::vector<std::string>& rows) {
    out << "constexpr " << type << " " << name << "[] = {\n";
    for (const std::string& text : rows) out << "    " << text << ",\n";
    out << "};\n";
  }

  void write_words(std::ostream& out) const {
    std::size_t start = 0;
    out << "constexpr std::uint32_t word_starts[] = {";
    for (const std::string& word : words_) {
      out << start << ", ";
      start += word.size();
    }
    out << start << "};\nconstexpr char text[] =\n";
    for (const std::string& word : words_) out << "    " << std::quoted(word) << "\n";
    out << "    ;\n";
  }

  int oldest_ = 0, newest_ = 0;
  std::string structure_;  // being read
  std::map<std::string, std::vector<FieldRow>> structures_;
  std::vector<KindRow> kinds_;
  std::vector<LifecycleRow> lifecycles_;
  std::vector<DefaultRow> defaults_;
  std::vector<std::string> words_;
  std::map<std::string, std::size_t> numbers_, types_;
  std::map<std::string, Row> laid_out_;  // structures
  std::vector<std::string> type_texts_, fields_, values_, keys_, default_texts_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) return fail("usage: kastell_schema_image OUTPUT SCHEMAS LIFECYCLE DEFAULTS");
  Image image;
  for (const char* path : {argv[2], argv[3], argv[4]}) {
    if (!image.read(path)) return fail(std::string("cannot read ") + path);
  }
  std::ofstream out(argv[1], std::ios::binary);
  out << image.write();
  return out.good() ? 0 : fail(std::string("cannot write ") + argv[1]);
}
