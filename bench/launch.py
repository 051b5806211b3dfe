"""Runs a command and prints what it took: wall, CPU, largest process in KiB, status.

A process of its own because Linux counts the memory of whoever starts a program into
the program's peak; this one is smaller than anything it starts.
"""

import os
import sys
import time

QUIET = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]

start = time.perf_counter()
process = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=QUIET)
_, status, used = os.wait4(process, 0)
wall = time.perf_counter() - start
print(wall, used.ru_utime + used.ru_stime, used.ru_maxrss, status)
