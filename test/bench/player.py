"""How long a real manager takes over two requests. Without its recorder and without debug messages: see player.py of
the oracle for the isolation."""

import json
import os
import statistics
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '../oracle'))
sys.dont_write_bytecode = True
import player

TRIVIAL = ['show', '-p', 'Version']
COMMAND = ['chroot', player.ROOT, '/usr/bin/systemctl.real', '--user']
TRIVIAL_TIMES = 9


def systemctl(words):
    return subprocess.run([*COMMAND, *words], env=player.ENVIRONMENT, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def timed(words):
    began = time.monotonic()
    result = systemctl(words)
    took = time.monotonic() - began
    if result.returncode != 0:
        raise RuntimeError(f'systemctl {" ".join(words)}: {result.stdout}')
    return took


def start_manager():
    program = next(p for p in ('/usr/lib/systemd/systemd', '/lib/systemd/systemd') if os.path.exists(player.ROOT + p))
    options = ['--user', f'--unit={player.UP}', '--log-level=info', '--log-target=null']
    return subprocess.Popen(['chroot', player.ROOT, program, *options], env=player.ENVIRONMENT, start_new_session=True,
                            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def until(what, seconds=30):
    deadline = time.monotonic() + seconds
    while not what():
        if time.monotonic() > deadline:
            raise RuntimeError('the manager does not come up, or to rest')
        time.sleep(0.1)


def spent(manager):
    """Seconds on a processor."""
    with open(f'/proc/{manager.pid}/schedstat') as file:
        return int(file.read().split()[0]) / 1e9


def wait_until_idle(manager):
    """So that what is left to do of one request does not count for the next."""
    before = [None, spent(manager)]

    def idle():
        before[:] = [before[1], spent(manager)]
        return before[0] == before[1]

    until(idle)


def main():
    os.umask(0o022)
    player.build_world()
    player.write_units()
    manager = start_manager()
    try:
        until(lambda: systemctl(['is-active', player.UP]).returncode == 0)
        systemctl(['start', '--no-block', player.PLAN['gate']])
        wait_until_idle(manager)
        trivial = statistics.median(timed(TRIVIAL) for _ in range(TRIVIAL_TIMES))
        start = ['start', '--no-block', player.PLAN['target']]
        took = []
        for _ in range(2):
            wait_until_idle(manager)
            before = spent(manager)
            took.append({'wall': timed(start) - trivial, 'processor': spent(manager) - before})
        wait_until_idle(manager)
        jobs = len(systemctl(['list-jobs', '--no-legend', '--no-pager', '--plain']).stdout.splitlines())
        print(json.dumps({'trivial': trivial, 'first': took[0], 'second': took[1], 'jobs': jobs}))
        print(json.dumps({'done': True}), flush=True)
    except Exception as problem:
        print(json.dumps({'failed': str(problem)}), flush=True)


main()
