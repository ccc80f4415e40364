/** The manager of a user's session: the same engine, other units, another systemctl. */

import type { Cast } from './cast.ts'
import { displaced } from './families-chains.ts'
import type { Deed, Family, Scene } from './incident.ts'

const SLOW = [3, 4] as const

/** The machine has no logind: the folder that the manager needs is made by hand. */
export function withManager(
  cast: Cast,
  scene: Omit<Scene, 'units' | 'seconds' | 'deeds'> & { deeds: readonly Deed[] },
): Scene {
  cast.scripts['/etc/systemd/system/user-runtime-dir@.service'] =
    '[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/mkdir -p /run/user/%i\n'
  cast.scripts['/etc/systemd/system/user@.service.d/50-lab.conf'] =
    '[Service]\nPAMName=\nUser=root\nEnvironment=XDG_RUNTIME_DIR=/run/user/%i\n'
  return {
    units: cast.units,
    seconds: 5.5,
    manager: 'user',
    ...scene,
    before: ['systemctl start user@0.service', ...(scene.before ?? [])],
  }
}

const userStops: Family = {
  name: 'user-stop-then-start',
  make(cast) {
    const unit = cast.service({ stopSeconds: cast.chance.seconds(...SLOW), plain: true })
    const verb = cast.chance.pick(['start', 'restart'])
    return withManager(cast, {
      before: [`systemctl --user start ${unit}`],
      deeds: [
        { at: 0.5, who: 'asker', line: `systemctl --user stop ${cast.typed(unit)}` },
        { at: 1.8, who: 'other', line: `systemctl --user ${verb} ${cast.typed(unit)}` },
      ],
      about: [unit],
      truth: displaced(unit, 'stop', verb, 'opposing-request'),
    })
  },
}

/** The session ends while one of its programs is still on the way up. */
const sessionEnds: Family = {
  name: 'user-session-target-stopped',
  make(cast) {
    const target = `${cast.chance.pick(['sway', 'hypr', 'my'])}-session.target`
    const unit = cast.service({
      unit: [`PartOf=${target}`, `After=${target}`],
      startSeconds: cast.chance.seconds(...SLOW),
      plain: true,
    })
    cast.file(target, '[Unit]\nDescription=The session\n')
    return withManager(cast, {
      before: [`systemctl --user start ${target}`],
      deeds: [
        { at: 0.5, who: 'asker', line: `systemctl --user start ${cast.typed(unit)}` },
        { at: 1.9, who: 'other', line: `systemctl --user stop ${target}` },
      ],
      about: [unit, target],
      truth: displaced(unit, 'start', 'stop', 'partof-propagation'),
    })
  },
}

const userTimer: Family = {
  name: 'user-timer-elapses',
  make(cast) {
    const unit = cast.service({ stopSeconds: cast.chance.seconds(4, 5), plain: true })
    const timer = cast.file(
      unit.replace(/\.service$/, '.timer'),
      '[Unit]\nDescription=Now and then\n\n[Timer]\nOnCalendar=*:*:0/2\nAccuracySec=1ms\n',
    )
    return withManager(cast, {
      before: [`systemctl --user start ${unit}`, `systemctl --user start ${timer}`],
      deeds: [{ at: 0.5, who: 'asker', line: `systemctl --user stop ${cast.typed(unit)}` }],
      about: [unit, timer],
      truth: displaced(unit, 'stop', 'start', 'timer-activation'),
    })
  },
}

export const USERS: readonly Family[] = [userStops, sessionEnds, userTimer]
