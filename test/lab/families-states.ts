/** Refused for what a unit is, taken along with another one, or brought back: no job is seen to be displaced. */

import type { Cast } from './cast.ts'
import { otherAsks } from './families-requests.ts'
import type { Family, Scene, Truth } from './incident.ts'

/** One request that comes to nothing. */
function refused(cast: Cast, unit: string, verb: string, truth: Partial<Truth> & Pick<Truth, 'cause'>): Scene {
  const job = verb === 'isolate' ? 'start' : verb
  return {
    units: cast.units,
    seconds: 2.5,
    about: [unit],
    deeds: [{ at: 0.5, who: 'asker', line: `systemctl ${verb} ${cast.typed(unit)}` }],
    truth: { canceled: `${unit}/${job}`, replacing: null, ...truth },
  }
}

const onlyByDependency: Family = {
  name: 'refuses-manual-start',
  make(cast) {
    const unit = cast.service({ unit: ['RefuseManualStart=yes'], plain: true })
    return refused(cast, unit, cast.chance.pick(['start', 'restart']), { cause: 'other' })
  },
}

const isolateRefused: Family = {
  name: 'isolate-refused',
  make(cast) {
    const name = cast.chance.pick(['maintenance', 'kiosk', 'standby'])
    const unit = cast.file(`${name}.target`, `[Unit]\nDescription=${name} mode\nRequires=basic.target\n`)
    return refused(cast, unit, 'isolate', { cause: 'isolate', also: ['other'] })
  },
}

const reloadNotApplicable: Family = {
  name: 'reload-not-applicable',
  make(cast) {
    const unit = cast.service({ plain: true })
    return { ...refused(cast, unit, 'reload', { cause: 'other' }), before: [`systemctl start ${unit}`] }
  },
}

const reloadOfInactive: Family = {
  name: 'reload-of-inactive',
  make(cast) {
    const unit = cast.service({ plain: true, service: ['ExecReload=/bin/true'] })
    return refused(cast, unit, 'reload', { cause: 'other' })
  },
}

const requisiteDown: Family = {
  name: 'requisite-not-active',
  make(cast) {
    const needed = cast.service({ plain: true })
    const unit = cast.service({ unit: [`Requisite=${needed}`, `After=${needed}`], plain: true })
    return { ...refused(cast, unit, 'start', { cause: 'requires-failed' }), about: [unit, needed] }
  },
}

const contradicting: Family = {
  name: 'requirements-contradict',
  make(cast) {
    const one = cast.service({ plain: true })
    const two = cast.service({ unit: [`Conflicts=${one}`], plain: true })
    const unit = cast.service({ unit: [`Requires=${one}`, `Requires=${two}`], plain: true })
    return { ...refused(cast, unit, 'start', { cause: 'conflicts' }), about: [unit, one, two] }
  },
}

const maskedRequirement: Family = {
  name: 'requirement-masked',
  make(cast) {
    const name = cast.chance.pick(['vpn', 'rpcbind', 'cassandra']).concat('.service')
    cast.units[name] = ''
    cast.scripts[`/usr/lib/systemd/system/${name}`] =
      '[Unit]\nDescription=Below the mask\n\n[Service]\nExecStart=/bin/sleep infinity\n'
    const unit = cast.service({ unit: [`Requires=${name}`, `After=${name}`], plain: true })
    return refused(cast, unit, 'start', { cause: 'masked-or-missing', also: ['requires-failed'] })
  },
}

const stopInModeFail: Family = {
  name: 'stop-refused-in-mode-fail',
  make(cast) {
    const unit = cast.service({ startSeconds: 3.3, plain: true })
    const other = otherAsks(cast, 0.5, `systemctl start ${cast.typed(unit)}`)
    return {
      ...refused(cast, unit, 'stop', {
        cause: 'opposing-request',
        also: ['destructive-transaction'],
        replacing: `${unit}/start`,
      }),
      deeds: [...other.deeds, { at: 1.5, who: 'asker', line: `systemctl stop --job-mode=fail ${cast.typed(unit)}` }],
      logs: other.logs,
      seconds: 4.5,
    }
  },
}

/** What was well is down: found out by a look at it. */
function foundDown(cast: Cast, unit: string, line: string, about: readonly string[], cause: Truth['cause']): Scene {
  const other = cast.chance.happens(0.7)
    ? { deeds: [{ at: 1, who: 'asker' as const, line }], logs: [] }
    : otherAsks(cast, 1, line)
  return {
    units: cast.units,
    seconds: 3,
    about: [unit, ...about],
    deeds: [...other.deeds, { at: 2, who: 'asker', line: `systemctl is-active ${cast.typed(unit)}` }],
    logs: other.logs,
    wanted: 'active',
    proof: { line: `systemctl is-active ${unit}`, prints: 'inactive' },
    truth: { cause, also: cause === 'bindsto-inactive' ? ['propagates-stop'] : [], canceled: null, replacing: null },
  }
}

function takenDown(name: string, setting: string, cause: Truth['cause']): Family {
  return {
    name,
    make(cast) {
      const whole = cast.service({ plain: true })
      const after = cast.chance.happens(0.5) ? [`After=${whole}`] : []
      const unit = cast.service({ unit: [`${setting}=${whole}`, ...after], plain: true })
      const scene = foundDown(cast, unit, `systemctl stop ${cast.typed(whole)}`, [whole], cause)
      return { ...scene, before: [`systemctl start ${whole}`, `systemctl start ${unit}`] }
    },
  }
}

const stoppedByRival: Family = {
  name: 'stopped-by-conflict',
  make(cast) {
    const unit = cast.service({ plain: true })
    const rival = cast.service({ plain: true, unit: [`Conflicts=${unit}`] })
    const scene = foundDown(cast, unit, `systemctl start ${cast.typed(rival)}`, [rival], 'conflicts')
    return { ...scene, before: [`systemctl start ${unit}`] }
  },
}

const noLongerNeeded: Family = {
  name: 'not-needed-any-more',
  make(cast) {
    const unit = cast.service({ unit: ['StopWhenUnneeded=yes'], plain: true })
    const user = cast.service({ unit: [`Wants=${unit}`], plain: true })
    const scene = foundDown(cast, unit, `systemctl stop ${cast.typed(user)}`, [user], 'stop-when-unneeded')
    return { ...scene, before: [`systemctl start ${user}`] }
  },
}

const timerBringsBack: Family = {
  name: 'timer-brings-back',
  make(cast) {
    const unit = cast.service({ plain: true })
    const timer = cast.file(
      unit.replace(/\.service$/, '.timer'),
      '[Unit]\nDescription=Now and then\n\n[Timer]\nOnActiveSec=1s\nOnUnitInactiveSec=1500ms\nAccuracySec=1ms\n',
    )
    return {
      units: cast.units,
      before: [`systemctl start ${timer}`, `systemctl start ${unit}`, 'sleep 1.2'],
      deeds: [
        { at: 0.5, who: 'asker', line: `systemctl stop ${cast.typed(unit)}` },
        { at: 3, who: 'asker', line: `systemctl is-active ${cast.typed(unit)}` },
      ],
      seconds: 4,
      about: [unit, timer],
      proof: { line: `systemctl is-active ${unit}`, prints: 'active' },
      truth: { cause: 'timer-activation', canceled: null, replacing: null },
    }
  },
}

const pathAgain: Family = {
  name: 'path-again-and-again',
  make(cast) {
    const name = cast.chance.pick(['import-files', 'scan-inbox', 'convert'])
    const path = `/run/${name}.ready`
    const unit = cast.task(name, 'Does what is there to be done', 'echo working; sleep 0.1')
    const watcher = cast.file(`${name}.path`, `[Unit]\nDescription=Watches\n\n[Path]\nPathExists=${path}\n`)
    return {
      units: cast.units,
      before: [`echo x > ${path}`],
      deeds: [
        { at: 0.5, who: 'asker', line: `systemctl start ${watcher}` },
        { at: 3, who: 'asker', line: `systemctl is-active ${watcher}` },
      ],
      seconds: 4,
      about: [unit, watcher],
      wanted: 'inactive',
      proof: { line: `systemctl is-failed ${watcher}`, prints: 'failed' },
      truth: { cause: 'path-activation', also: ['start-limit'], canceled: null, replacing: null },
    }
  },
}

const absentBehindAutomount: Family = {
  name: 'automount-of-absent-device',
  make(cast) {
    const where = cast.chance.pick(['/mnt/backup', '/srv/video', '/data'])
    const uuid = `${cast.chance.integer(1e7, 9e7)}-aaaa-4bbb-8ccc-ddddeeeeffff`
    const unit = `${where.slice(1).replaceAll('/', '-')}.automount`
    return {
      units: cast.units,
      fstab: `UUID=${uuid} ${where} ext4 defaults,noauto,x-systemd.automount,x-systemd.device-timeout=2s 0 2\n`,
      before: [`systemctl start ${unit}`],
      deeds: [{ at: 0.5, who: 'asker', line: `ls ${where}` }],
      seconds: 4.5,
      about: [unit.replace('.automount', '.mount'), unit],
      truth: { cause: 'automount', also: ['device-or-udev', 'job-timeout'], canceled: null, replacing: null },
    }
  },
}

export const STATES: readonly Family[] = [
  onlyByDependency,
  isolateRefused,
  reloadNotApplicable,
  reloadOfInactive,
  requisiteDown,
  contradicting,
  maskedRequirement,
  stopInModeFail,
  takenDown('part-of-goes-down', 'PartOf', 'partof-propagation'),
  takenDown('requirement-goes-down', 'Requires', 'propagates-stop'),
  takenDown('bound-goes-down', 'BindsTo', 'bindsto-inactive'),
  stoppedByRival,
  noLongerNeeded,
  timerBringsBack,
  pathAgain,
  absentBehindAutomount,
]
