/** What can be typed: the help, the completions and the manual page are all made from this. */

import { Argument, Command, InvalidArgumentError, Option } from 'commander'
import manifest from '../../../package.json' with { type: 'json' }
import { NEWEST, OLDEST } from '../../systemd/versions.ts'
import { isAskedNothing } from './io.ts'

export const EXITS: readonly (readonly [number, string])[] = [
  [0, 'answered'],
  [1, 'not determined (or a difference, or findings with --exit-code)'],
  [2, 'bad usage or input'],
]

export const EXAMPLES = [
  '$ systemctl status nginx 2>&1 | whyjob',
  '$ whyjob diagnose incident.txt /etc/systemd/system/nginx.service',
  '$ whyjob collect nginx.service | sh | whyjob',
  '$ sudo whyjob record nginx.service --for 1h',
]

const EPILOGUE = `
Examples:
${EXAMPLES.map((line) => `  ${line}`).join('\n')}
Exit status: ${EXITS.map(([status, means]) => `${status} ${means}`).join(', ')}.`

function release(text: string): number {
  const version = Number(text)
  if (Number.isInteger(version) && version >= OLDEST && version <= NEWEST) return version
  throw new InvalidArgumentError(`A release from ${OLDEST} to ${NEWEST} is known here.`)
}

function codes(text: string): readonly string[] {
  const listed = text.split(',')
  const unknown = listed.find((code) => !/^JC\d{3}$/.test(code))
  if (unknown === undefined) return listed
  throw new InvalidArgumentError(`Codes with commas between them are wanted, such as JC106,JC130; not '${unknown}'.`)
}

function seed(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('The number of an order is wanted, as --all-orders prints it.')
}

/** One answer has one format. */
const asJson = (does: string, ...others: string[]): Option => new Option('--json', does).conflicts(others)
const asMarkdown = (...others: string[]): Option => new Option('--markdown', 'answer as Markdown').conflicts(others)

export const SHELLS = ['bash', 'zsh', 'fish'] as const

export type End = (status: number) => void

/** Commands load their modules when they are called, so that none waits for another's. */
export function programOf(end: End): Command {
  const program = new Command('whyjob')
    .description('Explains "Job for X canceled." by replaying what could have happened.')
    .version(manifest.version, '-V, --version')
    .showHelpAfterError('(whyjob --help lists the commands and options.)')
    .addHelpText('after', EPILOGUE)
    .exitOverride()
  replaying(program, end)
  reading(program, end)
  return program
}

function replaying(program: Command, end: End): void {
  program
    .command('diagnose', { isDefault: true })
    .description('explain a paste: files, or what is piped in; all files are one paste')
    .argument('[file...]', "text to read; '-' is standard input")
    .addOption(asJson('answer as JSON', 'markdown', 'ndjson'))
    .addOption(asMarkdown('ndjson'))
    .option('--ndjson', 'each file is a paste of its own, answered by one line of JSON')
    .option('--systemd <version>', 'the release to assume', release)
    .option('--rules <folder>', 'rules of your own to use as well')
    .option('--no-mask', 'quote the paste as it is, with its secrets and names')
    .action(async (files, options) => {
      if (isAskedNothing(files)) program.help()
      end(await (await import('./diagnose.ts')).diagnose(files, options))
    })

  const scenario = (name: string, does: string): Command =>
    program
      .command(name)
      .description(does)
      .argument('[scenario...]', "scenario files; '-' is standard input")
      .option('--systemd <version>', "the release to play; the scenario's own by default", release)

  scenario('simulate', 'print what happens when a scenario is played')
    .option('--all-orders', 'where the order is undefined, or the call is close: every ending that was found')
    .option('--order-seed <number>', 'play one of those orders', seed)
    .action(async (files, options) => end(await (await import('./scenario.ts')).simulate(files, options)))
  scenario('check', 'compare what happens with the trace that a scenario expects').action(async (files, options) =>
    end(await (await import('./scenario.ts')).check(files, options)),
  )
}

function reading(program: Command, end: End): void {
  program
    .command('repro')
    .description("print a shell script that plays a story on this machine's systemd, apart from its units")
    .argument('[file...]', "a scenario, or a paste whose first story is meant; '-' is standard input")
    .action(async (files) => end(await (await import('./repro.ts')).repro(files)))

  program
    .command('explain')
    .description("explain a rule's code, a cause or one of systemd's words")
    .argument('<word...>', 'JC101, bindsto-inactive, replace-irreversibly …')
    .action(async (words) => end(await (await import('./explain.ts')).explain(words)))

  program
    .command('collect')
    .description('print a script that gathers what a diagnosis needs; it only reads')
    .argument('<unit...>', 'the units in question')
    .action(async (units) => end(await (await import('./collect.ts')).collect(units)))

  program
    .command('record')
    .description('wait for the next job of a unit, name whoever asks for it, and explain what happened')
    .argument('<unit>', 'the unit to watch')
    .option('--for <time>', 'how long at most: 90s, 2h; ten minutes by default')
    .option('--debug', "raise the manager's log level meanwhile, which shows every job")
    .option('--script', 'print the script in place of running it')
    .addOption(asJson('answer as JSON', 'markdown'))
    .addOption(asMarkdown())
    .action(async (unit, options) => end(await (await import('./record.ts')).record(unit, options)))

  program
    .command('audit')
    .description('find out, before any incident, which jobs of these units could be canceled, and by whom')
    .argument('<file...>', 'unit files and drop-ins')
    .option('--command <command>', 'only the jobs that this asks for: "systemctl stop nginx"')
    .addOption(asJson('findings as JSON', 'sarif'))
    .option('--sarif', 'findings as SARIF, for code review')
    .option('--ignore <codes>', 'rules whose findings are not reported: JC106,JC130', codes)
    .option('--rules <folder>', 'rules of your own to use as well')
    .option('--exit-code', 'end with 1 if there are findings, for CI')
    .option('--systemd <version>', 'the release to assume', release)
    .action(async (files, options) => end(await (await import('./audit.ts')).audit(files, options)))

  program
    .command('rules')
    .description('check rules of your own, and print them as a pack for an edge')
    .argument('<folder>', 'files such as JC701-our-deploy.yaml')
    .action(async (folder) => end(await (await import('./rules.ts')).rules(folder)))

  program
    .command('mcp')
    .description('serve assistants: the Model Context Protocol on standard input and output')
    .action(async () => end(await (await import('./mcp.ts')).mcp()))

  program
    .command('completion')
    .description('print a script that completes what is typed')
    .addArgument(new Argument('<shell>', 'for which shell').choices(SHELLS))
    .action(async (shell) => end(await (await import('./completion.ts')).completion(program, shell)))
}
