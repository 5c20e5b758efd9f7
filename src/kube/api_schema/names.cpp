#include "kube/api_schema/names.h"

#include <algorithm>
#include <ranges>
#include <tuple>

namespace kastell::kube::api_schema {

std::optional<Word> find_word(const Tables& tables, std::string_view text) {
  const auto numbers = std::views::iota(std::size_t{0}, tables.word_starts.size() - 1);
  const auto text_of = [&](std::size_t number) { return tables.word(static_cast<Word>(number)); };
  const auto at = std::ranges::lower_bound(numbers, text, {}, text_of);
  if (at == numbers.end() || text_of(*at) != text) return std::nullopt;
  return static_cast<Word>(*at);
}

namespace {

template <typename Row>
std::span<const Row> find_rows(const Tables& tables, std::span<const Row> rows, std::string_view api_version,
                               std::string_view kind) {
  const auto version_word = find_word(tables, api_version), kind_word = find_word(tables, kind);
  if (!version_word || !kind_word) return {};
  const auto key_of = [](const Row& row) { return std::pair(row.api_version, row.kind); };
  const auto found = std::ranges::equal_range(rows, std::pair(*version_word, *kind_word), {}, key_of);
  return {found.begin(), found.end()};
}

}  // namespace

const ApiKind* find_kind(const Tables& tables, std::string_view api_version, std::string_view kind,
                         std::uint8_t minor) {
  const auto rows = find_rows(tables, tables.kinds, api_version, kind);
  for (const ApiKind& row : rows) {
    if (row.since <= minor && minor <= row.until) return &row;
  }
  return rows.empty() ? nullptr : &rows.back();
}

std::optional<std::uint16_t> find_structure(const Tables& tables, std::string_view name) {
  const auto word = find_word(tables, name);
  for (std::size_t i = 0; word && i < tables.types.size(); ++i) {
    if (tables.types[i].shape == Shape::structure && tables.types[i].name == *word)
      return static_cast<std::uint16_t>(i);
  }
  return std::nullopt;
}

const Field* find_field(const Tables& tables, const Type& type, Word name, std::uint8_t minor) {
  const auto fields = tables.fields.subspan(type.first, type.count);
  for (const Field& field : std::ranges::equal_range(fields, name, {}, &Field::name)) {
    if (field.since <= minor && minor <= field.until) return &field;
  }
  return nullptr;
}

const Lifecycle* find_lifecycle(const Tables& tables, std::string_view api_version, std::string_view kind) {
  const auto rows = find_rows(tables, tables.lifecycles, api_version, kind);
  return rows.empty() ? nullptr : rows.data();
}

}  // namespace kastell::kube::api_schema
