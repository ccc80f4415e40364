/** Paths taken apart, without a look at any file: src/basic/path-util.c (v255). */

/** What follows the last slash: `b` of `/a/b`, of `b` all of it, of `/a/` nothing. */
export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** What an absolute path is in: `/a` of `/a/b`, `/` of `/a` and of `/`. */
export const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/'

/** The names that a path leads through; a doubled slash counts as one. */
export const partsOf = (path: string): string[] => path.split('/').filter((part) => part !== '')
