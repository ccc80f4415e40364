#!/usr/bin/env node
/** The command line. Commands are loaded when they are called, so that none waits for another's modules. */

import module from 'node:module'
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import manifest from '../../package.json' with { type: 'json' }
import { NEWEST, OLDEST } from '../systemd/versions.ts'
import { BAD_INPUT, complain, Usage } from './cli/io.ts'

// The commands' modules are many; kept ready for the engine they load in half the time. Node 20 cannot do it.
module.enableCompileCache?.()

const EXITS = `
Exit status: 0 answered, 1 not determined (or a difference), 2 bad usage or input.`

const EXAMPLES = `
Examples:
  $ systemctl status nginx 2>&1 | whyjob
  $ whyjob diagnose incident.txt /etc/systemd/system/nginx.service
  $ whyjob collect nginx.service | sh | whyjob`

const program = new Command('whyjob')
  .description('Explains "Job for X canceled." by replaying what could have happened.')
  .version(manifest.version, '-V, --version')
  .showHelpAfterError('(whyjob --help lists the commands and options.)')
  .addHelpText('after', EXAMPLES + EXITS)
  .exitOverride()

function release(text: string): number {
  const version = Number(text)
  if (Number.isInteger(version) && version >= OLDEST && version <= NEWEST) return version
  throw new InvalidArgumentError(`A release from ${OLDEST} to ${NEWEST} is known here.`)
}

program
  .command('diagnose', { isDefault: true })
  .description('explain a paste: files, or what is piped in; all files are one paste')
  .argument('[file...]', "text to read; '-' is standard input")
  .option('--json', 'answer as JSON')
  .option('--markdown', 'answer as Markdown')
  .option('--ndjson', 'each file is a paste of its own, answered by one line of JSON')
  .option('--systemd <version>', 'the release to assume', release)
  .action(async (files, options) => end(await (await import('./cli/diagnose.ts')).diagnose(files, options)))

const scenario = (name: string, does: string): Command =>
  program
    .command(name)
    .description(does)
    .argument('[scenario...]', "scenario files; '-' is standard input")
    .option('--systemd <version>', "the release to play; the scenario's own by default", release)

scenario('simulate', 'print what happens when a scenario is played')
  .option('--all-orders', 'where the order is undefined in systemd: every ending that some order leads to')
  .option('--order-seed <number>', 'play one of those orders', Number)
  .action(async (files, options) => end(await (await import('./cli/scenario.ts')).simulate(files, options)))
scenario('check', 'compare what happens with the trace that a scenario expects').action(async (files, options) =>
  end(await (await import('./cli/scenario.ts')).check(files, options)),
)

program
  .command('explain')
  .description("explain a rule's code, a cause or one of systemd's words")
  .argument('<word...>', 'JC101, bindsto-inactive, replace-irreversibly …')
  .action(async (words) => end(await (await import('./cli/explain.ts')).explain(words)))

program
  .command('collect')
  .description('print a script that gathers what a diagnosis needs; it only reads')
  .argument('<unit...>', 'the units in question')
  .action(async (units) => end(await (await import('./cli/collect.ts')).collect(units)))

program
  .command('audit')
  .description('find out, before any incident, which jobs of these units could be canceled, and by whom')
  .argument('<file...>', 'unit files and drop-ins')
  .option('--command <command>', 'only the jobs that this asks for: "systemctl stop nginx"')
  .option('--json', 'findings as JSON')
  .option('--sarif', 'findings as SARIF, for code review')
  .option('--systemd <version>', 'the release to assume', release)
  .action(async (files, options) => end(await (await import('./cli/audit.ts')).audit(files, options)))

program
  .command('mcp')
  .description('serve assistants: the Model Context Protocol on standard input and output')
  .action(async () => end(await (await import('./cli/mcp.ts')).mcp()))

function end(status: number): void {
  process.exitCode = status
}

/** Whoever reads may stop reading, as head does: that is no error. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) end(error.exitCode === 0 ? 0 : BAD_INPUT)
  else if (error instanceof Usage) {
    complain(`whyjob: ${error.message}`)
    end(BAD_INPUT)
  } else throw error
}
