package podsecurity

import (
	"strings"

	"k8s.io/pod-security-admission/api"
)

// levelVersion reads LEVEL[:VERSION]; without a version it is latest.
func levelVersion(name string) (api.LevelVersion, error) {
	levelName, versionName, found := strings.Cut(name, ":")
	if !found {
		versionName = "latest"
	}
	level, err := api.ParseLevel(levelName)
	if err != nil {
		return api.LevelVersion{}, err
	}
	version, err := api.ParseVersion(versionName)
	return api.LevelVersion{Level: level, Version: version}, err
}
