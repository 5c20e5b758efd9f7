#include "collect/render/rendered_objects.h"

#include <algorithm>

namespace kastell::collect {

namespace {

constexpr std::string_view source_comment = "\n# Source: ";

// What the nearest comment above says.
std::string_view source_before(std::string_view text, std::size_t offset) {
  const std::size_t at = text.rfind(source_comment, offset);
  if (at == std::string_view::npos) return {};
  const std::size_t begin = at + source_comment.size();
  return text.substr(begin, std::min(text.find('\n', begin), text.size()) - begin);
}

}  // namespace

RenderedObjects::RenderedObjects(const std::string& output, std::shared_ptr<SymbolTable> symbols)
    : symbols_(std::move(symbols)) {
  stream_ = document::parse(std::make_shared<const document::Source>("", output), *symbols_,
                            {.format = document::Format::yaml});
  std::map<std::pair<std::string, std::string>, std::size_t> numbers;
  for (const document::Document& document : stream_.documents) {
    const document::Node* kind = document.root.find(symbols::kind);
    std::string source(source_before(stream_.source->text(), document.offset));
    std::string name(kind == nullptr ? std::string_view{} : kind->as_string());
    const std::size_t number = numbers[{source, name}]++;
    const auto [at, added] = objects_.emplace(RenderedObjectId{std::move(source), std::move(name), number}, &document);
    by_line_.emplace(stream_.source->place_of(document.offset).line, &at->first);
  }
}

const document::Node* RenderedObjects::find(const RenderedObjectId& id) const {
  const auto found = objects_.find(id);
  return found == objects_.end() ? nullptr : &found->second->root;
}

const RenderedObjectId* RenderedObjects::at_line(std::uint32_t line) const {
  const auto found = by_line_.find(line);
  return found == by_line_.end() ? nullptr : found->second;
}

}  // namespace kastell::collect
