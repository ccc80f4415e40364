/**
 * Condition…= and Assert…=. Mirrors condition_test_list() and the tests of src/shared/condition.c, and
 * unit_find_failed_condition(), src/core/unit.c (v255). Differs: of the machine only its files are known. It is taken
 * for a usual one: real hardware on mains, booted before, and run by root where the manager is the system's.
 */

import { parseBoolean } from '../systemd/load-fragment-values.ts'
import type { ConfiguredCondition } from '../systemd/unit-config.ts'
import { cpusMayBe, environmentMayHave, kernelMayBe, memoryMayBe } from './condition-machine.ts'
import { directoryNotEmpty } from './directory-not-empty.ts'
import type { Manager } from './manager.ts'
import type { Unit } from './unit-vtable.ts'

/** What was found out last, of each: a test that ended early leaves later ones as they were. */
const results = new WeakMap<Unit, WeakMap<ConfiguredCondition, boolean>>()

/** What unit_test_condition() and unit_test_assert() have in common; on record is what failed only of the conditions. */
export function unitConditionTest(m: Manager, u: Unit, list: 'conditions' | 'asserts' = 'conditions'): boolean {
  const configured = u.config.unit[list]
  if (configured.length === 0) {
    if (list === 'conditions') u.failedCondition = undefined
    return true
  }
  // The parser puts every new one in front.
  const conditions = [...configured].reverse()
  const known = results.get(u) ?? new WeakMap<ConfiguredCondition, boolean>()
  results.set(u, known)
  const met = conditionTestList(m, conditions, known)
  if (list === 'conditions') u.failedCondition = met ? undefined : unitFindFailedCondition(m, conditions, known)
  return met
}

/** Mirrors condition_test_list(): all of the plain ones, and one of those with `|` if there are any. */
function conditionTestList(
  m: Manager,
  conditions: readonly ConfiguredCondition[],
  known: WeakMap<ConfiguredCondition, boolean>,
): boolean {
  let triggered: boolean | undefined
  for (const condition of conditions) {
    const met = conditionTest(m, condition)
    known.set(condition, met)
    if (!condition.trigger && !met) return false
    if (condition.trigger) triggered = triggered || met
  }
  return triggered ?? true
}

/** Mirrors unit_find_failed_condition(), in the form of the job's last line. */
function unitFindFailedCondition(
  m: Manager,
  conditions: readonly ConfiguredCondition[],
  known: WeakMap<ConfiguredCondition, boolean>,
): string | undefined {
  const failed = conditions.filter((condition) => known.get(condition) !== true)
  const plain = failed.find(({ trigger }) => !trigger)
  if (plain) return nameOf(m, plain)
  return conditions.some((condition) => condition.trigger && known.get(condition) === true) ? undefined : '|'
}

function nameOf(m: Manager, { setting, negate, parameter }: ConfiguredCondition): string {
  // ConditionKernelVersion= is an alias since there is ConditionVersion=.
  const printed = m.features.conditionVersion && setting === 'ConditionKernelVersion' ? 'ConditionVersion' : setting
  return `${printed}=${negate ? '!' : ''}${parameter}`
}

/** Mirrors condition_test(). */
function conditionTest(m: Manager, { setting, negate, parameter }: ConfiguredCondition): boolean {
  const test = TESTS[setting.replace(/^(?:Condition|Assert)/, '')]
  return test ? test(m, parameter) !== negate : true
}

type Test = (m: Manager, parameter: string) => boolean

/** What is not in here nobody can know: it is taken to be fulfilled, negated or not. */
const TESTS: Readonly<Record<string, Test>> = {
  PathExists: (m, path) => m.files.exists(path),
  PathExistsGlob: (m, pattern) => m.files.glob(pattern).length > 0,
  PathIsDirectory: (m, path) => m.files.isDirectory(path),
  PathIsSymbolicLink: (m, path) => m.files.kindOf(path) === 'symlink',
  PathIsMountPoint: (m, path) => m.files.isMountPoint(path),
  PathIsReadWrite: (m, path) => m.files.exists(path),
  PathIsEncrypted: () => false,
  PathIsSocket: (m, path) => m.files.kindOf(path) === 'fifo',
  DirectoryNotEmpty: directoryNotEmpty,
  FileNotEmpty: (m, path) => m.files.isNonEmptyFile(path),
  FileIsExecutable: (m, path) => m.files.isExecutable(path),
  Virtualization: (_, kind) => parseBoolean(kind) === false,
  FirstBoot: (_, wanted) => parseBoolean(wanted) === false,
  ACPower: (_, wanted) => parseBoolean(wanted) === true,
  NeedsUpdate: () => false,
  User: (_, user) => user === 'root' || user === '0' || user === '@system',
  Group: (_, group) => group === 'root' || group === '0' || group === '@system',
  Architecture: (_, name) => name === 'x86-64' || name === 'native',
  KernelCommandLine: () => false,
  KernelVersion: (_, version) => kernelMayBe(version),
  CPUs: (_, number) => cpusMayBe(number),
  Memory: (m, size) => (m.features.conditionMemorySize || !/[A-Z]$/.test(size)) && memoryMayBe(size),
  Environment: (m, variable) => environmentMayHave(variable, m.kind === 'user'),
  Credential: () => false,
  Security: () => false,
  MachineTag: () => false,
}
