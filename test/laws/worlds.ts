/** Small worlds for the laws: a handful of services with random dependencies, and random requests. */

import fc from 'fast-check'
import { parseScenario, type Scenario } from '../../src/systemd/scenario.ts'

const NAMES = ['a', 'b', 'c', 'd'].map((name) => `${name}.service`)
const name = fc.constantFrom(...NAMES)

const dependency = fc
  .tuple(
    fc.constantFrom(
      'Requires',
      'Wants',
      'BindsTo',
      'Requisite',
      'PartOf',
      'Conflicts',
      'Upholds',
      'Before',
      'After',
      'OnFailure',
      'OnSuccess',
      'PropagatesStopTo',
    ),
    name,
  )
  .map(([key, other]) => `${key}=${other}`)

const setting = fc.constantFrom(
  'StopWhenUnneeded=yes',
  'JobTimeoutSec=2',
  'JobRunningTimeoutSec=1',
  'StartLimitBurst=2',
  'ConditionPathExists=/nowhere',
  'RefuseManualStart=yes',
)

const command = fc.constantFrom('/bin/sleep 1000', '/bin/sleep 1.3', '/bin/true', '/bin/false', '/bin/sleep 2.7')

const service = fc
  .record({
    dependencies: fc.array(dependency, { maxLength: 3 }),
    settings: fc.array(setting, { maxLength: 1 }),
    type: fc.constantFrom('simple', 'oneshot', 'exec', 'forking'),
    start: command,
    stop: fc.option(fc.constantFrom('/bin/sleep 1.7', '/bin/false'), { nil: null }),
    restart: fc.constantFrom('no', 'on-failure'),
    remain: fc.boolean(),
  })
  .map(({ dependencies, settings, type, start, stop, restart, remain }) =>
    [
      '[Unit]',
      'DefaultDependencies=no',
      ...dependencies,
      ...settings,
      '[Service]',
      `Type=${type}`,
      `ExecStart=${start}`,
      ...(stop === null ? [] : [`ExecStop=${stop}`]),
      `Restart=${restart}`,
      'RestartSec=1.1',
      ...(remain ? ['RemainAfterExit=yes'] : []),
    ].join('\n'),
  )

const request = fc
  .record({
    verb: fc.constantFrom('start', 'stop', 'restart', 'try-restart', 'reload', 'reload-or-restart', 'kill'),
    mode: fc.constantFrom('replace', 'fail', 'replace-irreversibly', 'ignore-dependencies', 'flush'),
    unit: name,
  })
  .map(({ verb, mode, unit }) =>
    verb === 'kill' ? `systemctl kill ${unit}` : `systemctl --job-mode=${mode} ${verb} ${unit}`,
  )

export const world: fc.Arbitrary<Scenario> = fc
  .record({
    services: fc.tuple(service, service, service, service),
    requests: fc.array(request, { minLength: 1, maxLength: 8 }),
  })
  .map(({ services, requests }) =>
    parseScenario(
      [
        'manager user',
        ...services.flatMap((text, i) => [`-- ${NAMES[i]} --`, text]),
        '-- timeline --',
        ...requests.map((action, i) => `${(i * 0.7).toFixed(1)} ${action}`),
        `${(requests.length * 0.7 + 9).toFixed(1)} end`,
        '',
      ].join('\n'),
    ),
  )

export const release = fc.constantFrom(239, 245, 247, 249, 252, 254, 255, 257, 262)
