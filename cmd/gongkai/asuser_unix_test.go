//go:build unix

package main

import (
	"os/exec"
	"syscall"
)

// asUser has a command run as another user, which only root may ask for.
func asUser(cmd *exec.Cmd, id uint32) bool {
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: id, Gid: id}}
	return true
}
