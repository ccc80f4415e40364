/** [Socket], less what it shares with other types of units. */

import { addCommands } from './exec-command.ts'
import { parseUnsigned } from './exit-status.ts'
import { complain, type KeyParser, type LoadContext, type SocketDraft } from './load-fragment-draft.ts'
import { DEFAULT_TIMEOUT_USEC } from './load-fragment-service.ts'
import {
  absolutePath,
  accepted,
  bool,
  oneOf,
  sec,
  secFix0,
  UINT_MAX,
  unsigned,
  wasExpanded,
  wordsOf,
} from './load-fragment-values.ts'
import { ERRNO_TEXT, unitFullPrintf, unitNamePrintf, unitPathPrintf } from './specifiers.ts'
import { parseUnitName } from './unit.ts'
import { INFINITY_USEC, type SocketSection } from './unit-config.ts'

type SocketExec = keyof SocketSection['exec']
const EXEC_SETTINGS: readonly SocketExec[] = ['ExecStartPre', 'ExecStartPost', 'ExecStopPre', 'ExecStopPost']

/** Mirrors socket_init(), src/core/socket.c (v262). */
export function newSocket(): SocketDraft {
  return {
    listeners: [],
    accept: false,
    maxConnections: 64,
    maxConnectionsPerSource: 0,
    flushPending: false,
    triggerLimitIntervalUsec: INFINITY_USEC,
    triggerLimitBurst: UINT_MAX,
    pollLimitIntervalUsec: INFINITY_USEC,
    pollLimitBurst: UINT_MAX,
    deferTrigger: 'no',
    deferTriggerMaxUsec: INFINITY_USEC,
    timeoutUsec: DEFAULT_TIMEOUT_USEC,
    removeOnStop: false,
    exec: { ExecStartPre: [], ExecStartPost: [], ExecStopPre: [], ExecStopPost: [] },
    symlinks: 0,
  }
}

/** Listeners with a path of their own, and those whose path is in the file system of the kernel's making. */
const PATH_KINDS = ['FIFO', 'Special', 'MessageQueue', 'USBFunction']
const ADDRESS_KINDS = ['Stream', 'Datagram', 'SequentialPacket', 'Netlink']

/** Mirrors config_parse_socket_listen(). Differs: of an address, only whether it looks like one is checked. */
function listen(kind: string): KeyParser {
  return (c, value) => {
    const socket = c.draft.socket!
    if (value === '') {
      socket.listeners = []
      return
    }
    const expanded = unitPathPrintf(c.specifiers, value)
    if (!wasExpanded(c, value, expanded)) return
    const address = PATH_KINDS.includes(kind) ? absolutePath(c, expanded.text) : readAddress(kind, expanded.text)
    if (address === null) {
      if (!PATH_KINDS.includes(kind))
        complain(c, 'load-address', { value: expanded.text, error: ERRNO_TEXT[addressError(expanded.text)] })
      return
    }
    if (kind === 'SequentialPacket' && !/^[/@]/.test(address)) return complain(c, 'load-address-family', { value })
    socket.listeners.push({ kind, address })
  }
}

const ADDRESS = /^(?:\d{1,5}|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?(?:%\w+)?|\d+\.\d+\.\d+\.\d+:\d{1,5}|vsock:.*)$/

/** Mirrors socket_address_parse(), src/shared/socket-netlink.c, as far as it takes to know one from a typing error. */
function readAddress(kind: string, text: string): string | null {
  if (kind === 'Netlink') return /^[a-z0-9-]+( \d+)?$/.test(text) ? text : null
  if (text.startsWith('/')) return text.length <= 107 ? text : null
  if (text.startsWith('@')) return text.length > 1 && text.length <= 107 ? text : null
  if (!ADDRESS.test(text)) return null
  const port = /(?:^|:)(\d+)$/.exec(text)?.[1]
  return port !== undefined && (Number(port) === 0 || Number(port) > 65535) ? null : text
}

/** A port beyond the last is out of range, anything else invalid. */
const addressError = (text: string): 'ERANGE' | 'EINVAL' =>
  Number(/(?:^|:)(\d{1,9})$/.exec(text)?.[1] ?? 0) > 65535 ? 'ERANGE' : 'EINVAL'

const exec =
  (setting: SocketExec): KeyParser =>
  (c, value) =>
    addCommands(c, value, c.draft.socket!.exec, setting)

/** Mirrors config_parse_socket_service(). */
const service: KeyParser = (c, value) => {
  const expanded = unitNamePrintf(c.specifiers, value)
  if (!wasExpanded(c, value, expanded, 'load-specifiers-bare')) return
  const name = expanded.text
  if (!name.endsWith('.service')) return complain(c, 'load-not-service', { value })
  const parsed = parseUnitName(name)
  if (parsed === null) return complain(c, 'load-unit', { value, error: `Unit name ${name} is not valid.` })
  if (parsed.instance === '') {
    return complain(c, 'load-unit', { value, error: `Unit name ${name} is missing the instance name.` })
  }
  c.draft.trigger = name
}

/** Mirrors ifname_valid(): printable and short, no number, no part of a path. */
const INTERFACE = /^(?!\.{1,2}$)(?!\d+$)[!-$&-.0-9;-~]{1,15}$/

/** Mirrors config_parse_socket_bindtodevice(). */
const bindToDevice: KeyParser = (c, value) => {
  const socket = c.draft.socket!
  if (value === '' || value === '*') {
    delete socket.bindToDevice
    return
  }
  const expanded = unitFullPrintf(c.specifiers, value)
  if (!wasExpanded(c, value, expanded, 'load-specifiers-bare')) return
  if (INTERFACE.test(expanded.text)) socket.bindToDevice = expanded.text
  else complain(c, 'load-interface', { value: expanded.text })
}

const socket =
  <K extends keyof SocketDraft>(field: K) =>
  (c: LoadContext, value: SocketDraft[K]): void => {
    c.draft.socket![field] = value
  }

const owner =
  (field: 'user' | 'group'): KeyParser =>
  (c, value) => {
    if (value === '') delete c.draft.socket![field]
    else c.draft.socket![field] = value
  }

/** Mirrors config_parse_unit_path_strv_printf(): the first wrong word ends the line. */
const symlinks: KeyParser = (c, value) => {
  if (value === '') c.draft.socket!.symlinks = 0
  for (const word of wordsOf(c, value)) {
    const expanded = unitPathPrintf(c.specifiers, word)
    if (!wasExpanded(c, word, expanded) || absolutePath(c, expanded.text) === null) return
    c.draft.socket!.symlinks++
  }
}

/** Mirrors config_parse_iec_size() and its like: sizes with a suffix. */
const size: KeyParser = (c, value) => {
  const fine = /^\d+(\.\d+)?\s*[KMGTPE]?B?$/.test(value) || typeof parseUnsigned(value, 2 ** 53) === 'number'
  if (!fine) complain(c, 'load-size', { key: c.key, value, error: ERRNO_TEXT.EINVAL })
}

export const SOCKET_KEYS: ReadonlyMap<string, KeyParser> = new Map<string, KeyParser>([
  ...[...ADDRESS_KINDS, ...PATH_KINDS].map((kind) => [`Listen${kind}`, listen(kind)] as const),
  ...EXEC_SETTINGS.map((setting) => [setting, exec(setting)] as const),
  ['Accept', bool(socket('accept'))],
  ['Service', service],
  ['MaxConnections', unsigned(socket('maxConnections'))],
  ['MaxConnectionsPerSource', unsigned(socket('maxConnectionsPerSource'))],
  ['FlushPending', bool(socket('flushPending'))],
  ['TriggerLimitIntervalSec', sec(socket('triggerLimitIntervalUsec'))],
  ['TriggerLimitBurst', unsigned(socket('triggerLimitBurst'))],
  ['PollLimitIntervalSec', sec(socket('pollLimitIntervalUsec'))],
  ['PollLimitBurst', unsigned(socket('pollLimitBurst'))],
  ['DeferTrigger', oneOf(['no', 'yes', 'patient'], 'deferred trigger', socket('deferTrigger'))],
  ['DeferTriggerMaxSec', secFix0(socket('deferTriggerMaxUsec'))],
  ['TimeoutSec', secFix0(socket('timeoutUsec'))],
  ['RemoveOnStop', bool(socket('removeOnStop'))],
  ['SocketUser', owner('user')],
  ['SocketGroup', owner('group')],
  ['Symlinks', symlinks],
  ['BindToDevice', bindToDevice],
  ['ReceiveBuffer', size],
  ['SendBuffer', size],
  ['PipeSize', size],
  ['FileDescriptorName', accepted],
])
