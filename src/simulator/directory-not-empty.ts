/** Whether there is something in a directory, as ConditionDirectoryNotEmpty= and DirectoryNotEmpty= ask. */

import type { Manager } from './manager.ts'

/** Mirrors dir_is_empty(), src/basic/stat-util.c, as both ask it. Up to v247 what is no directory is not empty. */
export function directoryNotEmpty({ files, features }: Manager, path: string): boolean {
  if (files.isDirectory(path)) return files.list(path).some((name) => !hiddenOrBackupFile(name))
  return features.fileIsDirectoryNotEmpty && (files.exists(path) || files.isBelowFile(path))
}

const QUOTA_FILES = ['lost+found', 'aquota.user', 'aquota.group']
const BACKUP =
  /~$|\.(?:rpmnew|rpmsave|rpmorig|dpkg-(?:old|new|tmp|dist|bak|backup|remove)|ucf-(?:new|old|dist)|swp|bak|old|new)$/

/** Mirrors hidden_or_backup_file(), src/basic/path-util.c. */
function hiddenOrBackupFile(name: string): boolean {
  return name.startsWith('.') || QUOTA_FILES.includes(name) || BACKUP.test(name)
}
