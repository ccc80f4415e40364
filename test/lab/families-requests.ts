/** What clients ask of the same unit, or of one that pulls it in. */

import type { Cast } from './cast.ts'
import type { Deed, Family, LogLine, Scene } from './incident.ts'

const STOP_SECONDS = [3, 5] as const

/** The other side shows at its own terminal, as a line of sudo's or as one of cron's. */
export function otherAsks(cast: Cast, at: number, line: string): { deeds: Deed[]; logs: LogLine[] } {
  const pid = cast.chance.integer(900, 9000)
  const program = line.replace(/^systemctl/, '/usr/bin/systemctl')
  const way = cast.chance.pick(['terminal', 'terminal', 'sudo', 'cron'])
  if (way === 'terminal') return { deeds: [{ at, who: 'other', line }], logs: [] }
  const log =
    way === 'sudo'
      ? `<86>sudo[${pid}]: ${cast.user} : TTY=pts/1 ; PWD=/home/${cast.user} ; USER=root ; COMMAND=${program}`
      : `<78>CRON[${pid}]: (root) CMD (${program})`
  return { deeds: [{ at, who: 'hidden', line }], logs: [{ at: at - 0.05, log }] }
}

const at = (cast: Cast) => 0.5 + cast.chance.integer(0, 3) / 10

/** `first` is under way on a unit of its own when `second` comes. */
function twoRequests(first: string, second: string, canceled: string, replacing: string): Family {
  return {
    name: `${first}-then-${second}`,
    make(cast) {
      const stops = first === 'stop' || first === 'restart'
      const slow = cast.chance.seconds(...STOP_SECONDS)
      const reload =
        first === 'reload' ? [`ExecReload=/bin/sleep ${slow}`] : second === 'reload' ? ['ExecReload=/bin/true'] : []
      const unit = cast.service({
        ...(stops ? { stopSeconds: slow } : first === 'start' ? { startSeconds: slow } : {}),
        service: reload,
      })
      const zero = at(cast)
      const other = otherAsks(cast, zero + cast.chance.seconds(0.9, 1.6), `systemctl ${second} ${cast.typed(unit)}`)
      return {
        units: cast.units,
        before: first === 'start' ? [] : [`systemctl start ${unit}`],
        deeds: [{ at: zero, who: 'asker', line: `systemctl ${first} ${cast.typed(unit)}` }, ...other.deeds],
        logs: other.logs,
        seconds: 5.5,
        about: [unit],
        truth: { cause: 'opposing-request', canceled: `${unit}/${canceled}`, replacing: `${unit}/${replacing}` },
      }
    },
  }
}

/** Somebody starts a unit that needs the one being stopped, directly or at one remove. */
function pulledIn(name: string, setting: string, deep: boolean, replacing: string): Family {
  return {
    name,
    make(cast) {
      const unit = cast.service({ stopSeconds: cast.chance.seconds(...STOP_SECONDS) })
      const needs = cast.service({ unit: [`${setting}=${unit}`, `After=${unit}`], plain: true })
      const outer = deep ? cast.service({ unit: [`Wants=${needs}`], plain: true }) : needs
      const zero = at(cast)
      const other = otherAsks(cast, zero + 1.2, `systemctl start ${cast.typed(outer)}`)
      return {
        units: cast.units,
        before: [`systemctl start ${unit}`],
        deeds: [{ at: zero, who: 'asker', line: `systemctl stop ${cast.typed(unit)}` }, ...other.deeds],
        logs: other.logs,
        seconds: 5.5,
        about: deep ? [unit, needs, outer] : [unit, needs],
        truth: { cause: 'opposing-request', canceled: `${unit}/stop`, replacing: `${unit}/${replacing}` },
      }
    },
  }
}

/** A task that does not wait, and one later that does what the first cannot be merged with. */
const ansibleRace: Family = {
  name: 'ansible-async-stop',
  make(cast) {
    const unit = cast.service({ stopSeconds: cast.chance.seconds(...STOP_SECONDS) })
    const name = cast.typed(unit)
    const role = cast.chance.pick(['web', 'app', 'common', 'release'])
    const jid = `${cast.chance.integer(1e11, 9e11)}.${cast.chance.integer(1000, 9000)}`
    const rule = (title: string) => `${title} ${'*'.repeat(Math.max(3, 77 - title.length))}`
    const text = [
      rule(`PLAY [${role}servers]`),
      '',
      rule(`TASK [${role} : drain and stop ${name}]`),
      `changed: [${cast.host}] => {"ansible_job_id": "${jid}", "changed": true, "name": "${name}", "state": "stopped"}`,
      '',
      rule(`TASK [${role} : start ${name}]`),
      `changed: [${cast.host}] => {"changed": true, "name": "${name}", "state": "started"}`,
      '',
      rule(`TASK [${role} : wait until ${name} has drained]`),
      `fatal: [${cast.host}]: FAILED! => {"ansible_job_id": "${jid}", "attempts": 1, ` +
        `"changed": false, "finished": 1, "msg": "Unable to stop service ${name}: OUTPUT"}`,
      '',
      rule('PLAY RECAP'),
      `${cast.host.padEnd(26)} : ok=3    changed=2    unreachable=0    failed=1    skipped=0    rescued=0    ignored=0`,
    ].join('\n')
    return {
      units: cast.units,
      before: [`systemctl start ${unit}`],
      deeds: [
        { at: 0.5, who: 'asker', line: `systemctl stop ${name}` },
        { at: 1.8, who: 'hidden', line: `systemctl start ${name}` },
      ],
      logs: ansibleLogs(cast, name),
      seconds: 5.5,
      about: [unit],
      tool: { tool: 'ansible', text },
      truth: {
        cause: 'automation-race',
        also: ['opposing-request'],
        canceled: `${unit}/stop`,
        replacing: `${unit}/start`,
      },
    }
  },
}

function ansibleLogs(cast: Cast, name: string): LogLine[] {
  if (cast.chance.happens(0.5)) return []
  const line = (at: number, state: string) => ({
    at,
    log:
      `<13>ansible-ansible.legacy.systemd[${cast.chance.integer(3000, 9000)}]: Invoked with name=${name} ` +
      `state=${state} daemon_reload=False daemon_reexec=False scope=system no_block=False ` +
      'enabled=None force=None masked=None',
  })
  return [line(0.45, 'stopped'), line(1.7, 'started')]
}

/** `set -x` output of a deploy that stops in the background. */
const deployScript: Family = {
  name: 'deploy-script-race',
  make(cast) {
    const unit = cast.service({ stopSeconds: cast.chance.seconds(...STOP_SECONDS) })
    const name = cast.typed(unit)
    const second = cast.chance.pick(['start', 'restart'])
    const release = `release-${cast.chance.integer(100, 900)}`
    const text = [
      `$ ./deploy.sh ${release}`,
      `+ tar -xf /srv/releases/${release}.tar.gz -C /srv/app`,
      `+ systemctl stop ${name} &`,
      `+ ln -sfn /srv/app/${release} /srv/app/current`,
      `+ systemctl ${second} ${name}`,
      'OUTPUT',
      '+ wait',
      'deploy failed: exit status 1',
    ].join('\n')
    return {
      units: cast.units,
      before: [`systemctl start ${unit}`],
      deeds: [
        { at: 0.5, who: 'asker', line: `systemctl stop ${name}` },
        { at: 1.6, who: 'hidden', line: `systemctl ${second} ${name}` },
      ],
      seconds: 5.5,
      about: [unit],
      tool: { tool: 'script', text },
      truth: {
        cause: 'automation-race',
        also: ['opposing-request'],
        canceled: `${unit}/stop`,
        replacing: `${unit}/${second}`,
      },
    }
  },
}

/** Chef's own words around what systemctl said, with the run's second request of the same unit. */
const chefRun: Family = {
  name: 'chef-delayed-restart',
  make(cast) {
    const unit = cast.service({ stopSeconds: cast.chance.seconds(...STOP_SECONDS) })
    const name = cast.typed(unit)
    const book = cast.chance.pick(['app', 'web', 'monitoring', 'base'])
    const text = [
      `  * service[${name}] action stop`,
      '    ',
      '    ================================================================================',
      `    Error executing action \`stop\` on resource 'service[${name}]'`,
      '    ================================================================================',
      '    ',
      '    Mixlib::ShellOut::ShellCommandFailed',
      '    ------------------------------------',
      "    Expected process to exit with [0], but received '1'",
      `    ---- Begin output of ["/usr/bin/systemctl", "--system", "stop", "${name}"] ----`,
      '    STDOUT: ',
      '    STDERR: OUTPUT',
      `    ---- End output of ["/usr/bin/systemctl", "--system", "stop", "${name}"] ----`,
      `    Ran ["/usr/bin/systemctl", "--system", "stop", "${name}"] returned 1`,
      '',
      `  * execute[bounce ${name}] action run`,
      `    - execute systemctl restart ${name} &`,
      `Recipe: ${book}::service`,
    ].join('\n')
    return {
      units: cast.units,
      before: [`systemctl start ${unit}`],
      deeds: [
        { at: 0.5, who: 'asker', line: `systemctl --system stop ${name}` },
        { at: 1.7, who: 'hidden', line: `systemctl restart ${name}` },
      ],
      seconds: 5.5,
      about: [unit],
      tool: { tool: 'chef', text },
      truth: {
        cause: 'automation-race',
        also: ['opposing-request'],
        canceled: `${unit}/stop`,
        replacing: `${unit}/restart`,
      },
    }
  },
}

/** An upgrade restarts what the admin is stopping. */
const packageScript: Family = {
  name: 'package-script-restart',
  make(cast): Scene {
    const unit = cast.service({ stopSeconds: cast.chance.seconds(...STOP_SECONDS) })
    const name = cast.typed(unit)
    const base = unit.replace(/[@.].*$/, '')
    const pid = cast.chance.integer(2000, 8000)
    const version = `${cast.chance.integer(1, 9)}.${cast.chance.integer(0, 20)}-1`
    const needrestart = cast.chance.happens(0.5)
    const log = needrestart
      ? `<14>needrestart[${pid}]: Restarting services: ${unit}`
      : `<14>dpkg[${pid}]: configure ${base}:amd64 ${version} <none>`
    const shown = needrestart
      ? ['echo Scanning processes...; echo; echo Restarting services...', `echo ' systemctl restart ${unit}'`]
      : [`echo 'Setting up ${base} (${version}) ...'`]
    return {
      units: cast.units,
      before: [`systemctl start ${unit}`],
      deeds: [
        { at: 0.5, who: 'asker', line: `systemctl stop ${name}` },
        { at: 1.6, who: 'hidden', line: `systemctl restart ${unit}` },
      ],
      logs: [
        { at: 1.3, log: `<14>apt[${pid - 3}]: Commandline: apt-get -y install ${base}` },
        { at: 1.55, log },
      ],
      extra: [{ line: shown.join('; '), shown: `apt-get -y install ${base}` }],
      seconds: 5.5,
      about: [unit],
      truth: { cause: 'package-manager', canceled: `${unit}/stop`, replacing: `${unit}/restart` },
    }
  },
}

const canceledByHand: Family = {
  name: 'cancel-all',
  make(cast) {
    const unit = cast.service({ startSeconds: cast.chance.seconds(3, 4) })
    const other = otherAsks(cast, 2, 'systemctl cancel')
    return {
      units: cast.units,
      deeds: [{ at: 0.5, who: 'asker', line: `systemctl start ${cast.typed(unit)}` }, ...other.deeds],
      logs: other.logs,
      seconds: 5.5,
      about: [unit],
      truth: { cause: 'user-cancelled', canceled: `${unit}/start`, replacing: null },
    }
  },
}

const canceledByNumber: Family = {
  name: 'cancel-one-job',
  make(cast) {
    const stop = cast.chance.happens(0.5)
    const slow = cast.chance.seconds(3, 4)
    const unit = cast.service(stop ? { stopSeconds: slow } : { startSeconds: slow })
    const verb = stop ? 'stop' : 'start'
    // Whoever cancels reads the number off the list.
    const number = `$(systemctl list-jobs --no-legend | sed -n 's/^ *\\([0-9]*\\) *${unit} .*/\\1/p')`
    return {
      units: cast.units,
      before: stop ? [`systemctl start ${unit}`] : [],
      deeds: [
        { at: 0.5, who: 'asker', line: `systemctl ${verb} ${cast.typed(unit)}` },
        { at: 1.5, who: 'other', line: 'systemctl list-jobs' },
        { at: 2, who: 'other', line: `systemctl cancel ${number}`, shown: 'systemctl cancel NUMBER' },
      ],
      seconds: 5.5,
      about: [unit],
      truth: { cause: 'user-cancelled', canceled: `${unit}/${verb}`, replacing: null },
    }
  },
}

export const REQUESTS: readonly Family[] = [
  twoRequests('stop', 'start', 'stop', 'start'),
  twoRequests('stop', 'restart', 'stop', 'restart'),
  twoRequests('stop', 'reload', 'stop', 'reload'),
  twoRequests('start', 'stop', 'start', 'stop'),
  twoRequests('restart', 'stop', 'restart', 'stop'),
  twoRequests('reload', 'stop', 'reload', 'stop'),
  pulledIn('required-during-stop', 'Requires', false, 'start'),
  pulledIn('wanted-during-stop', 'Wants', true, 'start'),
  pulledIn('requisite-during-stop', 'Requisite', false, 'verify-active'),
  ansibleRace,
  deployScript,
  chefRun,
  packageScript,
  canceledByHand,
  canceledByNumber,
]
