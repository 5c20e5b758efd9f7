package podgen

import "strings"

type object = map[string]any

// A field is a place that some Pod Security check reads, with plausible and edge values; absent is one
// of them.
type field struct {
	path   string
	values []any
}

type absentValue struct{}

var absent = absentValue{}

func objects(values ...object) []any {
	made := []any{absent, nil, object{}}
	for _, value := range values {
		made = append(made, value)
	}
	return made
}

func texts(list string) []any {
	made := []any{}
	for _, text := range strings.Fields(list) {
		made = append(made, text)
	}
	return made
}

var booleans = []any{true, false, nil, absent}

var seccompProfiles = objects(object{"type": "RuntimeDefault"}, object{"type": "Localhost", "localhostProfile": "p.json"}, object{"type": "Localhost"},
	object{"type": "Unconfined"}, object{"type": ""}, object{"type": "runtimeDefault"}, object{"localhostProfile": "p.json"})

var appArmorProfiles = objects(object{"type": "RuntimeDefault"}, object{"type": "Localhost", "localhostProfile": "k8s"}, object{"type": "Unconfined"}, object{"type": ""}, object{"type": "unconfined"})

var seLinuxOptions = objects(object{"type": "container_t"}, object{"type": "container_init_t"}, object{"type": "container_kvm_t"}, object{"type": "container_engine_t"}, object{"type": "spc_t"},
	object{"type": ""}, object{"user": "u"}, object{"role": "r"}, object{"level": "s0:c1"}, object{"type": "container_t", "user": "system_u", "role": "system_r"})

var windowsOptions = objects(object{"hostProcess": true}, object{"hostProcess": false}, object{"hostProcess": nil}, object{"runAsUserName": "a"})

var userIDs = []any{int64(0), int64(1000), int64(-1), nil, absent, int64(9223372036854775807)}

func sysctls(names ...string) []any {
	made := []any{}
	for _, name := range names {
		made = append(made, object{"name": name, "value": "1"})
	}
	return made
}

var podFields = []field{
	{"spec.hostNetwork", booleans}, {"spec.hostPID", booleans}, {"spec.hostIPC", booleans}, {"spec.hostUsers", []any{true, false, false, false, nil, absent}},
	{"spec.os", objects(object{"name": "windows"}, object{"name": "windows"}, object{"name": "linux"}, object{"name": "Windows"}, object{"name": ""})},
	{"spec.securityContext", []any{absent, nil, object{}}},
	{"spec.securityContext.runAsNonRoot", booleans}, {"spec.securityContext.runAsUser", userIDs},
	{"spec.securityContext.seccompProfile", seccompProfiles}, {"spec.securityContext.seLinuxOptions", seLinuxOptions},
	{"spec.securityContext.appArmorProfile", appArmorProfiles}, {"spec.securityContext.windowsOptions", windowsOptions},
	{"spec.securityContext.sysctls", []any{absent, nil, sysctls(),
		sysctls("kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range", "net.ipv4.ip_unprivileged_port_start"),
		sysctls("net.ipv4.ip_local_reserved_ports"), sysctls("net.ipv4.tcp_keepalive_time"), sysctls("net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes"),
		sysctls("net.ipv4.tcp_rmem"), sysctls("net.ipv4.tcp_wmem"), sysctls("net.ipv4.tcp_slow_start_after_idle"), sysctls("net.ipv4.tcp_notsent_lowat"),
		sysctls("kernel.msgmax"), sysctls(""), sysctls("net/ipv4/tcp_syncookies"), sysctls("Kernel.shm_rmid_forced")}},
	{"spec.volumes", []any{absent, nil, []any{}}},
	{"spec.initContainers", []any{absent, nil, []any{}}}, {"spec.ephemeralContainers", []any{absent, nil, []any{}}},
}

// Places below one container, of whichever list.
var containerFields = append([]field{
	{"securityContext", []any{absent, nil, object{}}},
	{"securityContext.privileged", booleans}, {"securityContext.allowPrivilegeEscalation", booleans},
	{"securityContext.runAsNonRoot", booleans}, {"securityContext.runAsUser", userIDs},
	{"securityContext.procMount", []any{absent, nil, "", "Default", "Unmasked", "Unmasked", "default", "Other"}},
	{"securityContext.seccompProfile", seccompProfiles}, {"securityContext.seLinuxOptions", seLinuxOptions},
	{"securityContext.appArmorProfile", appArmorProfiles}, {"securityContext.windowsOptions", windowsOptions},
	{"securityContext.capabilities", objects()},
	{"securityContext.capabilities.add", []any{absent, nil, []any{}, texts("NET_BIND_SERVICE"), texts("CHOWN KILL"), texts("SYS_ADMIN"), texts("CAP_CHOWN"), texts("ALL"), texts("net_bind_service"),
		texts("AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT"), texts("NET_BIND_SERVICE NET_RAW"), []any{""}}},
	{"securityContext.capabilities.drop", []any{absent, nil, []any{}, texts("ALL"), texts("all"), texts("NET_RAW ALL"), texts("NET_RAW"), texts("CAP_ALL")}},
	{"ports", []any{absent, nil, []any{}, []any{object{"containerPort": int64(80)}}, []any{object{"containerPort": int64(80), "hostPort": int64(0)}},
		[]any{object{"containerPort": int64(80), "hostPort": int64(8080)}}, []any{object{"containerPort": int64(80)}, object{"containerPort": int64(81), "hostPort": int64(1)}}, []any{object{"containerPort": int64(80), "hostPort": int64(-1)}}}},
}, handlers()...)

// handlers are the probes and lifecycle handlers, each with every kind of action.
func handlers() []field {
	actions := objects(object{"httpGet": object{"port": int64(80)}}, object{"httpGet": object{"port": "http", "host": ""}}, object{"httpGet": object{"port": int64(80), "host": "example.com"}},
		object{"httpGet": object{"port": int64(80), "host": "127.0.0.1"}}, object{"httpGet": nil}, object{"tcpSocket": object{"port": int64(80)}}, object{"tcpSocket": object{"port": int64(80), "host": "10.0.0.1"}},
		object{"tcpSocket": object{"port": int64(80), "host": ""}}, object{"exec": object{"command": texts("true")}}, object{"httpGet": object{"port": int64(1)}, "tcpSocket": object{"port": int64(1), "host": "h"}})
	made := []field{}
	for _, path := range []string{"livenessProbe", "readinessProbe", "startupProbe", "lifecycle.postStart", "lifecycle.preStop"} {
		values := actions
		if strings.HasSuffix(path, "Probe") {
			values = append(append([]any{}, actions...), object{"grpc": object{"port": int64(80), "service": "s"}})
		}
		made = append(made, field{path, values})
	}
	return append(made, field{"lifecycle", objects()})
}

// A volume of every source that corev1.Volume has, and some odd ones.
var volumes = []object{
	{"configMap": object{"name": "c"}}, {"downwardAPI": object{"items": []any{}}}, {"emptyDir": object{}}, {"emptyDir": object{"medium": "Memory"}}, {"projected": object{"sources": []any{}}}, {"secret": object{"secretName": "s"}},
	{"csi": object{"driver": "d"}}, {"persistentVolumeClaim": object{"claimName": "p"}}, {"ephemeral": object{"volumeClaimTemplate": object{"spec": object{}}}}, {"image": object{"reference": "r"}},
	{"hostPath": object{"path": "/"}}, {"hostPath": object{"path": "/var/log", "type": "Directory"}}, {"gcePersistentDisk": object{"pdName": "p"}}, {"awsElasticBlockStore": object{"volumeID": "v"}}, {"gitRepo": object{"repository": "r"}},
	{"nfs": object{"server": "s", "path": "/"}}, {"iscsi": object{"targetPortal": "t", "iqn": "i", "lun": int64(0)}}, {"glusterfs": object{"endpoints": "e", "path": "p"}}, {"rbd": object{"image": "i", "monitors": []any{}}},
	{"flexVolume": object{"driver": "d"}}, {"cinder": object{"volumeID": "v"}}, {"cephfs": object{"monitors": []any{}}}, {"flocker": object{"datasetName": "d"}}, {"fc": object{"wwids": []any{}}}, {"azureFile": object{"secretName": "s", "shareName": "n"}},
	{"vsphereVolume": object{"volumePath": "p"}}, {"quobyte": object{"registry": "r", "volume": "v"}}, {"azureDisk": object{"diskName": "d", "diskURI": "u"}}, {"portworxVolume": object{"volumeID": "v"}},
	{"scaleIO": object{"gateway": "g", "system": "s", "secretRef": object{}}}, {"storageos": object{"volumeName": "v"}},
	{}, {"emptyDir": nil}, {"hostPath": nil}, {"hostPath": object{}}, {"secret": object{}, "hostPath": object{"path": "/"}}, {"configMap": object{}, "nfs": object{"server": "s", "path": "/"}}, {"futureSource": object{}},
}

var annotations = []struct {
	key    string // CONTAINER stands for a container's name
	values []any
}{
	{"container.apparmor.security.beta.kubernetes.io/CONTAINER", texts("runtime/default localhost/k8s localhost/ unconfined RuntimeDefault localhost")},
	{"container.apparmor.security.beta.kubernetes.io/CONTAINER", []any{"", "runtime/default "}},
	{"seccomp.security.alpha.kubernetes.io/pod", texts("runtime/default docker/default localhost/p unconfined localhost")},
	{"container.seccomp.security.alpha.kubernetes.io/CONTAINER", texts("runtime/default docker/default localhost/p unconfined x")},
	{"seccomp.security.alpha.kubernetes.io/pod", []any{""}},
	{"unrelated", texts("unconfined")},
}
