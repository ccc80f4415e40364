/** [Mount], [Automount], [Swap], [Slice] and [Scope]. */

import { complain, type KeyParser, type LoadContext, type Mutable, type UnitDraft } from './load-fragment-draft.ts'
import { DEFAULT_TIMEOUT_USEC } from './load-fragment-service.ts'
import { accepted, bool, oneOf, path, sec, secFix0, text, unsigned } from './load-fragment-values.ts'
import {
  type AutomountSection,
  INFINITY_USEC,
  type MountSection,
  type ScopeSection,
  type SliceSection,
} from './unit-config.ts'

/** Mirrors mount_init(), src/core/mount.c. */
export function newMount(): Mutable<MountSection> {
  return {
    what: '',
    where: '',
    fsType: '',
    options: [],
    timeoutUsec: DEFAULT_TIMEOUT_USEC,
    lazyUnmount: false,
    forceUnmount: false,
  }
}

export function newAutomount(): Mutable<AutomountSection> & { extraOptions: string } {
  return { where: '', timeoutIdleUsec: 0, extraOptions: '' }
}

export function newSwap(): NonNullable<UnitDraft['swap']> {
  return { what: '', timeoutUsec: DEFAULT_TIMEOUT_USEC, options: [] }
}

/** Mirrors scope_init(), src/core/scope.c. */
export function newScope(): Mutable<ScopeSection> {
  return { runtimeMaxUsec: INFINITY_USEC, timeoutStopUsec: DEFAULT_TIMEOUT_USEC }
}

export function newSlice(): Mutable<SliceSection> {
  return {
    concurrencySoftMax: INFINITY_USEC,
    concurrencyHardMax: INFINITY_USEC,
    activatingConcurrencyMax: INFINITY_USEC,
  }
}

const TAGS: Readonly<Record<string, string>> = {
  'LABEL=': 'label',
  'UUID=': 'uuid',
  'PARTUUID=': 'partuuid',
  'PARTLABEL=': 'partlabel',
}

/** Mirrors fstab_node_to_udev_node(), src/shared/fstab-util.c: `LABEL=x` is a link below /dev/disk. */
function udevNode(what: string): string {
  for (const [tag, folder] of Object.entries(TAGS)) {
    if (what.startsWith(tag)) return `/dev/disk/by-${folder}/${what.slice(tag.length).replaceAll('"', '')}`
  }
  return what
}

const nodeOf = (c: LoadContext, what: string | undefined): string =>
  c.features.mountTagsInUnits ? udevNode(what ?? '') : (what ?? '')

const options = (value: string | undefined): string[] => (value ?? '').split(',').filter((option) => option !== '')

const mount =
  <K extends keyof MountSection>(field: K) =>
  (c: LoadContext, value: Mutable<MountSection>[K]): void => {
    c.draft.mount![field] = value
  }

export const MOUNT_KEYS: ReadonlyMap<string, KeyParser> = new Map<string, KeyParser>([
  [
    'What',
    text((c, value) => {
      c.draft.mount!.what = nodeOf(c, value)
    }),
  ],
  [
    'Where',
    path((c, value) => {
      c.draft.mount!.where = value ?? ''
    }),
  ],
  [
    'Options',
    text((c, value) => {
      c.draft.mount!.options = options(value)
    }),
  ],
  [
    'Type',
    text((c, value) => {
      c.draft.mount!.fsType = value ?? ''
    }),
  ],
  ['TimeoutSec', secFix0(mount('timeoutUsec'))],
  ['LazyUnmount', bool(mount('lazyUnmount'))],
  ['ForceUnmount', bool(mount('forceUnmount'))],
])

export const AUTOMOUNT_KEYS: ReadonlyMap<string, KeyParser> = new Map<string, KeyParser>([
  [
    'Where',
    path((c, value) => {
      c.draft.automount!.where = value ?? ''
    }),
  ],
  [
    'ExtraOptions',
    text((c, value) => {
      c.draft.automount!.extraOptions = value ?? ''
    }),
  ],
  [
    'TimeoutIdleSec',
    secFix0((c, usec) => {
      c.draft.automount!.timeoutIdleUsec = usec
    }),
  ],
])

/** Mirrors config_parse_swap_priority(): 0 to 32767, or -1. */
const swapPriority: KeyParser = (c, value) => {
  if (value !== '' && !/^-?\d{1,9}$/.test(value)) complain(c, 'load-swap-priority', { value })
}

export const SWAP_KEYS: ReadonlyMap<string, KeyParser> = new Map<string, KeyParser>([
  [
    'What',
    path((c, value) => {
      c.draft.swap!.what = value ?? ''
    }),
  ],
  ['Priority', swapPriority],
  [
    'Options',
    text((c, value) => {
      c.draft.swap!.options = options(value)
    }),
  ],
  [
    'TimeoutSec',
    secFix0((c, usec) => {
      c.draft.swap!.timeoutUsec = usec
    }),
  ],
])

/** Mirrors config_parse_concurrency_max(). */
function concurrency(field: keyof SliceSection): KeyParser {
  const number = unsigned((c, value) => {
    c.draft.sliceSection![field] = value
  })
  return (c, value) => {
    if (value === '' || value === 'infinity') c.draft.sliceSection![field] = INFINITY_USEC
    else number(c, value)
  }
}

export const SLICE_KEYS: ReadonlyMap<string, KeyParser> = new Map<string, KeyParser>([
  ['ConcurrencySoftMax', concurrency('concurrencySoftMax')],
  ['ConcurrencyHardMax', concurrency('concurrencyHardMax')],
  ['ActivatingConcurrencyMax', concurrency('activatingConcurrencyMax')],
])

const scope =
  <K extends keyof ScopeSection>(field: K) =>
  (c: LoadContext, value: Mutable<ScopeSection>[K]): void => {
    c.draft.scope![field] = value
  }

export const SCOPE_KEYS: ReadonlyMap<string, KeyParser> = new Map<string, KeyParser>([
  ['RuntimeMaxSec', sec(scope('runtimeMaxUsec'))],
  ['TimeoutStopSec', secFix0(scope('timeoutStopUsec'))],
  ['RuntimeRandomizedExtraSec', sec(() => {})],
  ['OOMPolicy', oneOf(['continue', 'stop', 'kill'], 'OOM policy', accepted as () => void)],
])
