#include "kube/client/kubeconfig.h"

#include <gtest/gtest.h>

#include "client/fake_machine.h"

namespace kastell::client {
namespace {

using tests::FakeMachine;

const char* const two_contexts = R"(
apiVersion: v1
kind: Config
current-context: here
clusters:
- name: near
  cluster: {server: "https://near:6443/", certificate-authority: ca.crt, tls-server-name: kubernetes}
- name: far
  cluster: {server: "https://far", certificate-authority-data: aGVsbG8=, proxy-url: "http://proxy:3128"}
users:
- name: admin
  user: {client-certificate-data: Y2VydA==, client-key: keys/admin.key}
- name: robot
  user: {tokenFile: /run/token, as: somebody, as-groups: [a, b], as-user-extra: {"acme.com/scope": [x]}}
contexts:
- name: here
  context: {cluster: near, user: admin, namespace: shop}
- name: there
  context: {cluster: far, user: robot}
)";

struct Home : FakeMachine {
  explicit Home(const std::string& kubeconfig) {
    tree.add_file("/home/me/.kube/config", kubeconfig);
    variables["HOME"] = "/home/me";
  }
};

std::string error_of(const std::string& text, const std::string& context = "") {
  const Home machine(text);
  const auto access = find_access({.context = context}, machine);
  return access ? "" : to_string(access.error());
}

TEST(Kubeconfig, CurrentContext) {
  const Home machine(two_contexts);
  const auto access = find_access({}, machine);
  ASSERT_TRUE(access) << to_string(access.error());
  EXPECT_EQ(access->context, "here");
  EXPECT_EQ(access->server, "https://near:6443") << "no slash at the end";
  EXPECT_EQ(access->name_space, "shop");
  EXPECT_EQ(access->cluster.authority_file, "/home/me/.kube/ca.crt") << "relative to its file";
  EXPECT_EQ(access->cluster.tls_server_name, "kubernetes");
  EXPECT_EQ(access->user.certificate, "cert");
  EXPECT_EQ(access->user.key_file, "/home/me/.kube/keys/admin.key");
  EXPECT_EQ(access->proxy, "");
}

TEST(Kubeconfig, NamedContext) {
  const Home machine(two_contexts);
  const auto access = find_access({.context = "there"}, machine);
  ASSERT_TRUE(access) << to_string(access.error());
  EXPECT_EQ(access->name_space, "default");
  EXPECT_EQ(access->cluster.authority, "hello");
  EXPECT_EQ(access->user.token_file, "/run/token");
  EXPECT_EQ(access->user.impersonation.groups, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(access->user.impersonation.extra.front().first, "acme.com/scope");
  EXPECT_EQ(access->proxy, "http://proxy:3128");
}

// The rules of client-go's loader: maps keep the first of a name whole, the first current-context wins.
TEST(Kubeconfig, FilesOfTheEnvironmentAreMerged) {
  FakeMachine machine;
  machine.tree.add_file("/a", "clusters: [{name: c, cluster: {server: https://first}}]\nusers: [{name: u, user: {}}]");
  machine.tree.add_file("/b",
                        "current-context: x\nclusters: [{name: c, cluster: {server: https://second, proxy-url: "
                        "http://p}}]\ncontexts: [{name: x, context: {cluster: c, user: u}}]");
  machine.tree.add_file("/c", "current-context: z\ncontexts: [{name: x, context: {cluster: other, user: u}}]");
  machine.variables["KUBECONFIG"] = "/a:/missing::/b:/a:/c";
  const auto config = load_kubeconfig("", machine);
  ASSERT_TRUE(config);
  EXPECT_EQ(config->files, (std::vector<std::string>{"/a", "/b", "/c"}));
  EXPECT_EQ(config->missing, (std::vector<std::string>{"/missing"}));
  const auto access = resolve_access(*config, "", machine);
  ASSERT_TRUE(access) << to_string(access.error());
  EXPECT_EQ(access->context, "x");
  EXPECT_EQ(access->server, "https://first");
  EXPECT_EQ(access->cluster.proxy, "") << "of two entries of a name the second is dropped whole";
}

TEST(Kubeconfig, NamedFileMustExistAndStandsAlone) {
  Home machine(two_contexts);
  machine.variables["KUBECONFIG"] = "/home/me/.kube/config";
  const auto missing = find_access({.file = "/nowhere"}, machine);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().place.source, "/nowhere");
}

// It said: no context "x" in .
TEST(Kubeconfig, AContextOfFilesThatAreNotThere) {
  FakeMachine machine;
  machine.variables["KUBECONFIG"] = "/a:/b";
  const auto access = find_access({.context = "x"}, machine);
  ASSERT_FALSE(access);
  EXPECT_EQ(access.error().message, "no kubeconfig: /a does not exist: /b does not exist");
}

TEST(Kubeconfig, Errors) {
  const std::string start = "current-context: x\ncontexts: [{name: x, context: {cluster: c, user: u}}]\n";
  const std::string good_cluster = "clusters: [{name: c, cluster: {server: https://a}}]\n";
  const std::string good_user = "users: [{name: u, user: {token: t}}]\n";
  struct Case {
    std::string text, expected;
  };
  const std::vector<Case> cases = {
      {two_contexts + std::string("x: ]"), "the kubeconfig is neither YAML nor JSON"},
      {"kind: Pod\nmetadata: {name: a}", "not a kubeconfig: kind Pod"},
      {"clusters: []\nusers: []\ncontexts: []\nkind: Config", "no current-context in /home/me/.kube/config"},
      {"current-context: nowhere", "no context \"nowhere\""},
      {start + good_user, "no cluster \"c\""},
      {start + good_cluster, "no user \"u\""},
      {start + good_user + "clusters: [{name: c, cluster: {server: ''}}]",
       "cluster \"c\" cannot be used: it has no server"},
      {start + good_user + "clusters: [{name: c, cluster: {server: ftp://a}}]", "neither an https nor an http address"},
      {start + good_user + "clusters: [{name: c, cluster: {server: https://a, certificate-authority-data: '***'}}]",
       "cluster \"c\": certificate-authority-data is not base64"},
      {start + good_user +
           "clusters: [{name: c, cluster: {server: https://a, insecure-skip-tls-verify: true, certificate-authority: "
           "f}}]",
       "both insecure-skip-tls-verify and a certificate authority"},
      {start + good_user + "clusters: [{name: c, cluster: {server: https://a, proxy-url: 'gopher://x'}}]",
       "its proxy-url is no address"},
      {start + good_cluster + "users: [{name: u, user: {token: t, username: me, password: p}}]",
       "both a token and a username"},
      {start + good_cluster + "users: [{name: u, user: {client-certificate-data: Y2VydA==}}]",
       "a client certificate without a key"},
      {start + good_cluster + "users: [{name: u, user: {auth-provider: {name: gcp}}}]", "auth-provider \"gcp\""},
      {start + good_cluster + "users: [{name: u, user: {as-groups: [a]}}]", "without a user (as)"},
      {start + good_cluster + "users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1beta1}}}]",
       "has no command"},
      {start + good_cluster +
           "users: [{name: u, user: {exec: {command: x, interactiveMode: Never, apiVersion: "
           "client.authentication.k8s.io/v1alpha1}}}]",
       "is neither client.authentication.k8s.io/v1 nor"},
      {start + good_cluster +
           "users: [{name: u, user: {exec: {command: x, apiVersion: client.authentication.k8s.io/v1}}}]",
       "exec.interactiveMode must be given"},
  };
  for (const Case& expected : cases) {
    EXPECT_NE(error_of(expected.text).find(expected.expected), std::string::npos) << expected.text << "\n"
                                                                                  << error_of(expected.text);
  }
}

// A value of another type is no absent one: `current-context: [a]` was told as missing. kubectl refuses these too.
TEST(Kubeconfig, WrongTypesAreToldWithTheirPlaces) {
  struct Case {
    std::string text, expected;
  };
  const std::vector<Case> cases = {
      {"kind: Config\ncurrent-context: [a]", ":2:18: current-context must be a string"},
      {"current-context: 7", ":1:18: current-context must be a string"},
      {"clusters: {a: b}", ":1:11: clusters must be a list"},
      {"clusters: [a]", ":1:12: clusters[0] must be an object"},
      {"clusters: [{name: c, cluster: a}]", ":1:31: clusters[0].cluster must be an object"},
      {"clusters: [{name: c, cluster: {insecure-skip-tls-verify: 'true'}}]",
       "clusters[0].cluster.insecure-skip-tls-verify must be a boolean"},
      {"users: [{name: u, user: {token: 12345678}}]", ":1:33: users[0].user.token must be a string"},
      {"users: [{name: u, user: {username: n}}]", "users[0].user.username must be a string"},  // YAML 1.1's no
      {"users: [{name: u, user: {as-groups: a}}]", "users[0].user.as-groups must be a list"},
      {"users: [{name: u, user: {as-user-extra: {k: [1]}}}]", "users[0].user.as-user-extra.k[0] must be a string"},
      {"users: [{name: u, user: {exec: {args: [1]}}}]", "users[0].user.exec.args[0] must be a string"},
      {"kind: [Config]", ":1:7: kind must be a string"},
      {"- a", ":1:1: not a kubeconfig: no object"},
      {"kind: Pod", ":1:7: not a kubeconfig: kind Pod"},
      {"users: [{name: u, user: {exec: {env: [{value: a}]}}}]", ":1:39: user \"u\": an exec environment variable"},
  };
  for (const Case& expected : cases) {
    const std::string error = error_of(expected.text);
    EXPECT_NE(error.find(expected.expected), std::string::npos) << expected.text << "\n" << error;
    EXPECT_EQ(error.find("12345678"), std::string::npos) << "may be a secret";
  }
  EXPECT_NE(error_of("current-context: null\nclusters: null").find("no current-context"), std::string::npos)
      << "null is absent, as in kubectl";
}

TEST(Kubeconfig, TypoInTheContextGetsASuggestion) {
  EXPECT_NE(error_of(two_contexts, "ther").find("did you mean \"there\"?"), std::string::npos)
      << error_of(two_contexts, "ther");
}

TEST(Kubeconfig, NoneAtAll) {
  FakeMachine machine;
  machine.variables["HOME"] = "/home/me";
  const auto access = find_access({}, machine);
  ASSERT_FALSE(access);
  EXPECT_EQ(access.error().message, "no kubeconfig: /home/me/.kube/config does not exist");
}

TEST(Kubeconfig, ErrorsNeverQuoteSecrets) {
  const std::string text =
      "current-context: x\ncontexts: [{name: x, context: {cluster: c, user: u}}]\nclusters: [{name: c, cluster: "
      "{server: "
      "https://a}}]\nusers: [{name: u, user: {token: geheim, username: me, password: geheim}}]\n";
  EXPECT_NE(error_of(text), "");
  EXPECT_EQ(error_of(text).find("geheim"), std::string::npos);
  EXPECT_EQ(error_of("users: [{name: u, user: {token: geheim geheim: ]").find("geheim"), std::string::npos);
}

TEST(InCluster, ServiceAccountWhereNoKubeconfigSaysAnything) {
  FakeMachine machine;
  machine.variables = {{"KUBERNETES_SERVICE_HOST", "fd00::1"}, {"KUBERNETES_SERVICE_PORT", "443"}};
  EXPECT_FALSE(find_access({}, machine)) << "no token";
  const std::string folder = "/var/run/secrets/kubernetes.io/serviceaccount/";
  machine.tree.add_file(folder + "token", "t");
  machine.tree.add_file(folder + "namespace", "monitoring\n");
  const auto access = find_access({}, machine);
  ASSERT_TRUE(access);
  EXPECT_EQ(access->server, "https://[fd00::1]:443");
  EXPECT_EQ(access->name_space, "monitoring");
  EXPECT_EQ(access->user.token_file, folder + "token") << "read again when it rotates";
  EXPECT_EQ(access->cluster.authority_file, folder + "ca.crt");
  EXPECT_FALSE(find_access({.context = "x"}, machine)) << "a named context is looked for in the kubeconfig";
}

// Go's rules (golang.org/x/net/http/httpproxy).
TEST(Proxy, FromTheEnvironment) {
  struct Case {
    const char* server;
    const char* no_proxy;
    bool proxied;
  };
  const std::vector<Case> cases = {
      {"https://api.example.com:6443", "", true},
      {"https://api.example.com:6443", "example.com", false},
      {"https://api.example.com:6443", ".example.com", false},
      {"https://example.com", ".example.com", true},
      {"https://example.com", "*.example.com", true},
      {"https://badexample.com", "example.com", true},
      {"https://api.example.com:6443", "a.b, API.example.com:6443", false},
      {"https://api.example.com:6443", "api.example.com:443", true},
      {"https://api.example.com", "api.example.com:443", false},
      {"https://10.1.2.3:6443", "10.0.0.0/8", false},
      {"https://11.1.2.3:6443", "10.0.0.0/8", true},
      {"https://10.1.2.3:6443", "10.1.2.3", false},
      {"https://[fd00::1]:6443", "fd00::/8", false},
      {"https://[fd00::1]:6443", "fd00::1", false},
      {"https://anything", "*", false},
      {"https://127.0.0.1:6443", "", false},
      {"https://localhost:6443", "", false},
      {"https://[::1]:6443", "", false},
  };
  for (const Case& expected : cases) {
    FakeMachine machine;
    machine.variables = {{"https_proxy", "proxy:3128"}, {"NO_PROXY", expected.no_proxy}};
    EXPECT_EQ(proxy_from_environment(expected.server, machine), expected.proxied ? "http://proxy:3128" : "")
        << expected.server << " with NO_PROXY=" << expected.no_proxy;
  }
  FakeMachine machine;
  machine.variables = {{"HTTPS_PROXY", "http://proxy"}};
  EXPECT_EQ(proxy_from_environment("http://plain", machine), "") << "HTTPS_PROXY is for https";
}

}  // namespace
}  // namespace kastell::client
