/** The options of a developer's command. */

import { readFileSync } from 'node:fs'
import { type ParseArgsConfig, parseArgs } from 'node:util'

/**
 * What was said, as `parseArgs` gives it. With --help, or an option that there is none of, the command prints the
 * comment it begins with, and ends: with 0 and 2.
 */
export function optionsOf<T extends ParseArgsConfig>(file: string, config: T): ReturnType<typeof parseArgs<T>> {
  if (process.argv.includes('--help')) {
    console.log(usageOf(file))
    process.exit(0)
  }
  try {
    return parseArgs(config)
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usageOf(file)}`)
    process.exit(2)
  }
}

/** The first comment of a file, without its stars. */
function usageOf(file: string): string {
  const [, comment = ''] = /^\/\*\*([\s\S]*?)\*\//.exec(readFileSync(file, 'utf8')) ?? []
  return comment.replace(/^ \* ?/gm, '').trim()
}
