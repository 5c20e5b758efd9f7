// What is to be admitted: the API server's admission attributes, as an AdmissionReview carries them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/result.h"
#include "base/symbol.h"
#include "document/node.h"

namespace kastell::admission {

struct GroupVersionKind {
  std::string_view group, version, kind;
  bool operator==(const GroupVersionKind&) const = default;
};
struct GroupVersionResource {
  std::string_view group, version, resource;
  bool operator==(const GroupVersionResource&) const = default;
};

struct User {
  std::string_view name, uid;
  std::span<const document::Node> groups;  // texts
};

// Texts and nodes are views into the document that it was read from.
struct Request {
  GroupVersionKind kind;
  GroupVersionResource resource;
  std::string_view subresource;
  std::string_view name, name_space;  // a Namespace's own name counts as its namespace
  std::string_view operation;         // CREATE, UPDATE, DELETE, CONNECT
  User user;
  bool dry_run = false;
  document::Node object = {};      // null: there is none
  document::Node old_object = {};  // null: there is none
  document::Node fields = {};      // the AdmissionRequest itself
  bool is_held = false;            // the objects are as an API server holds them: nothing is made of them any more
  // Whether an API server stored it, as far as the object does not only say so itself: nothing is added to it any more.
  bool object_was_stored = false, old_object_was_stored = false;
  // When it arrives, as RFC 3339 writes it in UTC. What is created then bears it as its creationTimestamp, and what is
  // updated in managedFields, as an API server has it before validating policies see the object. Empty: the object is
  // as it is.
  std::string_view now = {};
};

// From an AdmissionRequest, or from an AdmissionReview that holds one.
Result<Request> read_request(const document::Node& review, const SymbolTable& symbols);

}  // namespace kastell::admission
