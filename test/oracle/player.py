"""Plays one story on a real systemd and prints what its manager said, a JSON object per line.

Started by run.ts as the first process of fresh namespaces, with a plan (a JSON object) on standard input. It is Python
because a recorder has to bind a datagram socket of the unix family, and Node has none. It stays outside of the chroot.
"""

import ctypes
import fcntl
import json
import os
import re
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time

PLAN = json.load(sys.stdin)
WORK = '/mnt'  # Private to this mount namespace, and short: a socket's path holds 108 characters.
ROOT = WORK + '/r'
UNITS = f'/etc/systemd/{PLAN["manager"]}'
USER = PLAN['manager'] == 'user'
RUNTIME = '/run/user/0' if USER else '/run'
ENVIRONMENT = {
    'PATH': '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    'HOME': '/root',
    'USER': 'root',
    'SHELL': '/bin/sh',
    'LC_ALL': 'C.UTF-8',
    'SYSTEMD_IGNORE_CHROOT': '1',
    **({'XDG_RUNTIME_DIR': RUNTIME, 'SYSTEMD_UNIT_PATH': UNITS} if USER else {'container': 'oci'}),
}
UP = 'default.target' if USER else 'multi-user.target'
BASE_TARGETS = ['basic', 'shutdown', 'sysinit', 'default', 'sockets', 'timers', 'paths']

MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18
libc = ctypes.CDLL(None, use_errno=True)


def mount(source, target, kind, flags=0, data=None):
    os.makedirs(target, exist_ok=True)
    encode = lambda text: None if text is None else text.encode()
    if libc.mount(encode(source), encode(target), encode(kind), flags, encode(data)) != 0:
        raise OSError(ctypes.get_errno(), f'mount {kind} at {target}')


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
    mount('proc', f'{ROOT}/proc', 'proc')
    write('/proc/sys/net/unix/max_dgram_qlen', '20000')
    mount('tmpfs', f'{ROOT}/sys', 'tmpfs')
    mount('cgroup2', f'{ROOT}/sys/fs/cgroup', 'cgroup2')
    mount('tmpfs', f'{ROOT}/dev', 'tmpfs')
    for node in ('null', 'zero', 'full', 'random', 'urandom', 'tty'):
        write(f'{ROOT}/dev/{node}', '')
        libc.mount(f'/dev/{node}'.encode(), f'{ROOT}/dev/{node}'.encode(), None, MS_BIND, None)
    mount('tmpfs', f'{ROOT}/dev/shm', 'tmpfs')
    mount('tmpfs', f'{ROOT}/run', 'tmpfs')
    mount('tmpfs', f'{ROOT}/tmp', 'tmpfs')
    for folder in ('/run/systemd/system', '/run/systemd/journal', RUNTIME, '/root'):
        os.makedirs(ROOT + folder, exist_ok=True)
    # The phase at which the manager's timers fire comes from the boot's id: another one each time, lest two runs agree
    # by chance.
    write(f'{WORK}/boot_id', PLAN['bootId'] + '\n')
    boot_id = f'{ROOT}/proc/sys/kernel/random/boot_id'
    libc.mount(f'{WORK}/boot_id'.encode(), boot_id.encode(), None, MS_BIND, None)
    socket.sethostname('whyjob')
    raise_loopback()


def raise_loopback():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        flags = struct.pack('16sh22x', b'lo', 0x1 | 0x40)  # IFF_UP | IFF_RUNNING
        fcntl.ioctl(control, 0x8914, flags)  # SIOCSIFFLAGS


def write_units():
    shutil.rmtree(ROOT + UNITS, ignore_errors=True)
    os.makedirs(ROOT + UNITS)
    if USER:
        for name in BASE_TARGETS:
            write(f'{ROOT}{UNITS}/{name}.target', '[Unit]\nDefaultDependencies=no\n')
    else:
        complete_the_system()
    for file in PLAN['files']:
        path = f'{ROOT}{UNITS}/{file["name"]}'
        if os.path.lexists(path):
            os.remove(path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if file['symlink']:
            os.symlink(f'{UNITS}/{os.path.basename(path)}', path)
        elif file['text'] == '':
            os.symlink('/dev/null', path)  # Masked.
        else:
            write(path, file['text'])
    if USER:
        # A command in a unit file says `systemctl`, and means this manager.
        os.rename(f'{ROOT}/usr/bin/systemctl', f'{ROOT}/usr/bin/systemctl.real')
        write(f'{ROOT}/usr/bin/systemctl', '#!/bin/sh\nexec /usr/bin/systemctl.real --user "$@"\n', 0o755)


# What needs hardware, a console or a journal of its own.
MASKED = """
    console-getty.service container-getty@.service getty-static.service getty@.service serial-getty@.service
    dev-hugepages.mount dev-mqueue.mount e2scrub_all.timer fstrim.timer apt-daily.timer apt-daily-upgrade.timer
    dpkg-db-backup.timer kmod-static-nodes.service ldconfig.service modprobe@.service proc-sys-fs-binfmt_misc.automount
    proc-sys-fs-binfmt_misc.mount sys-fs-fuse-connections.mount sys-kernel-config.mount sys-kernel-debug.mount
    sys-kernel-tracing.mount systemd-ask-password-console.path systemd-ask-password-wall.path
    systemd-ask-password.socket systemd-binfmt.service systemd-boot-random-seed.service systemd-creds.socket
    systemd-factory-reset.socket systemd-firstboot.service systemd-hibernate-clear.service systemd-hostnamed.socket
    systemd-hwdb-update.service systemd-initctl.socket systemd-journal-catalog-update.service
    systemd-journal-flush.service systemd-journalctl.socket systemd-journald-audit.socket systemd-logind.service
    systemd-logind-varlink.socket systemd-machine-id-commit.service systemd-modules-load.service
    systemd-mute-console.socket systemd-networkd.socket systemd-pcrphase-sysinit.service systemd-pcrphase.service
    systemd-pstore.service systemd-random-seed.service systemd-repart.service systemd-rfkill.socket
    systemd-sysctl.service systemd-sysext.socket systemd-sysinstall.socket systemd-sysusers.service
    systemd-timesyncd.service systemd-tmpfiles-clean.timer systemd-tmpfiles-setup-dev-early.service
    systemd-tmpfiles-setup-dev.service systemd-udev-trigger.service systemd-udevd-control.socket
    systemd-udevd-kernel.socket systemd-udevd.service systemd-update-done.service
    systemd-update-utmp-runlevel.service systemd-update-utmp.service
"""


def complete_the_system():
    for name in MASKED.split():
        os.symlink('/dev/null', f'{ROOT}{UNITS}/{name}')
    # Each reload would run these, and they find nothing here to make units of.
    shutil.rmtree(f'{ROOT}/usr/lib/systemd/system-generators', ignore_errors=True)
    # The first process talks to the journal only while these run, and the recorder has the journal's place.
    stand_in = '[Socket]\nListenDatagram=/run/systemd/journal/stand-in'
    for name, where in (('', ''), ('-dev-log', '-dev-log')):
        unit = f'[Unit]\nDefaultDependencies=no\nBefore=sockets.target\nIgnoreOnIsolate=yes\n{stand_in}{where}\n'
        write(f'{ROOT}{UNITS}/systemd-journald{name}.socket', unit + 'Service=systemd-journald.service\n')
    write(f'{ROOT}{UNITS}/systemd-journald.service', """[Unit]
DefaultDependencies=no
Requires=systemd-journald.socket
After=systemd-journald.socket
Before=sysinit.target
IgnoreOnIsolate=yes
[Service]
ExecStart=/bin/sleep infinity
Sockets=systemd-journald.socket systemd-journald-dev-log.socket
""")
    write(f'{ROOT}/etc/passwd', 'root:x:0:0:root:/root:/bin/sh\nmessagebus:x:100:100::/nonexistent:/bin/false\n')
    write(f'{ROOT}/etc/group', 'root:x:0:\nmessagebus:x:100:\n')


class Recorder:
    """Stands in for the journal: every message in its native protocol, with the moment it arrived."""

    def __init__(self):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, 33, 64 << 20)  # SO_RCVBUFFORCE
        self.socket.bind(f'{ROOT}/run/systemd/journal/socket')
        self.socket.setblocking(False)
        self.jobs = {}
        self.ready = False
        self.heard = []
        self.last = time.monotonic()

    def drain(self, zero, found):
        while True:
            try:
                data = self.socket.recv(1 << 20)
            except BlockingIOError:
                return
            self.last = time.monotonic()
            fields = parse_native(data)
            message = fields.get('MESSAGE', '')
            self.watch(message)
            if zero is None:
                self.heard.append(message)
            else:
                found.append({'at': self.last - zero, 'message': fields})

    def watch(self, message):
        installed = re.search(r': (?:Installed new|Enqueued) job (\S+)/(\S+) as (\d+)', message)
        if installed:
            self.jobs[installed[1]] = installed[3]
        if re.match(rf'{UP}: Job \d+ {UP}/start finished', message):
            self.ready = True


def parse_native(data):
    fields, position = {}, 0
    while position < len(data):
        end = data.find(b'\n', position)
        if end < 0:
            break
        line = data[position:end]
        key, equals, value = line.partition(b'=')
        position = end + 1
        if not equals:
            if position + 8 > len(data):
                continue  # Some messages of 247 end with an empty line.
            (size,) = struct.unpack_from('<Q', data, position)
            value = data[position + 8 : position + 8 + size]
            position += 8 + size + 1
        fields[key.decode()] = value.decode(errors='replace')
    wanted = ('MESSAGE', 'PRIORITY', 'MESSAGE_ID', 'UNIT', 'USER_UNIT')
    return {key: fields[key] for key in wanted if key in fields}


def start_manager():
    program = next(p for p in ('/usr/lib/systemd/systemd', '/lib/systemd/systemd') if os.path.exists(ROOT + p))
    options = [f'--{PLAN["manager"]}', f'--unit={UP}', '--log-level=debug', '--log-target=journal',
               '--default-standard-output=null', '--default-standard-error=null']
    command = ['chroot', ROOT, program, *options]
    if not USER:
        inner = f'mount -t proc proc {ROOT}/proc && exec "$@"'
        command = ['unshare', '--pid', '--fork', '--kill-child=KILL', 'sh', '-c', inner, 'sh', *command]
    environment = {**ENVIRONMENT, 'SYSTEMD_LOG_LEVEL': 'debug', 'SYSTEMD_LOG_TARGET': 'journal'}
    log = open(f'{WORK}/manager.log', 'w')
    return subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                            start_new_session=True)


class Client:
    """One systemctl, run in the background."""

    def __init__(self, text, words, manager, jobs):
        self.text = text
        if words[0] == 'cancel' or 'cancel' in words:
            words = [jobs.get(word, word) for word in words]
        command = ['chroot', ROOT, '/usr/bin/systemctl.real', '--user'] if USER else \
            [*enter_pid_namespace(manager), 'chroot', ROOT, '/usr/bin/systemctl']
        environment = {**ENVIRONMENT, 'SYSTEMD_PAGER': 'cat', 'SYSTEMD_COLORS': '0', 'SYSTEMD_LOG_LEVEL': 'info'}
        self.output = open(f'{WORK}/client.{id(self)}', 'w+b')
        self.process = subprocess.Popen([*command, *words], env=environment, stdin=subprocess.DEVNULL,
                                        stdout=self.output, stderr=self.output, start_new_session=True)
        self.fd = os.pidfd_open(self.process.pid)

    def result(self, at):
        self.output.seek(0)
        output = self.output.read().decode(errors='replace').strip('\n')
        status = self.process.wait()
        return {'at': at, 'client': self.text, 'status': status if status >= 0 else 128 - status, 'output': output}


def enter_pid_namespace(manager):
    with open(f'/proc/{manager.pid}/task/{manager.pid}/children') as file:
        return ['nsenter', f'--pid=/proc/{file.read().split()[0]}/ns/pid']


connections = []


def connect(address):
    # The clients of one socket stay connected: what they wait for is up to the socket's unit.
    if address['family'] == 'tcp':
        client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        target = ('127.0.0.1', address['port'])
    else:
        client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        target = '\0' + address['path'][1:] if address['path'].startswith('@') else ROOT + address['path']
    client.setblocking(False)
    connections.append(client)
    try:
        client.connect(target)
    except OSError as problem:
        return str(problem)
    return None


def in_root(path):
    return ROOT + (path if path.startswith('/') else f'{UNITS}/{path}')


def act(action):
    kind = action['kind']
    if kind == 'connect':
        return connect(action['address'])
    path = in_root(action['path'])
    try:
        if kind == 'touch':
            os.makedirs(os.path.dirname(path), exist_ok=True)
            if not os.path.isdir(path):
                open(path, 'a').close()
            os.utime(path)
        elif kind == 'mkdir':
            os.makedirs(path, exist_ok=True)
        elif os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
        else:
            os.remove(path)
    except OSError as problem:
        return str(problem)
    return None


def wait_until_ready(recorder, manager):
    deadline = time.monotonic() + PLAN['readySeconds']
    while not (recorder.ready and time.monotonic() - recorder.last > 0.3):
        if time.monotonic() > deadline or manager.poll() is not None:
            with open(f'{WORK}/manager.log') as file:
                said = file.read()[-2000:] + '\n'.join(recorder.heard[-20:])
            raise RuntimeError('the manager does not come up: ' + said)
        select.select([recorder.socket], [], [], 0.05)
        recorder.drain(None, [])


def play(recorder, manager):
    found, clients, actions = [], [], list(PLAN['actions'])
    zero = time.monotonic() + 0.02
    while True:
        now = time.monotonic() - zero
        while actions and actions[0]['at'] <= now:
            action = actions.pop(0)
            if action['kind'] == 'end':
                recorder.drain(zero, found)
                return found
            if action['kind'] == 'systemctl':
                clients.append(Client(action['text'], action['words'], manager, recorder.jobs))
            else:
                problem = act(action)
                if problem is not None:
                    found.append({'at': now, 'problem': f'{action["text"]}: {problem}'})
            found.append({'at': now, 'late': time.monotonic() - zero - action['at']})
        due = actions[0]['at'] - (time.monotonic() - zero)
        select.select([recorder.socket, *(client.fd for client in clients)], [], [], max(0, due))
        recorder.drain(zero, found)
        for client in [client for client in clients if client.process.poll() is not None]:
            clients.remove(client)
            found.append(client.result(time.monotonic() - zero))


def main():
    os.umask(0o022)
    build_world()
    write_units()
    recorder = Recorder()
    manager = start_manager()
    try:
        wait_until_ready(recorder, manager)
        for row in play(recorder, manager):
            print(json.dumps(row))
        print(json.dumps({'done': True}), flush=True)
    except Exception as problem:
        print(json.dumps({'failed': str(problem)}), flush=True)
    if not USER:
        os.killpg(manager.pid, signal.SIGKILL)


if __name__ == '__main__':
    main()
