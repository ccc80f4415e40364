/** Requests in unusual modes, of unusual units, under other names, and by other ways than systemctl alone. */

import { asked, displaced } from './families-chains.ts'
import { byHand, freshName } from './families-hand.ts'
import { otherAsks } from './families-requests.ts'
import type { Family, LogLine } from './incident.ts'

const SLOW = [3, 4] as const

/** The start that displaces the stop comes in a mode of its own. */
const modedStart: Family = {
  name: 'start-in-another-mode-during-stop',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { stops: cast.chance.seconds(...SLOW), install: 'multi-user.target' })
    const modes = ['ignore-dependencies', 'ignore-requirements', 'replace-irreversibly']
    const mode = cast.chance.pick(cast.version >= 254 ? [...modes, 'restart-dependencies'] : modes)
    const other = otherAsks(cast, 1.7, `systemctl start --job-mode=${mode} ${cast.typed(unit)}`)
    return asked(cast, 'stop', unit, {
      ...other,
      about: [unit],
      truth: displaced(unit, 'stop', 'start', 'opposing-request'),
    })
  },
}

/** All other jobs are thrown away for the sake of one. */
const flushed: Family = {
  name: 'queue-flushed',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { starts: cast.chance.seconds(...SLOW) })
    const urgent = byHand(cast, 'urgent-fix.service', { oneshot: true, run: '/bin/sleep 0.3' })
    const other = otherAsks(cast, 1.8, `systemctl start --job-mode=flush ${urgent}`)
    return asked(cast, 'start', unit, {
      ...other,
      about: [unit, urgent],
      proof: { line: `systemctl show -p Result --value ${urgent}`, prints: 'success' },
      truth: {
        cause: 'other',
        also: ['opposing-request', 'user-cancelled', 'isolate'],
        canceled: `${unit}/start`,
        replacing: null,
      },
    })
  },
}

/** Somebody throws away the whole queue, over the bus. */
const cleared: Family = {
  name: 'jobs-cleared-over-bus',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { starts: cast.chance.seconds(...SLOW), unit: ['After=network.target'] })
    const manager = 'org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager'
    const other = otherAsks(cast, 1.8, `busctl call ${manager} ClearJobs`)
    return asked(cast, 'start', unit, {
      ...other,
      about: [unit],
      truth: { cause: 'user-cancelled', canceled: `${unit}/start`, replacing: null },
    })
  },
}

/** What the required one is doing may not be undone. */
const irreversibleBelow: Family = {
  name: 'requirement-stops-irreversibly',
  make(cast) {
    const base = byHand(cast, 'ledger-db.service', { stops: 3.7 })
    const unit = byHand(cast, 'ledger-web.service', { unit: [`Requires=${base}`, `After=${base}`] })
    const other = otherAsks(cast, 0.5, `systemctl stop --job-mode=replace-irreversibly ${base}`)
    const scene = asked(
      cast,
      'start',
      unit,
      {
        about: [unit, base],
        truth: { cause: 'destructive-transaction', canceled: `${unit}/start`, replacing: null },
      },
      1.5,
    )
    return {
      ...scene,
      before: [`systemctl start ${base}`],
      deeds: [...other.deeds, ...scene.deeds],
      logs: other.logs,
    }
  },
}

/** Several units in one command, and only one of them is called back. */
const oneOfSeveral: Family = {
  name: 'one-of-several-started',
  make(cast) {
    const units = ['a', 'b', 'c'].map((letter) =>
      byHand(cast, `shard-${letter}.service`, { starts: cast.chance.seconds(...SLOW) }),
    )
    const unit = cast.chance.pick(units)
    const other = otherAsks(cast, 1.7, `systemctl stop ${cast.typed(unit)}`)
    const rest = units.filter((one) => one !== unit)
    return {
      units: cast.units,
      seconds: 5.5,
      deeds: [{ at: 0.5, who: 'asker', line: `systemctl start ${units.join(' ')}` }, ...other.deeds],
      logs: other.logs,
      about: [unit, ...rest],
      truth: displaced(unit, 'start', 'stop', 'opposing-request'),
    }
  },
}

/** One name is typed, another one is stopped, and they are the same. */
const otherName: Family = {
  name: 'stopped-under-its-other-name',
  make(cast) {
    const unit = byHand(cast, 'warehouse-16.service', { starts: cast.chance.seconds(...SLOW) })
    const alias = cast.chance.pick(['warehouse.service', 'db.service'])
    const other = otherAsks(cast, 1.8, `systemctl stop ${unit}`)
    const path = '/etc/systemd/system'
    return {
      units: cast.units,
      seconds: 5.5,
      before: [`ln -s ${path}/${unit} ${path}/${alias}`, 'systemctl daemon-reload'],
      deeds: [{ at: 0.5, who: 'asker', line: `systemctl start ${cast.typed(alias)}` }, ...other.deeds],
      logs: other.logs,
      about: [unit],
      truth: displaced(unit, 'start', 'stop', 'opposing-request'),
    }
  },
}

/** A unit that has no file at all. */
const transientStopped: Family = {
  name: 'transient-unit-stopped',
  make(cast) {
    const name = cast.chance.pick(['import-batch', 'nightly-rebuild', 'tmp-job-7'])
    const unit = `${name}.service`
    const slow = cast.chance.seconds(...SLOW)
    const other = otherAsks(cast, 1.8, `systemctl stop ${cast.typed(unit)}`)
    return {
      units: {},
      seconds: 5,
      deeds: [
        { at: 0.5, who: 'asker', line: `systemd-run --unit=${name} -p Type=oneshot /bin/sleep ${slow}` },
        ...other.deeds,
      ],
      logs: other.logs,
      about: [unit],
      // A task that is done is not active any more.
      wanted: 'inactive',
      truth: displaced(unit, 'start', 'stop', 'opposing-request'),
    }
  },
}

/** Two people start it, the second one joins the first one's job, a third stops it. */
const joined: Family = {
  name: 'joined-start-then-stop',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { starts: cast.chance.seconds(4, 5) })
    const other = otherAsks(cast, 2.2, `systemctl stop ${cast.typed(unit)}`)
    return asked(
      cast,
      'start',
      unit,
      {
        deeds: [{ at: 0.5, who: 'hidden', line: `systemctl start ${unit}` }, ...other.deeds],
        logs: other.logs,
        about: [unit],
        truth: displaced(unit, 'start', 'stop', 'opposing-request'),
      },
      1.2,
    )
  },
}

/** A play restarts it while somebody else stops it. */
const playRestarts: Family = {
  name: 'play-restart-then-stop',
  make(cast) {
    const unit = byHand(cast, freshName(cast), { stops: cast.chance.seconds(...SLOW) })
    const name = unit.replace('.service', '')
    const before = `\nPLAY [app servers] ${'*'.repeat(40)}\n\nTASK [roll out : restart ${name}] ${'*'.repeat(30)}\n`
    const result = `{"changed": false, "msg": "Unable to restart service ${name}: OUTPUT"}`
    const said = `fatal: [${cast.host}]: FAILED! => ${result}`
    const recap = `PLAY RECAP ${'*'.repeat(50)}\n${cast.host} : ok=4 changed=1 unreachable=0 failed=1 skipped=0`
    const other = otherAsks(cast, 1.7, `systemctl stop ${cast.typed(unit)}`)
    const scene = asked(cast, 'restart', unit, {
      ...other,
      about: [unit],
      truth: displaced(unit, 'restart', 'stop', 'opposing-request', ['automation-race']),
    })
    const invoked = `Invoked with name=${name} state=restarted daemon_reload=False enabled=None`
    const pid = cast.chance.integer(900, 9000)
    const logs: LogLine[] = [
      ...other.logs,
      { at: 0.45, log: `<14>python3[${pid}]: ansible-ansible.legacy.systemd ${invoked}` },
    ]
    return { ...scene, logs, tool: { tool: 'ansible', text: `${before}${said}\n\n${recap}\n` } }
  },
}

/** A swap file, which is made first. */
const swapStopped: Family = {
  name: 'swap-stopped-while-made',
  make(cast) {
    const maker = byHand(cast, 'make-swapfile.service', {
      oneshot: true,
      run: `/bin/sleep ${cast.chance.seconds(...SLOW)}`,
    })
    const unit = cast.file(
      'srv-swapfile.swap',
      `[Unit]\nDescription=More room\nRequires=${maker}\nAfter=${maker}\n\n[Swap]\nWhat=/srv/swapfile\n`,
    )
    const whole = cast.chance.happens(0.5)
    const other = otherAsks(cast, 1.8, `systemctl stop ${whole ? maker : unit}`)
    return asked(cast, 'start', unit, {
      ...other,
      about: [unit, maker],
      truth: displaced(unit, 'start', 'stop', whole ? 'propagates-stop' : 'opposing-request', []),
    })
  },
}

export const MODES: readonly Family[] = [
  modedStart,
  flushed,
  cleared,
  irreversibleBelow,
  oneOfSeveral,
  otherName,
  transientStopped,
  joined,
  playRestarts,
  swapStopped,
]
