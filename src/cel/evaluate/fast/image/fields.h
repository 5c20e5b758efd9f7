// What each type of node holds, said once for writer and reader: fields(archive, node) names every field in turn to an
// archive, which writes or fills it.
//
// A new type of node gets its fields() here and its place in NodeTypes; without them it does not compile into an image.
#pragma once

#include "cel/evaluate/fast/attribute.h"
#include "cel/evaluate/fast/call.h"
#include "cel/evaluate/fast/collection.h"
#include "cel/evaluate/fast/logic.h"
#include "cel/evaluate/fast/loop.h"

namespace kastell::cel::fast::image {

template <typename... Node>
struct TypeList {};

// In the order of their numbers in an image. Without structures, which no control makes.
using NodeTypes =
    TypeList<ConstantNode, FrameNode, LazyNode, PathNode, PathTestNode, ChainNode, ConditionalNode, LogicNode<false>,
             LogicNode<true>, OrValueNode, NotStrictlyFalseNode, NotNode, TextEqualityNode, BinaryNode, ConstantSetNode,
             RegexNode, CallNode, ListNode, MapNode, QuantifierNode<false>, QuantifierNode<true>, ExistsOneNode,
             AppendNode, InsertNode, FoldNode, BindNode, AbsenceTestNode>;

// A node of that type, or one of those, to write (const) or to fill.
template <typename T, typename... Types>
concept A = (std::same_as<std::remove_const_t<T>, Types> || ...);
template <typename T>
concept ALoop = std::derived_from<std::remove_const_t<T>, LoopNode>;

void fields(auto& archive, A<ConstantNode> auto& node) {
  archive.value(node.value);
  archive.number(node.cost);
}

void fields(auto& archive, A<FrameNode> auto& node) {
  archive.number(node.slot);
  archive.number(node.own);
}

void fields(auto& archive, A<LazyNode> auto& node) {
  archive.number(node.slot);
  archive.number(node.own);
  archive.shared(node.initial);
}

void path_fields(auto& archive, auto& node) {
  archive.number(node.slot);
  archive.number(node.own);
  archive.number(node.shortcut.slot);
  archive.number(node.shortcut.steps);
  archive.steps(node.steps, node.size);
  archive.symbols_of(node.steps, node.size, node.symbols);
}

void fields(auto& archive, A<PathNode> auto& node) {
  path_fields(archive, node);
}

void fields(auto& archive, A<PathTestNode, AbsenceTestNode> auto& node) {
  path_fields(archive, node);
  archive.number(node.remember);
  archive.number(node.test_cost);
}

void fields(auto& archive, A<ChainNode> auto& node) {
  archive.node(node.root);
  archive.same(node.root, node.root_attribute);
  archive.steps(node.steps, node.size);
  archive.number(node.own);
  archive.number(node.as_bool);
}

void fields(auto& archive, A<ConditionalNode> auto& node) {
  archive.node(node.condition);
  for (int i = 0; i < 2; ++i) {
    archive.node(node.branches[i]);
    archive.same(node.branches[i], node.branch_attributes[i]);
  }
}

void fields(auto& archive, A<LogicNode<false>, LogicNode<true>> auto& node) {
  archive.entries(node.operands, node.size);
}

void fields(auto& archive, A<LogicOperand> auto& operand) {
  archive.node(operand.node);
  archive.number(operand.id);
}

void fields(auto& archive, A<OrValueNode> auto& node) {
  archive.node(node.first);
  archive.same(node.first, node.first_attribute);
  archive.node(node.second);
  archive.number(node.unwraps);
  archive.number(node.own);
}

void fields(auto& archive, A<NotStrictlyFalseNode, NotNode> auto& node) {
  archive.node(node.operand);
}

void fields(auto& archive, A<TextEqualityNode> auto& node) {
  archive.node(node.operand);
  archive.value(node.text);
  archive.number(node.text_size);
  archive.number(node.negated);
}

void fields(auto& archive, A<BinaryNode> auto& node) {
  archive.word(node.form);
  archive.operation(node.operation);
  archive.cost(node.cost);
  archive.node(node.operands[0]);
  archive.node(node.operands[1]);
}

void fields(auto& archive, A<ConstantSetNode> auto& node) {
  archive.node(node.operand);
  archive.value(node.list);
  archive.number(node.index_mask);
  archive.numbers(node.index, node.index_mask);
  archive.number(node.cost);
  archive.number(node.as_set);
}

void fields(auto& archive, A<RegexNode> auto& node) {
  archive.node(node.text);
  archive.value(node.pattern);
  archive.regex(node.regex, node.pattern);
  archive.candidates(node.candidates);
  archive.number(node.stops_at_error);
}

void fields(auto& archive, A<CallNode> auto& node) {
  archive.text(node.function);
  archive.candidates(node.candidates);
  archive.operation(node.operation);
  archive.nodes(node.operands, node.size);
  archive.number(node.stops_at_error);
}

void fields(auto& archive, A<ListNode> auto& node) {
  archive.nodes(node.items, node.size);
  archive.flags(node.optional, node.size);
}

void fields(auto& archive, A<MapNode> auto& node) {
  archive.entries(node.entries, node.size);
}

void fields(auto& archive, A<MapNode::Entry> auto& entry) {
  archive.node(entry.key);
  archive.node(entry.value);
  archive.number(entry.optional);
}

void loop_fields(auto& archive, ALoop auto& node) {
  archive.node(node.range);
  archive.number(node.variables[0]);
  archive.number(node.variables[1]);
  archive.number(node.pairs);
}

void fields(auto& archive, A<QuantifierNode<false>, QuantifierNode<true>, ExistsOneNode> auto& node) {
  loop_fields(archive, node);
  archive.node(node.predicate);
  archive.number(node.step_id);
}

void fields(auto& archive, A<AppendNode> auto& node) {
  loop_fields(archive, node);
  archive.node_or_none(node.predicate);
  archive.node(node.element);
  archive.number(node.start_cost);
  archive.number(node.append_cost);
  archive.number(node.step_id);
}

void fields(auto& archive, A<InsertNode> auto& node) {
  loop_fields(archive, node);
  archive.node_or_none(node.predicate);
  archive.node(node.element);
  archive.node(node.key);
  archive.number(node.start_cost);
  archive.number(node.step_id);
  archive.number(node.insert_id);
}

void fields(auto& archive, A<FoldNode> auto& node) {
  loop_fields(archive, node);
  archive.number(node.accumulator);
  archive.node(node.condition);
  archive.node(node.step);
  archive.node(node.result);
}

void fields(auto& archive, A<BindNode> auto& node) {
  archive.number(node.variable);
  archive.node(node.result);
  archive.number(node.range_cost);
}

}  // namespace kastell::cel::fast::image
