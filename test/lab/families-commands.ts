/** Commands of units that call systemctl, and what the whole system does: isolate, the way down. */

import type { Cast } from './cast.ts'
import { otherAsks } from './families-requests.ts'
import type { Family } from './incident.ts'

/** In the unit's own file, or in a script that it calls. */
function callOf(cast: Cast, name: string, line: string): { command: string; scripts: string[] } {
  if (cast.chance.happens(0.5)) return { command: line.replace(/^systemctl/, '/usr/bin/systemctl'), scripts: [] }
  const path = `/usr/local/bin/${name}`
  cast.scripts[path] =
    `#!/bin/sh\n# ${cast.chance.pick(['Called by systemd.', 'See the wiki.', 'Do not edit.'])}\n${line}\n`
  return { command: path, scripts: [path] }
}

const noBlock = (cast: Cast) => (cast.chance.happens(0.5) ? '--no-block ' : '')

const execStopStartsItself: Family = {
  name: 'exec-stop-starts-itself',
  make(cast) {
    const unit = cast.service({ plain: true })
    const setting = cast.chance.pick(['ExecStop', 'ExecStopPost'])
    const call = callOf(cast, 'bounce.sh', `systemctl --no-block ${cast.chance.pick(['start', 'restart'])} ${unit}`)
    const verb = /restart/.test(call.command + JSON.stringify(cast.scripts[call.command] ?? '')) ? 'restart' : 'start'
    cast.add(unit, 'Service', [`${setting}=${call.command}`, `${setting}=/bin/sleep 2`])
    return {
      units: cast.units,
      before: [`systemctl start ${unit}`],
      deeds: [{ at: 0.5, who: 'asker', line: `systemctl stop ${cast.typed(unit)}` }],
      seconds: 5,
      about: [unit],
      showScripts: call.scripts,
      truth: { cause: 'exec-calls-systemctl', canceled: `${unit}/stop`, replacing: `${unit}/${verb}` },
    }
  },
}

const execStartPreStopsItself: Family = {
  name: 'exec-start-pre-stops-itself',
  make(cast) {
    const unit = cast.service({ plain: true })
    const call = callOf(cast, 'clean-start.sh', `systemctl ${noBlock(cast)}stop ${unit}`)
    cast.add(unit, 'Service', [`ExecStartPre=${call.command}`, 'ExecStartPre=/bin/sleep 1'])
    return {
      units: cast.units,
      deeds: [{ at: 0.5, who: 'asker', line: `systemctl start ${cast.typed(unit)}` }],
      seconds: 4,
      about: [unit],
      showScripts: call.scripts,
      truth: { cause: 'exec-calls-systemctl', canceled: `${unit}/start`, replacing: `${unit}/stop` },
    }
  },
}

/** A second unit's command asks for the job, once that unit is started by somebody or something. */
function othersCommand(name: string, setting: string, verb: 'start' | 'restart' | 'stop'): Family {
  return {
    name,
    make(cast) {
      const stops = verb !== 'stop'
      const slow = cast.chance.seconds(3, 5)
      const unit = cast.service(stops ? { stopSeconds: slow, plain: true } : { startSeconds: slow, plain: true })
      const call = callOf(cast, 'post-sync.sh', `systemctl ${noBlock(cast)}${verb} ${unit}`)
      const task = cast.chance.pick(['config-sync', 'cert-deploy', 'cache-warmup', 'dns-refresh'])
      const own = setting === 'ExecStart' ? { command: call.command } : {}
      const other = cast.task(task, `Runs ${task}`, 'echo synced; sleep 0.2', {
        ...own,
        service: setting === 'ExecStart' ? [] : [`${setting}=${call.command}`],
      })
      return {
        units: cast.units,
        before: stops ? [`systemctl start ${unit}`] : [],
        deeds: [
          { at: 0.5, who: 'asker', line: `systemctl ${stops ? 'stop' : 'start'} ${cast.typed(unit)}` },
          { at: 1.6, who: 'hidden', line: `systemctl start ${other}` },
        ],
        seconds: 5.5,
        about: [unit, other],
        showScripts: call.scripts,
        truth: {
          cause: 'exec-calls-systemctl',
          canceled: `${unit}/${stops ? 'stop' : 'start'}`,
          replacing: `${unit}/${verb}`,
        },
      }
    },
  }
}

/** A timer's task restarts what is being stopped: the timer is not the unit's own, the command is the cause. */
const timedCommand: Family = {
  name: 'timed-command-restarts',
  make(cast) {
    const unit = cast.service({ stopSeconds: cast.chance.seconds(4, 5), plain: true })
    const call = callOf(cast, 'watchdog-check.sh', `systemctl --no-block restart ${unit}`)
    const task = cast.task('watchdog-check', 'Looks after the others', 'true', { command: call.command })
    const timer = cast.file(
      'watchdog-check.timer',
      '[Unit]\nDescription=Looks often\n\n[Timer]\nOnCalendar=*:*:0/2\nAccuracySec=1ms\n',
    )
    return {
      units: cast.units,
      before: [`systemctl start ${unit}`, `systemctl start ${timer}`, 'sleep 2.1'],
      deeds: [{ at: 0.5, who: 'asker', line: `systemctl stop ${cast.typed(unit)}` }],
      seconds: 5.5,
      about: [unit, task, timer],
      showScripts: call.scripts,
      truth: {
        cause: 'exec-calls-systemctl',
        also: ['timer-activation'],
        canceled: `${unit}/stop`,
        replacing: `${unit}/restart`,
      },
    }
  },
}

const isolated: Family = {
  name: 'isolate',
  make(cast) {
    const unit = cast.service({ startSeconds: cast.chance.seconds(3, 4), plain: true })
    const name = cast.chance.pick(['maintenance', 'kiosk', 'standby'])
    const target = cast.file(
      `${name}.target`,
      `[Unit]\nDescription=${name} mode\nRequires=basic.target\nAllowIsolate=yes\n`,
    )
    const other = otherAsks(cast, 1.9, `systemctl isolate ${target}`)
    return {
      units: cast.units,
      deeds: [{ at: 0.5, who: 'asker', line: `systemctl start ${cast.typed(unit)}` }, ...other.deeds],
      logs: other.logs,
      seconds: 5,
      about: [unit, target],
      truth: { cause: 'isolate', canceled: `${unit}/start`, replacing: `${unit}/stop` },
    }
  },
}

const isolatedDefault: Family = {
  name: 'isolate-multi-user',
  make(cast) {
    const unit = cast.service({ startSeconds: cast.chance.seconds(3, 4), plain: true })
    cast.units[Object.keys(cast.units)[0] ?? ''] = (cast.units[Object.keys(cast.units)[0] ?? ''] ?? '').replace(
      /\n\[Install\]\n.*\n/,
      '',
    )
    const other = otherAsks(cast, 1.9, 'systemctl isolate multi-user.target')
    return {
      units: cast.units,
      deeds: [{ at: 0.5, who: 'asker', line: `systemctl start ${cast.typed(unit)}` }, ...other.deeds],
      logs: other.logs,
      seconds: 5,
      about: [unit],
      truth: { cause: 'isolate', canceled: `${unit}/start`, replacing: `${unit}/stop` },
    }
  },
}

/** Something slow to stop keeps the machine up long enough to ask it things. */
function lingering(cast: Cast): string {
  return cast.service({ service: ['ExecStop=/bin/sleep 40'], plain: true })
}

const shutdownCancels: Family = {
  name: 'shutdown-cancels-start',
  make(cast) {
    const slow = lingering(cast)
    const unit = cast.service({ startSeconds: cast.chance.seconds(3, 4), plain: true })
    const other = otherAsks(cast, 1.9, `systemctl ${cast.chance.pick(['poweroff', 'reboot'])}`)
    return {
      units: cast.units,
      before: [`systemctl start ${slow}`],
      deeds: [{ at: 0.5, who: 'asker', line: `systemctl start ${cast.typed(unit)}` }, ...other.deeds],
      logs: other.logs,
      seconds: 4,
      about: [unit],
      truth: { cause: 'shutdown-in-progress', canceled: `${unit}/start`, replacing: `${unit}/stop` },
    }
  },
}

const shutdownRefuses: Family = {
  name: 'shutdown-refuses-start',
  make(cast) {
    const slow = lingering(cast)
    const unit = cast.service({ plain: true })
    const other = otherAsks(cast, 0.5, `systemctl ${cast.chance.pick(['poweroff', 'reboot'])}`)
    const verb = cast.chance.pick(['start', 'restart'])
    return {
      units: cast.units,
      before: [`systemctl start ${slow}`],
      deeds: [{ at: 1.7, who: 'asker', line: `systemctl ${verb} ${cast.typed(unit)}` }, ...other.deeds],
      logs: other.logs,
      seconds: 3,
      about: [unit],
      truth: { cause: 'shutdown-in-progress', canceled: `${unit}/${verb}`, replacing: null },
    }
  },
}

export const COMMANDS: readonly Family[] = [
  execStopStartsItself,
  execStartPreStopsItself,
  othersCommand('others-exec-start-restarts', 'ExecStart', 'restart'),
  othersCommand('others-exec-start-pre-starts', 'ExecStartPre', 'start'),
  othersCommand('others-exec-start-post-stops', 'ExecStartPost', 'stop'),
  othersCommand('others-exec-stop-post-starts', 'ExecStopPost', 'start'),
  timedCommand,
  isolated,
  isolatedDefault,
  shutdownCancels,
  shutdownRefuses,
]
