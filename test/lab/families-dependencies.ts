/** What other units bring along when they come, go, fail or need nobody any more. */

import type { Cast } from './cast.ts'
import { otherAsks } from './families-requests.ts'
import type { Family, Scene, Truth } from './incident.ts'

const SLOW = [3, 4] as const

/** A start of `unit` that another unit's fate ends. */
function startDisplaced(cast: Cast, unit: string, scene: Pick<Scene, 'about' | 'truth'> & Partial<Scene>): Scene {
  return {
    units: cast.units,
    seconds: 5.5,
    ...scene,
    deeds: [{ at: 0.5, who: 'asker', line: `systemctl start ${cast.typed(unit)}` }, ...(scene.deeds ?? [])],
  }
}

const byStop = (unit: string, cause: Truth['cause'], also: Truth['also'] = []): Truth => ({
  cause,
  also,
  canceled: `${unit}/start`,
  replacing: `${unit}/stop`,
})

/** What it is bound to ends by itself, well or badly. */
function boundUnitEnds(name: string, status: number): Family {
  return {
    name,
    make(cast) {
      const what = cast.chance.pick(['vpn-up', 'mount-data', 'tunnel', 'create-mydir', 'wait-for-disk'])
      const bound = cast.task(what, `Prepares ${what}`, `sleep 1.8\necho finished\nexit ${status}`, {
        type: cast.chance.pick(['simple', 'exec']),
      })
      const after = cast.chance.happens(0.5) ? [`After=${bound}`] : []
      const unit = cast.service({ unit: [`BindsTo=${bound}`, ...after], startSeconds: cast.chance.seconds(...SLOW) })
      return startDisplaced(cast, unit, { about: [unit, bound], truth: byStop(unit, 'bindsto-inactive') })
    },
  }
}

/** A unit that this one leans on by `setting` is stopped by somebody. */
function leanedOnIsStopped(name: string, setting: string, cause: Truth['cause'], also: Truth['also'] = []): Family {
  return {
    name,
    make(cast) {
      const leanedOn = cast.service({ plain: true })
      const after = cast.chance.happens(0.6) ? [`After=${leanedOn}`] : []
      const unit = cast.service({
        unit: [`${setting}=${leanedOn}`, ...after],
        startSeconds: cast.chance.seconds(...SLOW),
      })
      const other = otherAsks(cast, 1.9, `systemctl stop ${cast.typed(leanedOn)}`)
      return startDisplaced(cast, unit, {
        before: [`systemctl start ${leanedOn}`],
        ...other,
        about: [unit, leanedOn],
        truth: byStop(unit, cause, also),
      })
    },
  }
}

/** The setting stands in the other unit's file. */
function otherPassesStopOn(name: string, setting: string, since: number): Family {
  return {
    name,
    since,
    make(cast) {
      const unit = cast.service({ startSeconds: cast.chance.seconds(...SLOW) })
      const other = cast.service({ unit: [`${setting}=${unit}`], plain: true })
      const asked = otherAsks(cast, 1.9, `systemctl stop ${cast.typed(other)}`)
      return startDisplaced(cast, unit, {
        before: [`systemctl start ${other}`],
        ...asked,
        about: [unit, other],
        truth: byStop(unit, 'propagates-stop'),
      })
    },
  }
}

function conflicting(name: string, place: 'own' | 'theirs', deep: boolean): Family {
  return {
    name,
    make(cast) {
      const own = place === 'own'
      const rival = cast.service({ plain: true })
      const unit = cast.service({
        startSeconds: cast.chance.seconds(...SLOW),
        unit: own ? [`Conflicts=${rival}`] : [],
      })
      if (!own) cast.add(rival, 'Unit', [`Conflicts=${unit}`])
      const outer = deep ? cast.service({ unit: [`Requires=${rival}`, `After=${rival}`], plain: true }) : rival
      const other = otherAsks(cast, 1.9, `systemctl start ${cast.typed(outer)}`)
      return startDisplaced(cast, unit, {
        ...other,
        about: deep ? [unit, outer, rival] : [unit, rival],
        truth: byStop(unit, 'conflicts'),
      })
    },
  }
}

const requirementFails: Family = {
  name: 'requirement-fails',
  make(cast) {
    const needed = cast.task(
      cast.chance.pick(['init-db', 'check-license', 'fetch-secrets', 'gen-certs']),
      'Prepares what is needed',
      'sleep 1\necho "cannot go on" >&2\nexit 1',
    )
    const unit = cast.service({ unit: [`Requires=${needed}`, `After=${needed}`] })
    return {
      units: cast.units,
      deeds: [{ at: 0.5, who: 'asker', line: `systemctl start ${cast.typed(unit)}` }],
      seconds: 3,
      about: [unit, needed],
      truth: { cause: 'requires-failed', canceled: `${unit}/start`, replacing: null },
    }
  },
}

const unneeded: Family = {
  name: 'unneeded-goes-again',
  make(cast) {
    const unit = cast.service({ unit: ['StopWhenUnneeded=yes'], plain: true })
    return {
      units: cast.units,
      deeds: [
        { at: 0.5, who: 'asker', line: `systemctl start ${cast.typed(unit)}` },
        { at: 1.5, who: 'asker', line: `systemctl is-active ${cast.typed(unit)}` },
      ],
      seconds: 3,
      about: [unit],
      truth: { cause: 'stop-when-unneeded', canceled: null, replacing: null },
    }
  },
}

const upheldAgain: Family = {
  name: 'upheld-comes-back',
  since: 249,
  make(cast) {
    const unit = cast.service({ plain: true })
    const upholder = cast.service({ unit: [`Upholds=${unit}`], plain: true })
    return {
      units: cast.units,
      before: [`systemctl start ${unit}`, `systemctl start ${upholder}`],
      deeds: [
        { at: 0.5, who: 'asker', line: `systemctl stop ${cast.typed(unit)}` },
        { at: 1.5, who: 'asker', line: `systemctl is-active ${cast.typed(unit)}` },
      ],
      seconds: 3,
      about: [unit, upholder],
      truth: { cause: 'upholds', canceled: null, replacing: null },
    }
  },
}

const upholderStarts: Family = {
  name: 'upholder-started-during-stop',
  since: 249,
  make(cast) {
    const unit = cast.service({ stopSeconds: cast.chance.seconds(3, 5), plain: true })
    const upholder = cast.service({ unit: [`Upholds=${unit}`], plain: true })
    const other = otherAsks(cast, 1.8, `systemctl start ${cast.typed(upholder)}`)
    return {
      units: cast.units,
      before: [`systemctl start ${unit}`],
      deeds: [{ at: 0.5, who: 'asker', line: `systemctl stop ${cast.typed(unit)}` }, ...other.deeds],
      logs: other.logs,
      seconds: 5.5,
      about: [unit, upholder],
      truth: { cause: 'upholds', canceled: `${unit}/stop`, replacing: `${unit}/start` },
    }
  },
}

/** The unit that is restarted wants the one being stopped. */
const autoRestartPullsIn: Family = {
  name: 'auto-restart-pulls-in',
  make(cast) {
    const unit = cast.service({ stopSeconds: cast.chance.seconds(4, 5), plain: true })
    const crashing = cast.task(
      cast.chance.pick(['sensor-bridge', 'feed-reader', 'queue-runner']),
      'Runs until it does not',
      'sleep 2\necho "panic: index out of range" >&2\nexit 2',
      {
        type: 'simple',
        unit: [`Wants=${unit}`, ...(cast.chance.happens(0.5) ? [`After=${unit}`] : [])],
        service: [`Restart=${cast.chance.pick(['on-failure', 'always'])}`, 'RestartSec=500ms'],
      },
    )
    return {
      units: cast.units,
      before: [`systemctl start ${unit}`, `systemctl start ${crashing}`],
      deeds: [{ at: 0.5, who: 'asker', line: `systemctl stop ${cast.typed(unit)}` }],
      seconds: 5.5,
      about: [unit, crashing],
      truth: { cause: 'auto-restart', canceled: `${unit}/stop`, replacing: `${unit}/start` },
    }
  },
}

const autoRestartAfterKill: Family = {
  name: 'auto-restart-after-kill',
  make(cast) {
    const unit = cast.service({
      plain: true,
      service: ['Restart=always', `RestartSec=${cast.chance.pick(['100ms', '1', '0'])}`],
    })
    return {
      units: cast.units,
      before: [`systemctl start ${unit}`],
      deeds: [
        { at: 0.5, who: 'asker', line: `systemctl kill ${cast.chance.pick(['', '-s KILL '])}${cast.typed(unit)}` },
        { at: 2.5, who: 'asker', line: `systemctl is-active ${cast.typed(unit)}` },
      ],
      seconds: 3.5,
      about: [unit],
      truth: { cause: 'auto-restart', canceled: null, replacing: null },
    }
  },
}

/** A handler that conflicts with the unit, or that stops it. */
function handler(name: string, how: 'conflict' | 'command'): Family {
  return {
    name,
    make(cast) {
      const unit = cast.service({ startSeconds: cast.chance.seconds(...SLOW) })
      const helper =
        how === 'conflict'
          ? cast.task('failover-page', 'Shows the sorry page', 'sleep 0.2', { unit: [`Conflicts=${unit}`] })
          : cast.task('on-failure-cleanup', 'Cleans up after a failure', `systemctl stop ${unit}`)
      const failing = cast.task(
        cast.chance.pick(['healthcheck', 'replica-check', 'license-probe']),
        'Looks whether all is well',
        'sleep 1\nexit 3',
        { unit: [`OnFailure=${helper}`] },
      )
      return startDisplaced(cast, unit, {
        deeds: [{ at: 0.8, who: 'hidden', line: `systemctl start ${failing}` }],
        about: [unit, failing, helper],
        showScripts: how === 'command' ? ['/usr/local/bin/on-failure-cleanup'] : [],
        truth: byStop(unit, 'onfailure', how === 'command' ? ['exec-calls-systemctl'] : ['conflicts']),
      })
    },
  }
}

const onSuccess: Family = {
  name: 'onsuccess-starts-it',
  since: 249,
  make(cast) {
    const unit = cast.service({ stopSeconds: cast.chance.seconds(3, 5), plain: true })
    const first = cast.task('build-index', 'Builds the index', 'sleep 2', {
      unit: [`OnSuccess=${unit}`, 'OnSuccessJobMode=replace'],
      type: cast.chance.pick(['oneshot', 'simple']),
    })
    return {
      units: cast.units,
      before: [`systemctl start ${unit}`, `systemctl start --no-block ${first}`],
      deeds: [{ at: 0.5, who: 'asker', line: `systemctl stop ${cast.typed(unit)}` }],
      seconds: 5.5,
      about: [unit, first],
      truth: { cause: 'onfailure', canceled: `${unit}/stop`, replacing: `${unit}/start` },
    }
  },
}

export const DEPENDENCIES: readonly Family[] = [
  boundUnitEnds('bound-unit-succeeds', 0),
  boundUnitEnds('bound-unit-fails', 1),
  leanedOnIsStopped('bound-unit-stopped', 'BindsTo', 'bindsto-inactive', ['propagates-stop']),
  leanedOnIsStopped('part-of-stopped', 'PartOf', 'partof-propagation'),
  leanedOnIsStopped('requirement-stopped', 'Requires', 'propagates-stop'),
  { ...leanedOnIsStopped('stop-propagated-from', 'StopPropagatedFrom', 'propagates-stop'), since: 249 },
  otherPassesStopOn('propagates-stop-to', 'PropagatesStopTo', 249),
  conflicting('conflicts-own', 'own', false),
  conflicting('conflicts-theirs', 'theirs', false),
  conflicting('conflicts-pulled-in', 'theirs', true),
  requirementFails,
  unneeded,
  upheldAgain,
  upholderStarts,
  autoRestartPullsIn,
  autoRestartAfterKill,
  handler('onfailure-conflicts', 'conflict'),
  handler('onfailure-command', 'command'),
  onSuccess,
]
