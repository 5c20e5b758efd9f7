#include "collect/render/values_tree.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "base/text.h"
#include "document/write.h"

namespace kastell::collect {

using document::Node;

namespace {

bool is_plain_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) { return is_alphanumeric(c) || c == '_' || c == '-'; });
}

void append_json_text(std::string& out, std::string_view text) {
  out += '"';
  append_json_escaped(out, text);
  out += '"';
}

void append(std::string& out, const ValuesNode& node) {
  if (node.kind == ValuesNode::Kind::scalar) {
    if (node.is_string()) return append_json_text(out, node.text);
    out += node.text;
    return;
  }
  const bool map = node.kind == ValuesNode::Kind::map;
  out += map ? '{' : '[';
  bool first = true;
  const auto separate = [&] { out.append(std::exchange(first, false) ? "" : ","); };
  for (const auto& [key, value] : node.members) {
    separate();
    append_json_text(out, key);
    out += ':';
    append(out, value);
  }
  for (const ValuesNode& item : node.items) {
    separate();
    append(out, item);
  }
  out += map ? '}' : ']';
}

}  // namespace

ValuesNode* ValuesNode::member(std::string_view key) {
  const auto found = std::ranges::find_if(members, [key](const auto& one) { return one.first == key; });
  return found == members.end() ? nullptr : &found->second;
}

ValuesNode ValuesNode::string(std::string text) {
  ValuesNode node;
  node.scalar = document::Kind::string;
  node.text = std::move(text);
  return node;
}

std::string to_string(const Key& key) {
  std::string text;
  for (const KeyStep& step : key) {
    if (step.is_index) {
      text += "[" + std::to_string(step.index) + "]";
    } else if (is_plain_name(step.name)) {
      text += (text.empty() ? "" : ".") + step.name;
    } else {
      text += "[\"" + step.name + "\"]";
    }
  }
  return text;
}

ValuesNode values_of(const Node& node, std::uint32_t offset, const document::Source& source,
                     const SymbolTable& symbols) {
  ValuesNode values;
  values.place = source.place_of(offset);
  if (node.is_object()) {
    values.kind = ValuesNode::Kind::map;
    for (std::size_t i = 0; i < node.size; ++i) {
      const auto offsets = node.key_offsets();
      values.members.push_back(
          {std::string(symbols.text(node.member_keys()[i])),
           values_of(node.member_values()[i], offsets.empty() ? offset : offsets[i], source, symbols)});
    }
  } else if (node.is_list()) {
    values.kind = ValuesNode::Kind::list;
    for (std::size_t i = 0; i < node.size; ++i) {
      const auto offsets = node.value_offsets();
      values.items.push_back(values_of(node.as_list()[i], offsets.empty() ? offset : offsets[i], source, symbols));
    }
  } else {
    values.scalar = node.kind;
    if (node.is_string()) {
      values.text = node.as_string();
    } else {
      document::append_json(values.text, node, symbols);
    }
  }
  return values;
}

void merge(ValuesNode& into, ValuesNode over) {
  if (into.kind != ValuesNode::Kind::map || over.kind != ValuesNode::Kind::map) {
    into = std::move(over);
    return;
  }
  for (auto& [key, value] : over.members) {
    if (ValuesNode* there = into.member(key)) {
      merge(*there, std::move(value));
    } else {
      into.members.push_back({key, std::move(value)});
    }
  }
}

ValuesNode* find(ValuesNode& root, const Key& key) {
  ValuesNode* node = &root;
  for (const KeyStep& step : key) {
    if (step.is_index) {
      node = step.index < node->items.size() ? &node->items[step.index] : nullptr;
    } else {
      node = node->member(step.name);
    }
    if (node == nullptr) return nullptr;
  }
  return node;
}

ValuesNode* make(ValuesNode& root, const Key& key) {
  ValuesNode* node = &root;
  for (const KeyStep& step : key) {
    if (step.is_index) {
      if (step.index >= node->items.size()) return nullptr;
      node = &node->items[step.index];
      continue;
    }
    if (node->kind == ValuesNode::Kind::scalar && node->scalar == document::Kind::null) *node = ValuesNode::map();
    if (node->kind != ValuesNode::Kind::map) return nullptr;
    ValuesNode* there = node->member(step.name);
    if (there == nullptr) {
      node->members.push_back({step.name, ValuesNode::map()});
      there = &node->members.back().second;
    }
    node = there;
  }
  return node;
}

std::string to_json(const ValuesNode& root) {
  std::string text;
  append(text, root);
  return text;
}

}  // namespace kastell::collect
