package embedded

import (
	"errors"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

var errEndedInOrder = errors.New("exit status 0")

// process is a started child. Its end is seen through ended and err.
type process struct {
	cmd   *exec.Cmd
	ended chan struct{}
	err   error // set before ended is closed
}

// startProcess starts c in its own process group and keeps the thread that
// started it alive until the child ends: the kernel sends the parent-death
// signal when that thread ends, not when the program does.
func startProcess(c *exec.Cmd, onDeath syscall.Signal) (*process, error) {
	if c.SysProcAttr == nil {
		c.SysProcAttr = &syscall.SysProcAttr{}
	}
	c.SysProcAttr.Setpgid = true
	c.SysProcAttr.Pdeathsig = onDeath
	p := &process{cmd: c, ended: make(chan struct{})}
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := c.Start()
		started <- err
		if err != nil {
			return
		}
		p.err = c.Wait()
		close(p.ended)
	}()
	if err := <-started; err != nil {
		return nil, err
	}
	return p, nil
}

// ending is how the child ended; an exit in good order is a fault too, in a child
// that was not asked to end.
func (p *process) ending() error {
	if p.err == nil {
		return errEndedInOrder
	}
	return p.err
}

func (p *process) pid() int { return p.cmd.Process.Pid }

// stop sends the signals in turn, waiting up to patience after each, and ends
// with SIGKILL. It returns once the child is gone.
func (p *process) stop(patience time.Duration, signals ...syscall.Signal) {
	for _, sig := range append(signals, syscall.SIGKILL) {
		_ = p.cmd.Process.Signal(sig)
		select {
		case <-p.ended:
			return
		case <-time.After(patience):
		}
	}
	<-p.ended
}
