// What the house rules ask for and neither the compiler nor the linter checks. Lengths of files and functions, `any`
// and formatting are Biome's; names that only an edge has (process, fetch, timers) are already unknown to the core's
// own tsconfig.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { parseSync, Visitor } from 'oxc-parser'
import { describe, expect, test } from 'vitest'

/** The pipeline, top to bottom. A folder may import those before it; `systemd` and `limits` serve all. */
const PIPELINE = ['evidence', 'graph', 'hypotheses', 'simulator', 'ranking', 'remedy', 'render']
const SHARED = ['systemd', 'limits']

/** Libraries the core may use: pure, and the same in a Worker, in Node and in a browser. */
const CORE_LIBRARIES = ['zod', 'hono/html']

/** Clock and chance are of the language itself, so that the compiler knows them everywhere. A given date is a sum. */
const IMPURE = /^(?:Date\.now|Date\(|new Date\(\)|new Date$|Math\.random|globalThis\b)/

/** The world around the manager: nothing of systemd's to mirror. */
const WORLD =
  /^src\/simulator\/(?:all-orders|clock|files|order|simulate|systemctl-argv|process|program)(?:-[\w-]+)?\.ts$/

/** Written by a program and read by one. */
const GENERATED = /\/expected\/|^docs\/settings\.md$/

const MAX_COLUMNS = 120

const root = join(import.meta.dirname, '..')
const git = (...args: string[]) =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean)
const files = git('ls-files', '-z', '--cached', '--others', '--exclude-standard').filter((f) =>
  existsSync(join(root, f)),
)
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const sources = files.filter((f) => f.startsWith('src/') && f.endsWith('.ts'))
const core = sources.filter((f) => !f.startsWith('src/adapters/'))
const written = files.filter((f) => /\.(ts|yaml|json|jsonc|toml|md|scenario|sh)$/.test(f) && f !== 'package-lock.json')

/** `src/graph/units.ts` is in `graph`, `src/limits.ts` in `limits`. */
const folderOf = (file: string) => file.split('/')[1]!.replace(/\.ts$/, '')

const parsed = new Map(sources.map((file) => [file, parseSync(join(root, file), read(file))]))

/** Every module a file names, in imports, exports and `import()` alike; ours as paths from the root. */
function importsOf(file: string): string[] {
  const { module } = parsed.get(file)!
  const text = read(file)
  const specifiers = [
    ...module.staticImports.map((i) => i.moduleRequest.value),
    ...module.staticExports.flatMap((e) => e.entries.flatMap((entry) => entry.moduleRequest?.value ?? [])),
    ...module.dynamicImports.map((i) => text.slice(i.moduleRequest.start, i.moduleRequest.end).replace(/['"`]/g, '')),
  ]
  return specifiers.map((s) => (s.startsWith('.') ? relative(root, join(root, dirname(file), s)) : s))
}

function allowedFolders(folder: string): string[] {
  if (folder === 'limits') return []
  if (folder === 'systemd') return SHARED
  if (folder === 'simulator') return [...SHARED, 'simulator']
  if (folder === 'diagnose') return [...SHARED, ...PIPELINE]
  return [...SHARED, ...PIPELINE.slice(0, PIPELINE.indexOf(folder) + 1)]
}

/** Exported functions that neither their own comment nor the file's first says to mirror something of systemd. */
function functionsWithoutSource(file: string): string[] {
  const { program, comments } = parsed.get(file)!
  const text = read(file)
  const header = comments.filter((c) => c.start < (program.body[0]?.start ?? 0))
  if (header.some((c) => c.value.includes('Mirrors'))) return []
  return program.body.flatMap((node) => {
    if (node.type !== 'ExportNamedDeclaration' || node.declaration?.type !== 'FunctionDeclaration') return []
    const doc = comments.findLast((c) => c.end <= node.start && text.slice(c.end, node.start).trim() === '')
    return doc?.value.includes('Mirrors') ? [] : [`${file}: ${node.declaration.id?.name}`]
  })
}

/** Lines of our own files that match, as `file:line: text`, which editors and terminals make a link of. */
const linesMatching = (names: string[], pattern: (line: string) => boolean) =>
  names.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((line, i) => (pattern(line) ? [`${file}:${i + 1}: ${line.trim().slice(0, 90)}`] : [])),
  )

describe('imports point up the pipeline', () => {
  test('src/ has only the folders of the house', () => {
    const known = [...PIPELINE, ...SHARED, 'adapters', 'diagnose']
    expect([...new Set(sources.map(folderOf))].filter((f) => !known.includes(f))).toEqual([])
  })

  test.each(core)('%s', (file) => {
    const allowed = allowedFolders(folderOf(file))
    const wrong = importsOf(file).filter((name) =>
      name.startsWith('src/') ? !allowed.includes(folderOf(name)) : !CORE_LIBRARIES.includes(name),
    )
    expect(wrong).toEqual([])
  })

  test('nothing but the edge imports the edge', () => {
    const wrong = core.filter((file) => importsOf(file).some((name) => name.startsWith('src/adapters')))
    expect(wrong).toEqual([])
  })
})

describe('the core sees no clock, no chance, no network, no environment', () => {
  test.each(core)('%s', (file) => {
    const found: string[] = []
    const text = read(file)
    const look = (node: { start: number; end: number }) => {
      const code = text.slice(node.start, node.end)
      if (IMPURE.test(code)) found.push(code.split('\n')[0]!)
    }
    const { program } = parsed.get(file)!
    new Visitor({ CallExpression: look, NewExpression: look, MemberExpression: look }).visit(program)
    expect(found).toEqual([])
  })
})

test('every exported function of the simulator names what it mirrors', () => {
  const silent = core.filter((f) => f.startsWith('src/simulator/') && !WORLD.test(f)).flatMap(functionsWithoutSource)
  expect(silent).toEqual([])
})

describe('text', () => {
  const code = written.filter((f) => !/^test\/(pastes|scenarios|oracle)\/.*\.(json|scenario|yaml)$/.test(f))

  test(`lines have at most ${MAX_COLUMNS} columns`, () => {
    // A link cannot be broken, nor a pattern, nor a sentence of systemd's, which has to be found by searching for it.
    const long = code.filter((f) => !f.endsWith('.json') && !GENERATED.test(f))
    expect(
      linesMatching(
        long,
        (line) =>
          [...line].length > MAX_COLUMNS &&
          !/https?:\S{60}|^\s*(?:text: )?(['"]).*\1(?:,| \+)?$|^\s*(?:String\.raw`|\/).*[`/][a-z]*[,)]*(?: \+)?$/.test(
            line,
          ),
      ),
    ).toEqual([])
  })

  test('no unfinished work is marked', () => {
    expect(linesMatching(code, (line) => /\b(TO[D]O|FIX[M]E|XX[X]|HA[C]K)\b/.test(line))).toEqual([])
  })

  test('no path of this checkout', () => {
    expect(linesMatching(written, (line) => line.includes(root))).toEqual([])
  })

  test('no file is called utils, helpers or misc', () => {
    expect(files.filter((f) => /(^|\/)(utils?|helpers?|misc|common)(\.|\/)/.test(f))).toEqual([])
  })
})

describe('package', () => {
  const manifest = JSON.parse(read('package.json'))

  test('versions are exact', () => {
    const all: Record<string, string> = { ...manifest.dependencies, ...manifest.devDependencies }
    expect(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
  })

  test('the lockfile names no registry', () => {
    expect(linesMatching(['package-lock.json'], (line) => line.includes('"resolved"'))).toEqual([])
  })

  test('every npm script that the documents name exists', () => {
    const documents = files.filter((f) => /^[A-Z]+\.md$/.test(f))
    const named = documents.flatMap((f) => [...read(f).matchAll(/npm run (?:-s )?([a-z:]+)/g)].map((m) => m[1]!))
    expect(named.filter((name) => !(name in manifest.scripts))).toEqual([])
  })
})
