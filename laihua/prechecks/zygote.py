"""The process that uploaded files' own processes are forked from, so that none of them has to load the readers anew.

Run by `child` as a file of its own (`python -I zygote.py OWNER`), so that it holds no setting, secret or connection of
the hall. It never reads a file. On its stdin, a SOCK_SEQPACKET socket, comes one connection for each file; a fork takes
that over, confines itself, reads the job and the file from it and answers, and ends. When it has ended, one byte more
follows on the connection: how. Who hangs up has his fork killed. Ends with its owner.
"""

import gc
import os
import signal
import socket
import sys
from ctypes import CDLL
from dataclasses import dataclass
from pathlib import Path
from select import POLLHUP, POLLIN, POLLOUT, poll

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from laihua.prechecks import sandbox

DONE, DIED = b"\0", b"\1"
PR_SET_PDEATHSIG = 1
LIBC = CDLL(None)


@dataclass(slots=True)
class Fork:
    pid: int
    ended: int                      # a pidfd, readable when it has ended
    connection: socket.socket       # a copy, so that whoever waits sees no end before `verdict` is sent
    verdict: bytes = b""


class Zygote:
    def __init__(self, control: socket.socket, owner: int) -> None:
        self.control, self.owner = control, owner
        self.forks: dict[int, Fork] = {}            # by each of its two descriptors
        self.poll = poll()
        self.poll.register(control, POLLIN)
        self.poll.register(owner, POLLIN)
        self.is_open = True

    def run(self) -> None:
        """Until the owner has gone; or, after a fork was killed by a signal, until the other forks have ended.

        All forks lie at the same places in memory. One that crashed may have been searching them: none is forked after
        it, and the zygote that the owner starts next lies elsewhere.
        """
        while self.is_open or self.forks:
            for descriptor, _ in self.poll.poll():
                if descriptor == self.owner:
                    return
                if descriptor == self.control.fileno():
                    self.take()
                elif descriptor in self.forks:
                    self.look_after(self.forks[descriptor], descriptor)

    def take(self) -> None:
        _, descriptors, _, _ = socket.recv_fds(self.control, 1, 1)
        if not descriptors:
            raise SystemExit                # the owner closed its end
        connection = socket.socket(fileno=descriptors[0])
        zygote, pid = os.getpid(), os.fork()
        if not pid:
            serve(connection, zygote)
        fork = Fork(pid, os.pidfd_open(pid), connection)
        self.forks |= {fork.ended: fork, connection.fileno(): fork}
        self.poll.register(fork.ended, POLLIN)
        self.poll.register(connection, POLLHUP)

    def look_after(self, fork: Fork, descriptor: int) -> None:
        if descriptor == fork.ended:
            status = os.waitstatus_to_exitcode(os.waitpid(fork.pid, 0)[1])
            fork.verdict = DIED if status else DONE
            self.forget(fork.ended)
            os.close(fork.ended)
            self.poll.register(fork.connection, POLLOUT)
            if status < 0 and self.is_open:
                self.is_open = False
                self.poll.unregister(self.control)
                self.control.close()
        elif fork.verdict:
            try:
                fork.connection.send(fork.verdict, socket.MSG_DONTWAIT)
            except OSError:
                pass                        # nobody waits any more
            self.forget(descriptor)
            fork.connection.close()
        else:
            os.kill(fork.pid, signal.SIGKILL)
            self.poll.unregister(descriptor)

    def forget(self, descriptor: int) -> None:
        self.poll.unregister(descriptor)
        del self.forks[descriptor]


def serve(connection: socket.socket, zygote: int) -> None:
    """In the fork, which keeps nothing but its own connection; ends with the zygote, and never returns."""
    status = 1
    try:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        os.dup2(connection.fileno(), 0)
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        if os.getppid() == zygote:
            sandbox.serve(0)
            status = 0
    finally:
        os._exit(status)


def main() -> None:
    owner = int(sys.argv[1])
    watched = os.pidfd_open(owner)
    if os.getppid() == owner:               # else it ended before it was watched
        gc.freeze()
        Zygote(socket.socket(fileno=0), watched).run()


if __name__ == "__main__":
    main()
