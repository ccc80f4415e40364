/** What a script that plays a story is made of. */

/** The rest would have an effect outside: users, directories, limits, what happens to the machine. */
export const KEPT: Readonly<Record<string, string>> = {
  Unit: `Description Requires Requisite Wants BindsTo Upholds Conflicts Before After OnFailure OnSuccess PartOf
    PropagatesReloadTo ReloadPropagatedFrom PropagatesStopTo StopPropagatedFrom StopWhenUnneeded RefuseManualStart
    RefuseManualStop AllowIsolate DefaultDependencies OnFailureJobMode OnSuccessJobMode IgnoreOnIsolate JobTimeoutSec
    JobRunningTimeoutSec StartLimitInterval StartLimitIntervalSec StartLimitBurst CollectMode`,
  Service: `Type ExitType ExecCondition ExecStartPre ExecStart ExecStartPost ExecReload ExecStop ExecStopPost
    RemainAfterExit GuessMainPID Restart RestartSec RestartSteps RestartMaxDelaySec RestartMode
    RestartPreventExitStatus RestartForceExitStatus SuccessExitStatus TimeoutSec TimeoutStartSec TimeoutStopSec
    TimeoutAbortSec TimeoutStartFailureMode TimeoutStopFailureMode RuntimeMaxSec StartLimitInterval StartLimitBurst
    KillMode KillSignal FinalKillSignal RestartKillSignal SendSIGKILL SendSIGHUP`,
  Socket: `Accept Service MaxConnections FlushPending TriggerLimitIntervalSec TriggerLimitBurst TimeoutSec`,
  Timer: `OnCalendar OnActiveSec OnBootSec OnStartupSec OnUnitActiveSec OnUnitInactiveSec RemainAfterElapse Unit
    AccuracySec`,
  Path: `PathExists PathExistsGlob PathChanged PathModified DirectoryNotEmpty MakeDirectory Unit
    TriggerLimitIntervalSec TriggerLimitBurst`,
}

export const HEAD = `#!/bin/sh
# Plays a story of systemd jobs on the systemd of this machine, in a service manager of its own: none of the machine's
# units are touched, every program is a stand-in, and all files lie in a folder that is removed at the end.
if [ ! -f "$0" ]; then
  echo 'save it as a file, and run that: sh FILE' >&2
  exit 2
fi
if [ "${'$'}{WHYJOB_INSIDE:-}" != yes ]; then
  [ "$(id -u)" = 0 ] || user=--user
  scope=whyjob-$$.scope
  trap 'systemctl $user kill --signal=KILL "$scope" 2>/dev/null' EXIT
  WHYJOB_INSIDE=yes systemd-run $user --scope --quiet --unit="$scope" -p Delegate=yes /bin/sh "$0"
  exit
fi
set -u
folder=$(mktemp -d)
units=$folder/units
mkdir "$units" "$folder/run" "$folder/run/story"
unset DBUS_SESSION_BUS_ADDRESS NOTIFY_SOCKET LISTEN_FDS LISTEN_PID WATCHDOG_USEC
export XDG_RUNTIME_DIR="$folder/run" SYSTEMD_UNIT_PATH="$units" SYSTEMD_PAGER=cat LC_ALL=C

down() {
  kill -KILL "$manager" 2>/dev/null
  rm -rf "$folder"
}

up() {
  for at in /usr/lib/systemd/systemd /lib/systemd/systemd; do [ -x "$at" ] && break; done
  SYSTEMD_LOG_LEVEL=debug SYSTEMD_LOG_TARGET=journal "$at" --user --unit=default.target >"$folder/log" 2>&1 &
  manager=$!
  trap down EXIT
  trap 'exit 1' INT TERM
  tries=0
  while [ "$tries" -lt 60 ]; do
    systemctl --user is-active --quiet default.target 2>/dev/null && return
    tries=$((tries + 1))
    sleep 0.5
  done
  echo 'the manager does not come up:' >&2
  tail -n 5 "$folder/log" >&2
  exit 1
}

ask() {
  echo "$ systemctl --user $*"
  { systemctl --user "$@" 2>&1; echo "exit status $?: systemctl $*"; } | sed 's/^/    /' &
}

call() {
  echo "$ a client connects to $1"
  curl --silent --max-time 1 --unix-socket "$XDG_RUNTIME_DIR/$1" http://story/ >/dev/null
}

make() {
  mkdir -p "${'$'}{1%/*}" && : >"$1"
}
`

export const TAIL = `
echo
echo 'What the manager did about jobs, as no journal says unless debug messages are on:'
journalctl --quiet --output=short-precise _PID="$manager" |
  grep -E 'Trying to enqueue job|Installed new job|Merged|re-running|Converting job|finished, result=' ||
  echo 'The journal does not show them to you. As root, or in the group systemd-journal, it does.'
`
