/** Diagnoses recorded incidents in this process and counts what is right, as the shared grader does. */

import { RULES } from '../../src/adapters/catalog.ts'
import { diagnose } from '../../src/diagnose.ts'
import type { Answer } from '../../src/render/answer.ts'
import type { Gradable } from './store.ts'

export type Field = 'paste' | 'minimal' | 'journal' | 'status'

export interface Grade {
  readonly one: Gradable
  readonly answer: Answer
  readonly negative: boolean
  readonly first: boolean
  readonly amongThree: boolean
  readonly overclaim: boolean
  /** Null where there is no such job. */
  readonly job: boolean | null
  readonly replacing: boolean | null
}

export const NEGATIVE: readonly string[] = ['process-failure', 'not-a-cancellation']

export function gradeOne(one: Gradable, field: Field): Grade {
  const answer = diagnose(one[field], RULES)
  const accepted = [one.cause, ...one.also]
  const negative = NEGATIVE.includes(one.cause)
  const causes = answer.candidates.slice(0, 3).map(({ cause }) => cause as string)
  const told = answer.cause !== null && accepted.includes(answer.cause)
  const job = answer.job === null ? null : `${answer.job.unit}/${answer.job.type}`
  const replacedBy = answer.replacedBy === null ? null : `${answer.replacedBy.unit}/${answer.replacedBy.type}`
  return {
    one,
    answer,
    negative,
    first: told || (negative && answer.outcome === 'not-a-cancellation'),
    amongThree: told || causes.some((cause) => accepted.includes(cause)),
    overclaim: answer.outcome === 'explained' && !told,
    job: one.canceled === null ? null : job === one.canceled,
    replacing: one.replacing === null ? null : replacedBy === one.replacing,
  }
}

export const gradeAll = (cases: readonly Gradable[], field: Field): Grade[] => cases.map((one) => gradeOne(one, field))

function rate(grades: readonly Grade[], right: (grade: Grade) => boolean | null): string {
  const judged = grades.map(right).filter((ok) => ok !== null)
  const count = judged.filter((ok) => ok).length
  return `${count}/${judged.length} = ${((100 * count) / Math.max(1, judged.length)).toFixed(1)} %`
}

export function brier(grades: readonly Grade[]): number {
  const judged = grades.filter(({ negative }) => !negative)
  const sum = judged.reduce((total, { answer, first }) => total + (answer.confidence - (first ? 1 : 0)) ** 2, 0)
  return sum / Math.max(1, judged.length)
}

const isRight = ({ first, job, replacing }: Grade) => first && job !== false && replacing !== false

export function report(grades: readonly Grade[], verbose: boolean): string {
  const positive = grades.filter(({ negative }) => !negative)
  const lines = [
    `cases ${grades.length}: positive ${positive.length}, negative ${grades.length - positive.length}`,
    `cause right, first answer       ${rate(positive, ({ first }) => first)}`,
    `cause among the first three     ${rate(positive, ({ amongThree }) => amongThree)}`,
    `negatives told apart            ${rate(
      grades.filter(({ negative }) => negative),
      ({ first }) => first,
    )}`,
    `wrong but called explained      ${rate(grades, ({ overclaim }) => overclaim)}`,
    `asked-about job named           ${rate(positive, ({ job }) => job)}`,
    `replacing job named             ${rate(positive, ({ replacing }) => replacing)}`,
    `cause and both jobs right       ${rate(grades, isRight)}`,
    `Brier score of the confidence   ${brier(grades).toFixed(3)}`,
  ]
  return [
    ...(verbose ? grades.filter((grade) => !isRight(grade)).map(complaint) : []),
    ...table(grades),
    ...lines,
  ].join('\n')
}

function complaint({ one, answer, job, replacing }: Grade): string {
  const asked = answer.job === null ? null : `${answer.job.unit}/${answer.job.type}`
  const by = answer.replacedBy === null ? null : `${answer.replacedBy.unit}/${answer.replacedBy.type}`
  const others = answer.candidates.slice(1, 4).map(({ cause, code, probability }) => `${code} ${cause} ${probability}`)
  return [
    `${one.id}: ${one.cause}; got ${answer.code} ${answer.cause} (${answer.outcome}, ${answer.confidence})`,
    ...(others.length === 0 ? [] : [`  then ${others.join(', ')}`]),
    ...(job === false ? [`  job ${asked}, is ${one.canceled}`] : []),
    ...(replacing === false ? [`  replaced by ${by}, is ${one.replacing}`] : []),
  ].join('\n')
}

function table(grades: readonly Grade[]): string[] {
  const families = [...new Set(grades.map(({ one }) => one.family))]
  const row = (name: string, own: readonly Grade[]) => {
    const count = (ok: (grade: Grade) => boolean) => String(own.filter(ok).length).padStart(6)
    const cells = [count(({ first }) => first), count(({ amongThree }) => amongThree), count(isRight)]
    const sure = own.reduce((total, { answer }) => total + answer.confidence, 0) / own.length
    return `${name.padEnd(32)} ${String(own.length).padStart(5)} ${cells.join(' ')} ${sure.toFixed(2).padStart(6)}`
  }
  return [
    `${'family'.padEnd(32)} cases  first  three  right   sure`,
    ...families.map((family) =>
      row(
        family,
        grades.filter(({ one }) => one.family === family),
      ),
    ),
  ]
}
