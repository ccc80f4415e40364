/** The four tools. Their shapes are the API's own; each answers in words and as data. */

import type * as z from 'zod/mini'
import { diagnose } from '../../diagnose.ts'
import type { Catalog } from '../../hypotheses/rule.ts'
import { MAX_PASTE_BYTES } from '../../limits.ts'
import { audit } from '../../remedy/audit.ts'
import { auditData, auditReports } from '../../render/audit.ts'
import { toMarkdown } from '../../render/markdown.ts'
import { report } from '../../render/report.ts'
import { formatTrace } from '../../systemd/happening.ts'
import { parseScenario } from '../../systemd/scenario.ts'
import { entryOf, explainable, explainedReports } from '../explain.ts'
import type { OpenApi } from '../http/openapi.ts'
import { AuditRequest, DiagnoseRequest, ExplainRequest, SimulateRequest } from '../http/schemas.ts'
import { joined } from '../paste.ts'
import { play, playedData } from '../play.ts'

interface Said {
  readonly text: string
  readonly data: object
}

/** What cannot be done with these arguments; the model that called is told why. */
class Refused extends Error {}

interface Tool<T extends z.ZodMiniType> {
  readonly title: string
  readonly description: string
  readonly input: T
  readonly inputId: string
  readonly outputId: string
  run(asked: z.output<T>, catalog: Catalog): Said
}

interface Callable extends Pick<Tool<z.ZodMiniType>, 'title' | 'description' | 'inputId' | 'outputId'> {
  call(given: unknown, catalog: Catalog): Said
}

const tool = <T extends z.ZodMiniType>(one: Tool<T>): Callable => ({
  ...one,
  call: (given, catalog) => checked(one, given, catalog),
})

const ALL = {
  diagnose: tool({
    title: 'Explain a systemd incident',
    description: `Explains why a systemd job was canceled, refused or failed: "Job for X canceled." and the like. Give
everything at hand as it is: terminal output, systemctl status and cat, journalctl lines, unit files. The answer is
replayed on a simulator of systemd's job engine; it quotes the lines it rests on and says what to ask for next.`,
    input: DiagnoseRequest,
    inputId: 'DiagnoseRequest',
    outputId: 'Answer',
    run({ paste, files = [], systemd }, { rules }) {
      const text = joined([...(paste === undefined ? [] : [{ name: '', text: paste }]), ...files])
      if (text.trim() === '') throw new Refused('Nothing was pasted.')
      const answer = diagnose(text, rules, { systemd })
      return { text: toMarkdown(report(answer)), data: answer }
    },
  }),
  simulate: tool({
    title: 'Play a scenario',
    description: `Plays unit files and a timeline of systemctl commands on a simulator of systemd's job engine, and
returns what happens. A scenario has "-- NAME.service --" lines, each above a unit file, then "-- timeline --" with a
line for each command, "SECONDS systemctl start NAME.service", the last being "SECONDS end".`,
    input: SimulateRequest,
    inputId: 'SimulateRequest',
    outputId: 'Simulation',
    run({ scenario: text, systemd }) {
      const scenario = parseScenario(text)
      const [problem] = scenario.problems
      if (problem !== undefined) throw new Refused(`Line ${problem.line}: ${problem.message}`)
      if (scenario.timeline.length === 0) throw new Refused('It has no timeline, so nothing happens.')
      const played = play(scenario, systemd)
      if (played.cut !== null) throw new Refused(played.cut)
      const said = played.diagnostics.map((one) => `${one}\n`).join('')
      return { text: `${said}${formatTrace(played.trace)}`, data: playedData(played) }
    },
  }),
  audit: tool({
    title: 'Audit unit files',
    description: `Finds out, before any incident, which jobs of these systemd units could be canceled, by whom, and
what would prevent it. Each finding was played out on the simulator.`,
    input: AuditRequest,
    inputId: 'AuditRequest',
    outputId: 'Audit',
    run({ files, ...options }, { rules }) {
      const audited = audit(files, rules, options)
      if (typeof audited === 'string') throw new Refused(audited)
      return { text: auditReports(audited).map(toMarkdown).join('\n'), data: auditData(audited) }
    },
  }),
  explain: tool({
    title: 'Explain a word',
    description: `Explains a rule's code such as JC101, a cause such as bindsto-inactive, or one of systemd's words for
jobs, their modes and results, such as replace-irreversibly.`,
    input: ExplainRequest,
    inputId: 'ExplainRequest',
    outputId: 'Explanation',
    run({ query }, catalog) {
      const reports = explainedReports(query, catalog)
      if (reports.length === 0) throw new Refused(`That is not explained here. ${explainable(catalog)}`)
      return { text: reports.map(toMarkdown).join('\n'), data: { entries: reports.map(entryOf) } }
    },
  }),
}

export type ToolName = keyof typeof ALL

export const isTool = (name: string): name is ToolName => Object.hasOwn(ALL, name)

export const toolsOf = ({ components }: OpenApi): object[] =>
  Object.entries(ALL).map(([name, { title, description, inputId, outputId }]) => ({
    name,
    title,
    description,
    inputSchema: schema(inputId, components.schemas),
    outputSchema: schema(outputId, components.schemas),
    annotations: { readOnlyHint: true, idempotentHint: true, openWorldHint: false },
  }))

/** A shape of the OpenAPI document, with what it refers to inside itself. */
function schema(id: string, all: Readonly<Record<string, object>>): object {
  const needed = new Set([id])
  for (const one of needed) {
    for (const [, other = ''] of JSON.stringify(all[one]).matchAll(/#\/components\/schemas\/(\w+)/g)) needed.add(other)
  }
  needed.delete(id)
  const whole = { ...all[id], $defs: Object.fromEntries([...needed].map((one) => [one, all[one]])) }
  return JSON.parse(JSON.stringify(whole).replaceAll('#/components/schemas/', '#/$defs/'))
}

export function callTool(name: ToolName, given: unknown, catalog: Catalog): object {
  try {
    const { text, data } = ALL[name].call(given, catalog)
    return { content: [{ type: 'text', text }], structuredContent: data }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { content: [{ type: 'text', text: error.message }], isError: true }
  }
}

function checked<T extends z.ZodMiniType>({ input, run }: Tool<T>, given: unknown, catalog: Catalog): Said {
  if (JSON.stringify(given).length > 2 * MAX_PASTE_BYTES) throw new Refused(`At most ${MAX_PASTE_BYTES} bytes.`)
  const read = input.safeParse(given)
  if (read.success) return run(read.data, catalog)
  throw new Refused(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'))
}
