// The times that an API server writes into an object between mutation and validation.
#pragma once

#include "admission/decide/context.h"

namespace kastell::admission {

// As Request::now asks. Of what is created creationTimestamp (registry/rest: FillObjectMetaSystemFields), whatever
// the client wrote there; of what is updated an entry of managedFields, if the client left none: nobody but the server
// says who changed what when.
void write_times(RequestContext& context);

}  // namespace kastell::admission
