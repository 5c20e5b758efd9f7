// The form in which policies are shown the objects of requests.
#pragma once

#include "admission/admission.h"
#include "admission/request.h"
#include "custom/intake.h"
#include "kube/intake.h"

namespace kastell::admission {

// One per thread; names are looked up once.
class ObjectForms {
 public:
  explicit ObjectForms(SymbolTable& symbols) : symbols_(symbols), intake_(symbols), custom_(symbols) {}

  // Of an object, whose form is not to be as_written. Custom resources have no Go form: what is told of them is what
  // the schema of their definition makes of them, and without one nothing but their metadata.
  Result<document::Node> of(const document::Node& object, kube::ApiType type, ObjectForm form, Arena& arena);

  // Of a new object in its form: with what the server itself writes into it before validating policies see it.
  // `has_status`: of a custom resource, whether its status is the server's.
  document::Node created(const document::Node& object, kube::ApiType type, const Request& request, bool has_status,
                         Arena& arena);

 private:
  Result<document::Node> custom(const document::Node& object, kube::ApiType type, ObjectForm form, Arena& arena);

  SymbolTable& symbols_;
  kube::Intake intake_;
  custom::CustomIntake custom_;
};

}  // namespace kastell::admission
