#include "kube/api_schema/custom.h"

#include "kube/api_schema/defined_type.h"

namespace kastell::kube {

using document::Node;

namespace {

class Reader {
 public:
  explicit Reader(SymbolTable& symbols) : symbols_(symbols) {}

  const Node* member(const Node* object, std::string_view key) const {
    return object == nullptr ? nullptr : object->find(symbols_.intern(key));
  }
  std::string text(const Node* object, std::string_view key) const {
    const Node* value = member(object, key);
    return std::string(value == nullptr ? std::string_view{} : value->as_string());
  }

 private:
  SymbolTable& symbols_;
};

bool says(const Node* value, bool answer) {
  return value != nullptr && value->kind == document::Kind::boolean && value->boolean == answer;
}

}  // namespace

void CustomSchemas::add(const Node& definition) {
  const Reader reader(symbols_);
  const Node* spec = reader.member(&definition, "spec");
  const Node* versions = reader.member(spec, "versions");
  // Of preserveUnknownFields nothing is pruned; only version v1beta1 of definitions could say so.
  if (versions == nullptr || says(reader.member(spec, "preserveUnknownFields"), true)) return;
  for (const Node& version : versions->as_list()) {
    const Node* schema = reader.member(reader.member(&version, "schema"), "openAPIV3Schema");
    if (schema == nullptr || !schema->is_object()) continue;
    const Served served{reader.text(spec, "group"), reader.text(&version, "name"),
                        reader.text(reader.member(spec, "names"), "kind"),
                        reader.text(reader.member(spec, "names"), "plural")};
    schemas_[served.group + "/" + served.version + " " + served.kind] = schema;
    if (!says(reader.member(&version, "served"), false)) served_.push_back(served);
  }
}

ApiType CustomSchemas::type_of(std::string_view api_version, std::string_view kind, std::uint8_t minor) const {
  const Node* schema = find(api_version, kind);
  if (schema == nullptr) return {ApiType::custom_number, minor};
  ApiType type{
      .number = ApiType::defined_number, .minor = minor, .is_resource = true, .schema = schema, .schemas = this};
  type.is_open = api_schema::says(type, words_.keeps_unknown_fields);
  return type;
}

const Node* CustomSchemas::find(std::string_view api_version, std::string_view kind) const {
  if (schemas_.empty()) return nullptr;
  const auto found = schemas_.find(std::string(api_version) + " " + std::string(kind));
  return found == schemas_.end() ? nullptr : found->second;
}

}  // namespace kastell::kube
