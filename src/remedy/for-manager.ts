/** Commands and folders as they are for the manager whose units a paste is about: the system's or a user's. */

type Manager = 'system' | 'user'

/** The same tools ask a user's manager with `--user`; its administrator is the user. */
export function forManager(command: string, manager: Manager): string {
  if (manager === 'system') return command
  return command
    .replace(/\bsudo (?=systemctl|journalctl)/g, '')
    .replace(/\b(systemctl|journalctl|systemd-analyze) (?!--user\b)/g, '$1 --user ')
}

/** Where its administrator puts units and drop-ins. */
export const unitFolderOf = (manager: Manager): string =>
  manager === 'user' ? '~/.config/systemd/user' : '/etc/systemd/system'
