/** The file system as far as jobs can tell: what exists, what is empty, and who is told of a change. */

import { baseName, parentOf, partsOf } from '../systemd/path-util.ts'
import type { Node } from './file-nodes.ts'
import { FileNodes } from './file-nodes.ts'
import { DEVICES, DIRECTORIES, LINKS, MOUNT_POINTS, PROGRAMS, TEXT_FILES } from './files.table.ts'
import { eitherWayRound } from './order.ts'

export type FileKind = 'directory' | 'file' | 'symlink' | 'fifo' | 'device'

/** inotify's events, as inotify(7) names them. */
export type FileEvent = 'create' | 'delete' | 'attrib' | 'modify' | 'close-write' | 'delete-self'

/** A watch ends by itself when what it watches goes away. */
export interface FileWatch {
  readonly path: string
  readonly notify: (event: FileEvent) => void
}

const TEXTS: ReadonlySet<string> = new Set(TEXT_FILES)

/** Absolute, with nothing to take out. */
const PLAIN = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$/

/** What every file system begins with; made once. */
let usual: ReadonlyMap<string, Node> | undefined

export class Files {
  /** Where the scenario's unit files are: what relative paths refer to. */
  readonly unitFolder: string
  readonly #nodes: FileNodes
  readonly #mountPoints = new Set<string>(MOUNT_POINTS.split(' '))
  readonly #stamps = new Map<string, number>()
  readonly #traps = new Map<string, () => void>()
  /** What the story makes, from its beginning on. */
  readonly #made = new Set<string>()
  /** What mounts hide, by mount point. */
  readonly #covered = new Map<string, Map<string, Node>>()

  constructor(unitFolder = '/etc/systemd/system', existing: readonly string[] = []) {
    this.unitFolder = unitFolder
    this.#nodes = new FileNodes(usual ?? new Map())
    if (usual === undefined) {
      this.#makeUsual()
      usual = this.#nodes.all()
      this.#nodes = new FileNodes(usual)
    }
    this.mkdirParents(unitFolder)
    for (const path of existing) this.write(path, 100)
  }

  #makeUsual(): void {
    this.#nodes.set('/', newNode('directory'))
    for (const path of DIRECTORIES.split(' ')) this.mkdirParents(path)
    for (const path of Object.keys(LINKS)) this.#add(path, newNode('symlink'))
    for (const path of TEXTS) this.#add(path, newNode('file', 100))
    for (const path of DEVICES.split(' ')) this.#add(path, newNode('device'))
    for (const name of PROGRAMS.split(' ')) this.#add(`/usr/bin/${name}`, newNode('file', 100, true))
  }

  /** Absolute, without `.`, `..` and doubled slashes; links on the way are followed, the last part stays as it is. */
  resolve(path: string): string {
    // Most paths are asked for again and again, and have nothing to resolve.
    const slash = path.indexOf('/', 1)
    const top = slash < 0 ? path : path.slice(0, slash)
    if (top !== '/var' && LINKS[top] === undefined && PLAIN.test(path)) return path
    const absolute = path.startsWith('/') ? path : `${this.unitFolder}/${path}`
    const parts: string[] = []
    for (const part of absolute.split('/')) {
      if (part === '' || part === '.') continue
      if (part === '..') {
        parts.pop()
        continue
      }
      const target = LINKS[`/${parts.join('/')}`]
      if (target !== undefined) parts.splice(0, parts.length, ...target.slice(1).split('/'))
      parts.push(part)
    }
    return `/${parts.join('/')}`
  }

  /** lstat(): null where nothing is. */
  kindOf(path: string): FileKind | null {
    return this.#nodes.peek(this.resolve(path))?.kind ?? null
  }

  willBeMade(path: string): void {
    this.#made.add(this.resolve(path))
  }

  /** Whoever makes a file does so because it is not there yet. */
  comesLater(path: string): boolean {
    return this.#made.has(this.resolve(path)) && !this.exists(path)
  }

  exists(path: string): boolean {
    return this.#look(path) !== undefined
  }

  isDirectory(path: string): boolean {
    return this.#look(path)?.kind === 'directory'
  }

  /** What the kernel says ENOTDIR of: something above it is there, but is no directory. */
  isBelowFile(path: string): boolean {
    const full = this.resolve(path)
    for (let slash = full.lastIndexOf('/'); slash > 0; slash = full.lastIndexOf('/', slash - 1)) {
      const above = this.#look(full.slice(0, slash))
      if (above) return above.kind !== 'directory'
    }
    return false
  }

  isEmptyDirectory(path: string): boolean {
    const node = this.#look(path)
    return node?.kind === 'directory' && node.children.size === 0
  }

  isMountPoint(path: string): boolean {
    return this.#mountPoints.has(this.resolve(path))
  }

  isExecutable(path: string): boolean {
    const node = this.#look(path)
    return node?.kind === 'file' && node.executable
  }

  /** What every system has and nobody can execute. Whatever the story writes may be a program. */
  isText(path: string): boolean {
    return TEXTS.has(path)
  }

  /** A regular file with something in it. */
  isNonEmptyFile(path: string): boolean {
    const node = this.#look(path)
    return node?.kind === 'file' && node.size > 0
  }

  /** The names in a directory, sorted; none if it is no directory. */
  list(path: string): readonly string[] {
    return [...(this.#look(path)?.children ?? [])].sort()
  }

  /** glob(3): every existing path that the pattern matches. */
  glob(pattern: string): readonly string[] {
    let found: string[] = ['']
    for (const part of partsOf(pattern)) {
      found = found.flatMap((folder) => this.#globOne(folder, part))
    }
    return found.length === 1 && found[0] === '' ? ['/'] : found
  }

  #globOne(folder: string, part: string): string[] {
    if (!/[*?[]/.test(part)) return this.exists(`${folder}/${part}`) ? [`${folder}/${part}`] : []
    const names = this.list(folder === '' ? '/' : folder)
    return names.filter((name) => matchesGlob(part, name)).map((name) => `${folder}/${name}`)
  }

  /** touch(1). False if the folder is not there. */
  touch(path: string): boolean {
    return this.#open(path, (node) => this.#tell(node, 'attrib'))
  }

  /** What `echo … > PATH` does: the file has `size` bytes then. */
  write(path: string, size: number): boolean {
    return this.#open(path, (node) => {
      node.size = size
      this.#tell(node, 'modify')
    })
  }

  /**
   * An automount point: `sprung` is called whenever somebody opens, makes or removes something below. Until something
   * is mounted there, nothing comes of it.
   */
  trap(path: string, sprung: () => void): void {
    this.#traps.set(this.resolve(path), sprung)
  }

  untrap(path: string): void {
    this.#traps.delete(this.resolve(path))
  }

  /** True if the caller has to wait for a mount. */
  #springsTrap(path: string): boolean {
    if (this.#traps.size === 0) return false
    const full = this.resolve(path)
    const sprung = [...this.#traps].filter(([where]) => full === where || full.startsWith(`${where}/`))
    for (const [, call] of sprung) call()
    return sprung.some(([where]) => !this.#mountPoints.has(where))
  }

  #open(path: string, change: (node: Node) => void): boolean {
    if (this.#springsTrap(path)) return false
    const node = this.#follow(path) ?? this.#add(this.resolve(path), newNode('file'))
    if (node === undefined) return false
    change(node)
    if (node.kind !== 'directory') this.#tell(node, 'close-write')
    return true
  }

  /** False if something is there, or if the folder above is not. */
  mkdir(path: string): boolean {
    if (this.#springsTrap(path)) return false
    return this.#mkdir(path)
  }

  #mkdir(path: string): boolean {
    if (this.exists(path)) return false
    return this.#add(this.resolve(path), newNode('directory')) !== undefined
  }

  /** mkdir -p, by the manager: no automount is told. */
  mkdirParents(path: string): void {
    const parts = this.resolve(path).split('/').slice(1)
    parts.forEach((_, index) => void this.#mkdir(`/${parts.slice(0, index + 1).join('/')}`))
  }

  /** A FIFO or a listening socket's name. */
  makeSpecial(path: string): void {
    this.mkdirParents(parentOf(this.resolve(path)))
    if (!this.exists(path)) this.#add(this.resolve(path), newNode('fifo'))
  }

  /** rm -r. False if nothing is there. */
  remove(path: string): boolean {
    if (this.#springsTrap(path)) return false
    const full = this.resolve(path)
    const node = this.#nodes.get(full)
    if (node === undefined || full === '/') return false
    for (const name of [...node.children]) this.remove(`${full}/${name}`)
    this.#nodes.delete(full)
    const [parent, name] = this.#parentOf(full)
    parent?.children.delete(name)
    this.#tell(node, 'attrib')
    this.#tell(node, 'delete-self')
    node.watches.clear()
    if (parent) this.#tell(parent, 'delete')
    return true
  }

  /** Makes a file whose modification time counts; it is what the caller says. */
  stamp(path: string, usec: number): void {
    this.mkdirParents(parentOf(path))
    this.touch(path)
    this.#stamps.set(this.resolve(path), usec)
  }

  /** The modification time that stamp() gave; undefined if the file is gone. */
  stampOf(path: string): number | undefined {
    return this.exists(path) ? this.#stamps.get(this.resolve(path)) : undefined
  }

  /** Something empty is put on top of a folder, or taken away again. */
  mounted(path: string, isMounted: boolean): void {
    const full = this.resolve(path)
    const folder = this.#nodes.get(full)
    if (isMounted === this.#mountPoints.has(full)) return
    if (isMounted) this.#mountPoints.add(full)
    else this.#mountPoints.delete(full)
    if (folder === undefined) return
    const below = this.#takeBelow(full, folder)
    for (const [name, node] of isMounted ? [] : (this.#covered.get(full) ?? [])) this.#putBack(name, node)
    if (isMounted) this.#covered.set(full, below)
    else this.#covered.delete(full)
  }

  #takeBelow(full: string, folder: Node): Map<string, Node> {
    const below = new Map([...this.#nodes.all()].filter(([name]) => name.startsWith(`${full}/`)))
    for (const name of below.keys()) this.#nodes.delete(name)
    folder.children.clear()
    return below
  }

  #putBack(full: string, node: Node): void {
    this.#nodes.set(full, node)
    const [parent, name] = this.#parentOf(full)
    parent?.children.add(name)
  }

  /** inotify_add_watch(): null if there is nothing to watch. */
  watch(path: string, notify: (event: FileEvent) => void): FileWatch | null {
    const node = this.#follow(path)
    if (node === undefined) return null
    const watch = { path, notify }
    node.watches.add(watch)
    return watch
  }

  /** inotify_rm_watch(). */
  unwatch(watch: FileWatch): void {
    this.#follow(watch.path)?.watches.delete(watch)
  }

  #look(path: string): Readonly<Node> | undefined {
    const full = this.resolve(path)
    return this.#nodes.peek(LINKS[full] ?? full)
  }

  /** To be changed. */
  #follow(path: string): Node | undefined {
    const full = this.resolve(path)
    return this.#nodes.get(LINKS[full] ?? full)
  }

  #add(full: string, node: Node): Node | undefined {
    const [parent, name] = this.#parentOf(full)
    if (parent?.kind !== 'directory') return undefined
    this.#nodes.set(full, node)
    parent.children.add(name)
    this.#tell(parent, 'create')
    return node
  }

  #parentOf(full: string): [Node | undefined, string] {
    return [this.#nodes.get(parentOf(full)), baseName(full)]
  }

  #tell(node: Node, event: FileEvent): void {
    // The kernel goes by the address of each inotify instance.
    for (const watch of eitherWayRound(node.watches)) watch.notify(event)
  }
}

function newNode(kind: FileKind, size = 0, executable = false): Node {
  return { kind, size, executable, children: new Set(), watches: new Set() }
}

/**
 * One path component against fnmatch(3)'s `*`, `?` and `[…]`; a leading dot must be written out. Linear but for `*`.
 */
export function matchesGlob(pattern: string, name: string): boolean {
  if (name.startsWith('.') && !pattern.startsWith('.')) return false
  let [p, n, star, resume] = [0, 0, -1, 0]
  while (n < name.length) {
    const token = globToken(pattern, p)
    if (token?.text === '*') {
      star = p++
      resume = n
    } else if (token?.matches(name[n] as string)) {
      p += token.text.length
      n++
    } else if (star >= 0) {
      p = star + 1
      n = ++resume
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}

interface GlobToken {
  readonly text: string
  readonly matches: (char: string) => boolean
}

function globToken(pattern: string, at: number): GlobToken | null {
  const char = pattern[at]
  if (char === undefined) return null
  if (char === '?') return { text: char, matches: () => true }
  if (char === '\\' && at + 1 < pattern.length) {
    return { text: pattern.slice(at, at + 2), matches: (c) => c === pattern[at + 1] }
  }
  const end = char === '[' ? pattern.indexOf(']', at + 2) : -1
  if (end < 0) return { text: char, matches: (c) => c === char }
  const inside = pattern.slice(at + 1, end)
  const negated = inside.startsWith('!') || inside.startsWith('^')
  const set = negated ? inside.slice(1) : inside
  return { text: pattern.slice(at, end + 1), matches: (c) => inBrackets(set, c) !== negated }
}

function inBrackets(set: string, char: string): boolean {
  for (let i = 0; i < set.length; i++) {
    const [from, to] = [set[i] as string, set[i + 1] === '-' ? set[i + 2] : undefined]
    if (to !== undefined) {
      if (from <= char && char <= to) return true
      i += 2
    } else if (from === char) return true
  }
  return false
}
