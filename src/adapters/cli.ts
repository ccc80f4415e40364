#!/usr/bin/env node
/** The command line: what is typed is defined next door, how a run ends is said here. */

import module from 'node:module'
import { CommanderError } from 'commander'
import { BAD_INPUT, complain, Usage } from './cli/io.ts'
import { programOf } from './cli/program.ts'

// The commands' modules are many; kept ready for the engine they load in half the time. Node 20 cannot do it.
module.enableCompileCache?.()

function end(status: number): void {
  process.exitCode = status
}

/** Whoever reads may stop reading, as head does: that is no error. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

try {
  await programOf(end).parseAsync()
} catch (error) {
  if (error instanceof CommanderError) end(error.exitCode === 0 ? 0 : BAD_INPUT)
  else if (error instanceof Usage) {
    complain(`whyjob: ${error.message}`)
    end(BAD_INPUT)
  } else throw error
}
