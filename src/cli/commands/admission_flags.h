// What the commands about admission policies share.
#pragma once

#include "admission/admission.h"
#include "base/result.h"
#include "cel/environment.h"
#include "cli/command_line.h"
#include "cli/terminal/console.h"

namespace kastell::cli {

// --kubernetes; the newest version if it is not given.
Result<cel::KubernetesVersion> read_kubernetes_version(const Arguments& arguments);

// --as-written: objects are judged as they stand, and not as an API server would hold what it is sent.
inline constexpr Flag as_written_flag{
    .name = "as-written",
    .value = "",
    .help =
        "Take objects as they are written: without the form, the defaults and the rest that an API server gives them"};
admission::ObjectForm object_form(const Arguments& arguments);

// --disable-admission-plugins, as kube-apiserver calls it.
inline constexpr Flag disabled_plugins_flag{
    .name = "disable-admission-plugins",
    .value = "NAME",
    .help = "Leave out what this admission plug-in of Kubernetes adds to objects",
    .choices = admission::plugin_names,
    .repeatable = true,
    .comma_separated = true};
admission::PluginNumbers disabled_plugins(const Arguments& arguments);

// Policies that cannot be read are no policies: nobody may take their silence for a yes.
Result<void> add_policies(admission::PolicySet& policies, const snapshot::Snapshot& snapshot);

// Names what of the input could not be read, or not all of it, with its place; at most twenty, and how many more.
// Whether there is any: then the exit code is 3.
bool warn_of_unread(const snapshot::Snapshot& snapshot, const Console& console);

// Policies that nothing binds do nothing; that is seldom meant.
void warn_of_unbound(const admission::PolicySet& policies, const Console& console);

}  // namespace kastell::cli
