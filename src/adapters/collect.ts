/** The script that gathers evidence. Short enough to be read before it is run; it changes nothing and sends nothing. */

/** Other characters have no place in a unit's name: unit_name_is_valid(), src/basic/unit-name.c, plus the glob's. */
const UNIT = /^[\w:.@\\-]{1,255}$/

export function isUnitName(name: string): boolean {
  return UNIT.test(name) && !name.startsWith('-')
}

/** With units it is ready to be piped into sh; without, it takes them as arguments. */
export function collectScript(units: readonly string[] = []): string {
  const preset = units.length === 0 ? '' : `\nset -- ${units.map((unit) => `'${unit}'`).join(' ')}`
  return `#!/bin/sh
# Prints what is needed to tell why a systemd job was canceled. It only reads: nothing is changed, nothing is sent.
# Look through the output before you share it: command lines and logs may hold secrets.${preset}
if [ $# -eq 0 ]; then
  echo 'usage: sh collect.sh UNIT...' >&2
  exit 2
fi
export LC_ALL=C SYSTEMD_PAGER=cat SYSTEMD_COLORS=0 SYSTEMD_URLIFY=0

${gathering('--boot', '--boot --since=-30min')}`
}

/** What tells of the units "$@"; of their journal and the manager's, what the options let through. */
export function gathering(units: string, manager: string): string {
  return `show() {
  printf '\\n$ %s\\n' "$*"
  "$@" 2>&1
}

show systemctl --version
show systemctl list-jobs --full --before --after
for unit; do
  show systemctl status --full --lines=0 -- "$unit"
  show systemctl cat -- "$unit"
  show systemctl show --property=Id,Names,Job,Result,NRestarts,Triggers,TriggeredBy,Requires,Requisite,BindsTo,PartOf \\
    --property=Wants,Upholds,Conflicts,ConflictedBy,RequiredBy,BoundBy,ConsistsOf,WantedBy,UpheldBy,OnFailure \\
    --property=StopWhenUnneeded,PropagatesStopTo,StopPropagatedFrom,JobTimeoutUSec,NeedDaemonReload -- "$unit"
  show systemctl list-dependencies --plain -- "$unit"
  show systemctl list-dependencies --plain --reverse -- "$unit"
  show journalctl ${units} --output=short-precise --lines=100 --unit="$unit"
done
# What the manager itself did lately, other units included: what displaced the job may be another's.
show journalctl ${manager} --output=short-precise --lines=300 _PID=1
`
}
