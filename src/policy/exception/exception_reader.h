// Reads entries of exceptions strictly: a misspelt member would except too much, or nothing.
#pragma once

#include "policy/catalog/fields.h"
#include "policy/control.h"
#include "policy/exception.h"

namespace kastell::policy {

class ExceptionReader {
 public:
  ExceptionReader(Complaints& complaints, const Catalog& catalog) : complaints_(complaints), catalog_(catalog) {}

  // An entry of a file, which says what it matches.
  Exception read_listed(const Placed& entry);
  // An entry of an annotation, which concerns the object that bears it.
  Exception read_annotated(const Placed& entry);

 private:
  void read_control(Exception& exception, const Placed& value);
  void read_match(Exception& exception, const Placed& value);
  void read_kind(Exception& exception, const Placed& value);
  void read_namespace(Exception& exception, const Placed& value);
  void read_name(Exception& exception, const Placed& value);
  void read_container(Exception& exception, const Placed& value);
  void read_field(Exception& exception, const Placed& value);
  void read_owner(Exception& exception, const Placed& value);
  void read_reason(Exception& exception, const Placed& value);
  void read_ticket(Exception& exception, const Placed& value);
  void read_until(Exception& exception, const Placed& value);
  std::string read_filled(const Placed& value);

  Complaints& complaints_;
  const Catalog& catalog_;
};

}  // namespace kastell::policy
