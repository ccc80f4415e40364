"""A whole machine for one incident: a real systemd as the first process, a real journald, and people who type.

Started by machine.ts as the first process of fresh namespaces, with a plan (a JSON object) on standard input; prints a
JSON object with what each command said. Unlike the oracle's player it leaves the journal to journald, since what it
is after is the text that a user would see.
"""

import ctypes
import fcntl
import json
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import time

PLAN = json.load(sys.stdin)
WORK = '/mnt'  # Private to this mount namespace, and short: a socket's path holds 108 characters.
ROOT = WORK + '/r'
UNITS = '/etc/systemd/system'
ENVIRONMENT = {
    'PATH': '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    'HOME': '/root',
    'USER': 'root',
    'SHELL': '/bin/sh',
    'XDG_RUNTIME_DIR': '/run/user/0',  # Where `systemctl --user` finds its manager.
    'LC_ALL': 'C.UTF-8',
    'SYSTEMD_IGNORE_CHROOT': '1',
    'SYSTEMD_PAGER': 'cat',
    'SYSTEMD_COLORS': '0',
    'SYSTEMD_URLIFY': '0',
    'COLUMNS': '118',
}

# What wants hardware, a console or users, and what only costs time.
MASKED = """
dev-hugepages.mount dev-mqueue.mount sys-fs-fuse-connections.mount sys-kernel-config.mount sys-kernel-debug.mount
sys-kernel-tracing.mount proc-sys-fs-binfmt_misc.automount proc-sys-fs-binfmt_misc.mount kmod-static-nodes.service
ldconfig.service systemd-ask-password-console.path systemd-ask-password-wall.path systemd-ask-password.socket
systemd-binfmt.service systemd-boot-system-token.service systemd-boot-random-seed.service systemd-firstboot.service
systemd-hibernate-clear.service systemd-journal-catalog-update.service systemd-machine-id-commit.service
systemd-modules-load.service systemd-random-seed.service systemd-sysctl.service systemd-sysusers.service
systemd-tmpfiles-setup-dev-early.service systemd-tmpfiles-setup-dev.service systemd-tmpfiles-setup.service
systemd-tmpfiles-clean.timer systemd-update-done.service systemd-update-utmp.service
systemd-update-utmp-runlevel.service systemd-logind.service systemd-logind-varlink.socket systemd-user-sessions.service
systemd-pcrphase.service systemd-pcrphase-sysinit.service systemd-pcrmachine.service getty.target
systemd-journald-audit.socket systemd-initctl.socket systemd-creds.socket systemd-factory-reset.socket
systemd-hostnamed.socket systemd-mute-console.socket systemd-sysext.socket systemd-sysinstall.socket
systemd-journalctl.socket systemd-remount-fs.service systemd-journal-flush.service tmp.mount cryptsetup.target
imports.target systemd-udevd.service systemd-udevd-control.socket systemd-udevd-kernel.socket
systemd-udev-trigger.service apt-daily.timer apt-daily-upgrade.timer fstrim.timer dpkg-db-backup.timer e2scrub_all.timer
""".split()

JOURNALD = '[Journal]\nStorage=volatile\nReadKMsg=no\nAudit=no\nRateLimitBurst=0\nForwardToSyslog=no\n'

MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18
libc = ctypes.CDLL(None, use_errno=True)


def mount(source, target, kind, flags=0, data=None):
    os.makedirs(target, exist_ok=True)
    encode = lambda text: None if text is None else text.encode()
    if libc.mount(encode(source), encode(target), encode(kind), flags, encode(data)) != 0:
        raise OSError(ctypes.get_errno(), f'mount {kind} at {target}')


def bind(source, target):
    libc.mount(source.encode(), target.encode(), None, MS_BIND, None)


def write(path, text, mode=None):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w') as file:
        file.write(text)
    if mode is not None:
        os.chmod(path, mode)


def build_world():
    mount(None, '/', None, MS_REC | MS_PRIVATE)
    mount('tmpfs', WORK, 'tmpfs')
    for folder in ('upper', 'work', 'r'):
        os.mkdir(f'{WORK}/{folder}')
    layers = f'lowerdir={PLAN["root"]},upperdir={WORK}/upper,workdir={WORK}/work'
    mount('overlay', ROOT, 'overlay', 0, layers)
    mount('proc', '/proc', 'proc')
    write('/proc/sys/net/unix/max_dgram_qlen', '20000')
    mount('tmpfs', f'{ROOT}/sys', 'tmpfs')
    mount('cgroup2', f'{ROOT}/sys/fs/cgroup', 'cgroup2')
    mount('tmpfs', f'{ROOT}/dev', 'tmpfs')
    for node in ('null', 'zero', 'full', 'random', 'urandom', 'tty', 'autofs'):
        write(f'{ROOT}/dev/{node}', '')
        bind(f'/dev/{node}', f'{ROOT}/dev/{node}')
    for node, source in (('console', f'{WORK}/console'), ('kmsg', '/dev/null')):
        write(f'{ROOT}/dev/{node}', '')
        write(source, '') if source.startswith(WORK) else None
        bind(source, f'{ROOT}/dev/{node}')
    mount('tmpfs', f'{ROOT}/dev/shm', 'tmpfs')
    mount('tmpfs', f'{ROOT}/run', 'tmpfs')
    mount('tmpfs', f'{ROOT}/tmp', 'tmpfs')
    os.makedirs(f'{ROOT}/run/lock', exist_ok=True)
    write(f'{WORK}/boot_id', PLAN['bootId'] + '\n')
    socket.sethostname(PLAN['hostname'])
    raise_loopback()


def raise_loopback():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        flags = struct.pack('16sh22x', b'lo', 0x1 | 0x40)  # IFF_UP | IFF_RUNNING
        fcntl.ioctl(control, 0x8914, flags)  # SIOCSIFFLAGS


def furnish():
    for name in MASKED:
        path = f'{ROOT}{UNITS}/{name}'
        os.makedirs(os.path.dirname(path), exist_ok=True)
        os.symlink('/dev/null', path)
    write(f'{ROOT}/etc/systemd/journald.conf.d/lab.conf', JOURNALD)
    write(f'{ROOT}/etc/hostname', PLAN['hostname'] + '\n')
    write(f'{ROOT}/etc/machine-id', PLAN['machineId'] + '\n')
    write(f'{ROOT}/etc/fstab', PLAN['fstab'])
    write(f'{ROOT}/etc/passwd', 'root:x:0:0:root:/root:/bin/sh\nmessagebus:x:101:101::/nonexistent:/usr/sbin/nologin\n')
    write(f'{ROOT}/etc/group', 'root:x:0:\nmessagebus:x:101:\n')
    for name in ('org.freedesktop.login1', 'org.freedesktop.hostname1', 'org.freedesktop.systemd1'):
        if os.path.exists(f'{ROOT}/usr/share/dbus-1/system-services/{name}.service'):
            os.remove(f'{ROOT}/usr/share/dbus-1/system-services/{name}.service')
    if not os.path.exists(f'{ROOT}/usr/sbin/modprobe'):
        os.symlink('/bin/true', f'{ROOT}/usr/sbin/modprobe')
    for file in PLAN['files']:
        if file.get('link') is None:
            write(ROOT + file['path'], file['text'], 0o755 if file.get('executable') else 0o644)
        else:
            os.makedirs(os.path.dirname(ROOT + file['path']), exist_ok=True)
            os.symlink(file['link'], ROOT + file['path'])


def start_manager():
    program = next(p for p in ('/usr/lib/systemd/systemd', '/lib/systemd/systemd') if os.path.exists(ROOT + p))
    inner = f'mount -t proc proc {ROOT}/proc && mount --bind {WORK}/boot_id {ROOT}/proc/sys/kernel/random/boot_id' \
        f' && exec chroot {ROOT} {program} --system'
    environment = {'PATH': ENVIRONMENT['PATH'], 'container': 'oci', 'SYSTEMD_IGNORE_CHROOT': '1'}
    log = open(f'{WORK}/manager.log', 'w')
    return subprocess.Popen(['unshare', '--pid', '--mount', '--fork', '--kill-child=KILL', 'sh', '-c', inner],
                            env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)


def first_process(manager):
    with open(f'/proc/{manager.pid}/task/{manager.pid}/children') as file:
        return file.read().strip().split(' ')[0]


class Command:
    """A line somebody typed, run in the background."""

    def __init__(self, line, pid, zero):
        self.line = line
        self.began = time.monotonic() - zero
        self.ended = None
        inside = ['nsenter', f'--pid=/proc/{pid}/ns/pid', f'--mount=/proc/{pid}/ns/mnt', 'chroot', ROOT]
        self.output = open(f'{WORK}/output.{id(self)}', 'w+b')
        self.process = subprocess.Popen([*inside, '/bin/sh', '-c', line], env=ENVIRONMENT, cwd='/',
                                        stdin=subprocess.DEVNULL, stdout=self.output, stderr=self.output,
                                        start_new_session=True)

    def poll(self, zero):
        if self.ended is None and self.process.poll() is not None:
            self.ended = time.monotonic() - zero
        return self.ended is not None

    def result(self):
        self.output.seek(0)
        status = self.process.returncode
        return {'command': self.line, 'began': self.began, 'ended': self.ended, 'status': status,
                'output': self.output.read().decode(errors='replace')}


def run(line, pid, seconds=20):
    command = Command(line, pid, 0)
    try:
        command.process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(command.process.pid, signal.SIGKILL)
        command.process.wait()
    command.poll(0)
    return command.result()


def wait_until_up(manager):
    deadline = time.monotonic() + PLAN['readySeconds']
    while time.monotonic() < deadline and manager.poll() is None:
        pid = first_process(manager)
        if pid and os.path.exists(f'{ROOT}/run/systemd/private'):
            if run('systemctl start default.target', pid)['status'] == 0:
                return pid
        time.sleep(0.15)
    with open(f'{WORK}/manager.log') as file:
        console = open(f'{WORK}/console').read()
        raise RuntimeError('the machine does not come up: ' + (file.read() + console)[-2000:])


def syslog(text):
    """As a program of the machine would: `<6>sshd[812]: Accepted …`."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.connect(f'{ROOT}/run/systemd/journal/dev-log')
        sender.send(text.encode())


def play(pid):
    commands = []
    steps = sorted(PLAN['steps'], key=lambda step: step['at'])
    zero = time.monotonic() + 0.02
    late = 0.0
    while steps or time.monotonic() - zero < PLAN['seconds']:
        now = time.monotonic() - zero
        while steps and steps[0]['at'] <= now:
            step = steps.pop(0)
            late = max(late, now - step['at'])
            if 'log' in step:
                syslog(step['log'])
            else:
                commands.append((step['id'], Command(step['line'], pid, zero)))
        due = min([step['at'] for step in steps[:1]] + [PLAN['seconds']])
        select.select([], [], [], max(0.01, min(0.1, due - (time.monotonic() - zero))))
        for _, command in commands:
            command.poll(zero)
    results = {}
    for name, command in commands:
        if not command.poll(zero):
            os.killpg(command.process.pid, signal.SIGKILL)
            command.process.wait()
            results[name] = {**command.result(), 'ended': None}
        else:
            results[name] = command.result()
    return results, late


def main():
    os.umask(0o022)
    build_world()
    furnish()
    manager = start_manager()
    try:
        pid = wait_until_up(manager)
        for line in PLAN['before']:
            done = run(line, pid)
            if done['status'] != 0:
                raise RuntimeError(f'{line}: {done["output"]}')
        cursor = run('journalctl -q -n 1 --no-pager -o cat --show-cursor', pid)['output'].rsplit('cursor: ', 1)[-1].strip()
        said, late = play(pid)
        after = f"-q --no-pager --after-cursor='{cursor}'"
        taken = {name: run(line.replace('JOURNALCTL', f'journalctl {after}'), pid)['output']
                 for name, line in PLAN['take'].items()}
        print(json.dumps({'said': said, 'taken': taken, 'late': late}), flush=True)
    except Exception as problem:
        print(json.dumps({'failed': str(problem)}), flush=True)
    os.killpg(manager.pid, signal.SIGKILL)


main()
