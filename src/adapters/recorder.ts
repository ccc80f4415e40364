/**
 * The flight recorder: a script that waits for the next job of a unit and names whoever asks for it. What it prints is
 * a paste; src/evidence/recording.ts reads its lines.
 */

import { gathering } from './collect.ts'
import { ARGUMENTS, WATCH_SECONDS } from './record.ts'

/** Built of what is below; it takes its arguments. A Worker has it as a file beside it. */
export const recorder = (): string => `#!/bin/sh
# Waits for the next job of a unit and prints who asks for it, then what else tells why a job was canceled. It only
# reads, and ends when the unit has come to rest, after SECONDS or at Ctrl-C. With 'debug' the manager logs every job
# meanwhile; a transient service takes that back as soon as this script is gone, even if it was killed.
# Look through the output before you share it: command lines and logs may hold secrets.
${ARGUMENTS} seconds=\${2-${WATCH_SECONDS}} debug=\${3-}
case $seconds in '' | *[!0-9]*) unit= ;; esac
if [ -z "$unit" ] || [ "$(id -u)" -ne 0 ]; then
  echo 'usage, as root: sh record.sh UNIT [SECONDS [debug]]' >&2
  exit 2
fi
export LC_ALL=C SYSTEMD_PAGER=cat SYSTEMD_COLORS=0 SYSTEMD_URLIFY=0
unit=$(systemctl show --property=Id -- "$unit") || exit
unit=\${unit#Id=}
began=$(date +%s)

${PROCESSES}
${BUS}
${JOBS}
${COURSE}
set -- "$unit"
${gathering('--since="@$began" --priority=info', '--since="@$began" --priority=info')}${LOGGED}`

const PROCESSES = `said=0
say() {
  said=$((said + 1))
  [ $said -gt 400 ] || printf '%s whyjob-record[%d]: %.900s\\n' "$(date '+%b %e %H:%M:%S.%6N')" $$ "$*"
}

# Process $1: who started it, its user, its unit or session, its command line.
about() {
  process=$1 parent=0 uid=- path=
  while read -r key value _; do
    case $key in PPid:) parent=$value ;; Uid:) uid=$value ;; esac
  done <"/proc/$1/status"
  while IFS=: read -r _ name value; do
    case $name in '' | name=systemd) path=\${value#/} ;; esac
  done <"/proc/$1/cgroup"
  while case \${path%%/*} in *.slice) ;; *) false ;; esac; do path=\${path#"\${path%%/*}"} path=\${path#/}; done
  case $path in '' | ..*) path=- ;; user@*/*) path=\${path%%/*}/\${path##*/} ;; *) path=\${path%%/*} ;; esac
  command=$(tr -c '[:print:]' ' ' <"/proc/$1/cmdline") && command=\${command% } && [ -n "$command" ]
} 2>/dev/null

# Says whose the process is that about() was asked for, and up to the first one who started it.
known=' '
client() {
  case $known in *" $process "*) return ;; esac
  known="$known$process "
  say "client $process of $path, uid $uid: $command"
  while [ "$parent" -gt 1 ]; do
    child=$process
    about "$parent" || break
    say "$child was started by $process of $path: $command"
  done
}

# The manager's private socket is on no bus: who asks there is found among the processes $@, by the tools that can ask.
look() {
  for folder; do
    read -r tool <"$folder/comm" || continue
    case $tool in
      systemctl | systemd-run | systemd-mount | reboot | poweroff | halt | shutdown | busctl | gdbus | dbus-send) ;;
      *) continue ;;
    esac
    about "\${folder#/proc/}" || continue
    case "$tool $command " in
      # These only look.
      *' is-'* | *' list-'* | *' show '* | *' status '* | *' cat '* | *' help '* | *--version*) continue ;;
      *' log-level '* | *' monitor '* | *' get-property '* | *' introspect '*) continue ;;
      busctl\\ * | gdbus\\ * | dbus-send\\ *) case $command in *systemd1*) ;; *) continue ;; esac ;;
    esac
    # A job may come and go between two looks at the unit.
    case " $command " in *" $unit "* | *" \${unit%.service} "*) happened=yes ;; esac
    client
  done
} 2>/dev/null

# The same among the processes made after number $1.
recent() {
  pid=$1
  read -r _ _ _ _ newest </proc/loadavg
  [ "$pid" -le "$newest" ] && [ $((newest - pid)) -le 1000 ] || pid=$newest
  while [ "$pid" -lt "$newest" ]; do
    pid=$((pid + 1))
    look "/proc/$pid"
  done
}
`

const BUS = `# What is said on the bus, as long as this script is there.
bus() {
  busctl monitor --json=short --match="type='method_call',interface='org.freedesktop.systemd1.Manager'" \\
    --match="type='method_call',interface='org.freedesktop.systemd1.Unit'" \\
    --match="type='method_call',interface='org.freedesktop.systemd1.Job'" &
  while [ -e "/proc/$$/exe" ] && kill -0 $!; do sleep 1; done
  kill $!
} 2>/dev/null

# Whoever asks there is known by the sender of the message.
listen() {
  while IFS= read -r message; do
    member=\${message#*'"member":"'} member=\${member%%'"'*}
    case $member in
      Start | StartUnit* | Stop | StopUnit | Restart* | Reload* | Try* | Enqueue* | Cancel* | ClearJobs) ;;
      *) continue ;;
    esac
    read -r _ _ _ _ newest </proc/loadavg
    recent $((newest - 50))
    sender=\${message#*'"sender":"'} sender=\${sender%%'"'*}
    object=\${message#*'"path":"'} object=\${object%%'"'*}
    words=\${message#*'"data":['} words=\${words%%']'*}
    pid=$(busctl status "$sender" | sed -n 's/^PID=//p')
    [ -z "$pid" ] || { about "$pid" && client; }
    say "call by $sender, process \${pid:--}: $member \${object##*/} $words"
  done
} 2>/dev/null
`

const JOBS = `# Says which job the unit has and how it stands, where that changed.
stands= happened=
job() {
  id= has='no job'
  while IFS='=' read -r key value; do
    case $key in
      Job) id=$value ;;
      ActiveState) active=$value ;;
      SubState) sub=$value ;;
      ActiveEnterTimestampMonotonic) up=$value ;;
      InactiveEnterTimestampMonotonic) down=$value ;;
    esac
  done <<END
$(systemctl show --property=Job,ActiveState,SubState,ActiveEnterTimestampMonotonic,InactiveEnterTimestampMonotonic \\
    -- "$unit")
END
  [ -z "$id" ] || set -- $(systemctl list-jobs --no-legend -- "$unit")
  [ $# -lt 4 ] || has="job $1, $3, $4,"
  [ "$stands" != "$has $active $sub $up $down" ] || return
  [ -z "$stands" ] && [ -z "$id" ] || happened=yes
  stands="$has $active $sub $up $down"
  say "$has of $unit, which is $active ($sub), last up at $up, last down at $down"
}
`

const COURSE = `guard= listener=
cleanup() {
  trap - EXIT
  [ -z "$listener" ] || kill "$listener"
  [ -z "$guard" ] || { systemctl stop "$guard"; systemctl log-level "$level"; }
} 2>/dev/null
trap cleanup EXIT
trap 'exit 1' HUP TERM
trap 'end=0' INT

if [ "$debug" = debug ] && level=$(systemctl log-level) && [ "$level" != debug ]; then
  guard=whyjob-record-$$.service path=$(command -v systemctl)
  systemd-run --quiet --collect --unit="$guard" --property=RuntimeMaxSec=$((seconds + 60)) \\
    --property="ExecStartPre=$path log-level debug" --property="ExecStopPost=$path log-level $level" \\
    sh -c "while [ -e /proc/$$/exe ]; do sleep 1; done"
fi
bus | listen &
listener=$!

read -r now _ </proc/uptime
end=$((\${now%.*} + seconds)) turn=0 quiet=0
read -r _ _ _ _ newest </proc/loadavg
older=$newest old=$newest
say "watching $unit for $seconds s at most"
while [ "\${now%.*}" -lt "$end" ] && [ $quiet -lt 6 ]; do
  # Who comes and goes quickly is met among the processes of the last moments; who waits, among all of them.
  if [ $((turn % 25)) -eq 0 ]; then
    look /proc/[0-9]*
    job
    quiet=$((quiet + 1))
    [ -z "$id" ] && [ -n "$happened" ] || quiet=0
  fi
  [ $((turn % 5)) -ne 0 ] || older=$old old=$newest
  sleep 0.02
  recent "$older"
  read -r now _ </proc/uptime
  turn=$((turn + 1))
done
cleanup
say "end: $([ $quiet -lt 6 ] && echo 'the time is up' || echo 'the unit is at rest')"
`

/** What the manager logged above: only what tells of jobs, for debug has much more. */
const LOGGED = `
if [ "$debug" = debug ]; then
  printf '\\n$ journalctl --output=short-precise _PID=1\\n'
  journalctl --output=short-precise --since="@$began" _PID=1 |
    grep -F -e "$unit" -e 'type=method_call' -e 'finished, result=' -e 'Installed new job' -e 'Trying to enqueue' |
    tail -n 400
fi
`
