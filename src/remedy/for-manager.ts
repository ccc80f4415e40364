/** Commands and folders as they are for the manager whose units a paste is about: the system's or a user's. */

type Manager = 'system' | 'user'

/** The same tools ask a user's manager with `--user`; its administrator is the user. */
export function forManager(command: string, manager: Manager): string {
  const safe = command.split('; ').map(namesLast).map(quoted).join('; ')
  if (manager === 'system') return safe
  return safe
    .replace(/\bsudo (?=systemctl|journalctl)/g, '')
    .replace(/\b(systemctl|journalctl|systemd-analyze) (?!--user\b)/g, '$1 --user ')
}

/** A shell would take the backslash out of `dev-disk-by\x2dlabel-DATA.device`. */
const quoted = (command: string): string =>
  command
    .split(' ')
    .map((word) => (word.includes('\\x') && !/['"]/.test(word) ? `'${word}'` : word))
    .join(' ')

/** `-.mount`, the root's, reads as an option: such names stand behind `--`, where nothing is one any more. */
function namesLast(command: string): string {
  const words = command.split(' ')
  const names = words.filter((word) => word.startsWith('-.'))
  if (words[0] !== 'systemctl' || names.length === 0) return command
  return [...words.filter((word) => !word.startsWith('-.')), '--', ...names].join(' ')
}

/** Where its administrator puts units and drop-ins. */
export const unitFolderOf = (manager: Manager): string =>
  manager === 'user' ? '~/.config/systemd/user' : '/etc/systemd/system'
