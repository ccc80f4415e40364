/**
 * Stand-ins for programs: those that a scenario's `processes` section describes, and those that are not in the small
 * root file systems, which are taken for daemons that run until they are told to stop.
 */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isNowhere } from '../../src/simulator/process-exec.ts'
import {
  type ProcessRule,
  processRulesOf,
  type Scenario,
  type ScenarioFile,
  unitOfFile,
} from '../../src/systemd/scenario.ts'
import { rootOf } from './roots.ts'

export function withStandIns(scenario: Scenario, version: number): ScenarioFile[] {
  return scenario.files.map(({ name, text }) => {
    const unit = unitOfFile(name)
    const seen = new Map<string, number>()
    const lines = text.split('\n').map((line) => {
      const match = EXEC.exec(line)
      if (match === null) return line
      const [, setting = '', prefix = '', program = '', rest = ''] = match
      const nth = (seen.get(setting) ?? 0) + 1
      seen.set(setting, nth)
      const rules = processRulesOf(scenario, unit, setting, nth)
      const there = isThere(program, version)
      if (rules.length === 0 && there) return line
      return `${setting}=${prefix}/bin/sh -c '${script(rules, there ? `${program}${rest}` : 'sleep infinity')}'`
    })
    return { name, text: lines.join('\n') }
  })
}

const EXEC = /^\s*(Exec[A-Za-z]+)\s*=\s*([-@:+!|]*)(\S+)(.*)$/

/** What is meant to be missing needs nothing to stand in for it. */
const isThere = (program: string, version: number): boolean =>
  isNowhere(program) || !program.startsWith('/') || existsSync(join(rootOf(version), program))

function script(rules: readonly ProcessRule[], command: string): string {
  const ignored = rules.flatMap(({ does }) => (does.kind === 'ignores' ? [does.signal] : []))
  const trap = ignored.length === 0 ? '' : `trap "" ${ignored.join(' ')}; `
  const runs = rules.map(({ does }) => does).find((does) => does.kind === 'runs')
  if (runs === undefined) return `${trap}exec ${command.replaceAll('"', String.raw`\\"`).replaceAll("'", '"')}`
  // A dollar sign is written twice in a unit file, and dash(1) knows signals by their short names only.
  const end = typeof runs.exits === 'number' ? `exit ${runs.exits}` : `kill -${runs.exits.replace(/^SIG/, '')} $$$$`
  return `${trap}sleep ${runs.usec / 1e6}; ${end}`
}
