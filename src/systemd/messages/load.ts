/** What reading unit files says: src/shared/conf-parser.c, src/core/load-fragment.c and load() of each unit type. */

import type { Level, MessageSpec, Wording } from '../messages.ts'

/** About a line of a file: printed as `FILE:LINE: text`. */
const ofLine = (level: Level, ...wordings: readonly Wording[]): MessageSpec => ({
  level,
  messageId: 'c772d24e9a884cbeb9ea12625c306c01',
  prefixed: false,
  wordings,
})

/** What was given and is ignored: an error for systemd until v245, a warning since. */
const ignored = (text: string): MessageSpec => ofLine('warning', { text, until: 245, level: 'err' }, { text, since: 246 })

/** The parsers made by macro name the key since v256. */
const unparsable = (text: string): MessageSpec =>
  ofLine(
    'warning',
    { text, until: 245, level: 'err' },
    { text, since: 246, until: 255 },
    { text: 'Failed to parse {key}={value}, ignoring: {error}', since: 256 },
  )

/** About the unit as a whole: printed behind its name. */
const ofUnit = (level: Level, ...wordings: readonly Wording[]): MessageSpec => ({ level, prefixed: true, wordings })

const refused = (text: string): MessageSpec => ofUnit('err', { text })
const warned = (text: string): MessageSpec => ofUnit('warning', { text })

export const LOAD_MESSAGES = {
  // Lexical.
  'load-line-too-long': ofLine('err', { text: 'Line too long' }),
  'load-continuation-too-long': ofLine('err', { text: 'Continuation line too long' }),
  'load-section-header': ofLine('err', { text: "Invalid section header '{header}'" }),
  'load-section-characters': ofLine(
    'err',
    { text: "Bad characters in section header '{header}'", since: 251, until: 261 },
    { text: "Section header invalid '{header}'", since: 262 },
  ),
  'load-unknown-section': ofLine('warning', { text: "Unknown section '{section}'. Ignoring." }),
  'load-outside-section': ofLine('warning', { text: 'Assignment outside of section. Ignoring.' }),
  'load-missing-equals': ofLine(
    'warning',
    { text: "Missing '='.", until: 240 },
    { text: "Missing '=', ignoring line.", since: 241 },
  ),
  'load-missing-key': ofLine('warning', { text: "Missing key name before '=', ignoring line.", since: 241 }),
  'load-unknown-key': ofLine(
    'warning',
    { text: "Unknown lvalue '{key}' in section '{section}'", until: 240 },
    { text: "Unknown key name '{key}' in section '{section}', ignoring.", since: 241, until: 251 },
    { text: "Unknown key '{key}' in section [{section}], ignoring.", since: 252 },
  ),
  'load-fatal': ofUnit('notice', { text: 'Unit configuration has fatal error, unit will not be started.' }),

  // Values.
  'load-bool': unparsable('Failed to parse boolean value, ignoring: {value}'),
  'load-tristate': ofLine(
    'warning',
    { text: 'Failed to parse boolean value for {key}=, ignoring: {value}', until: 255 },
    { text: 'Failed to parse {key}={value}, ignoring: {error}', since: 256 },
  ),
  'load-value': unparsable('Failed to parse {what}, ignoring: {value}'),
  'load-parameter': ignored('Failed to parse {key}= parameter, ignoring: {value}'),
  'load-setting': ignored('Failed to parse {key}= setting, ignoring: {value}'),
  'load-key-value': ignored('Failed to parse {key}=, ignoring: {value}'),
  'load-plain-value': ignored('Failed to parse {what}, ignoring: {value}'),
  'load-exit-status': ignored("Failed to parse exit status '{value}', ignoring: {error}"),
  'load-status': ignored("Failed to parse value, ignoring: {value}"),
  'load-specifiers': ignored("Failed to resolve unit specifiers in '{value}', ignoring: {error}"),
  'load-specifiers-bare': ignored('Failed to resolve unit specifiers in {value}, ignoring: {error}'),
  'load-specifiers-fatal': ofLine('err', { text: "Failed to resolve unit specifiers in '{value}': {error}" }),
  'load-syntax': ignored('Invalid syntax, ignoring: {value}'),
  'load-path-not-absolute': ignored('{key}= path is not absolute, ignoring: {value}'),
  'load-path-not-absolute-fatal': ofLine('err', { text: '{key}= path is not absolute: {value}' }),
  'load-path-absolute': ignored('{key}= path is absolute, ignoring: {value}'),
  'load-path-not-normalized': ignored('{key}= path is not normalized, ignoring: {value}'),
  'load-path-not-normalized-fatal': ofLine('err', { text: '{key}= path is not normalized: {value}' }),
  'load-removed': ofLine('warning', { text: 'Support for option {key}= has been removed and it is ignored' }),
  'load-emergency-scope': ignored('{key}= specified as {scope} mode action, ignoring: {value}'),

  // Command lines. With a `-` in front the line is ignored, without it the unit is.
  'load-unknown-escapes': ofLine('warning', { text: 'Ignoring unknown escape sequences: "{value}"' }),
  'load-unbalanced-quoting': ofLine('err', { text: 'Unbalanced quoting, ignoring: "{value}"' }),
  'load-exec-empty-path': ofLine(
    'err',
    { text: "Empty path in command line: '{value}'", until: 255 },
    { text: 'Empty path in command line: {value}', since: 256 },
  ),
  'load-exec-empty-path-ignored': ofLine(
    'warning',
    { text: "Empty path in command line, ignoring: '{value}'", until: 255 },
    { text: 'Empty path in command line, ignoring: {value}', since: 256 },
  ),
  'load-exec-characters': ofLine(
    'err',
    { text: 'Executable name contains special characters: {value}', until: 255 },
    { text: 'Executable path contains special characters: {value}', since: 256 },
  ),
  'load-exec-characters-ignored': ofLine(
    'warning',
    { text: 'Executable name contains special characters, ignoring: {value}', until: 255 },
    { text: 'Executable path contains special characters, ignoring: {value}', since: 256 },
  ),
  'load-exec-directory': ofLine('err', { text: 'Executable path specifies a directory: {value}' }),
  'load-exec-directory-ignored': ignored('Executable path specifies a directory, ignoring: {value}'),
  'load-exec-neither': ofLine('err', { text: 'Neither a valid executable name nor an absolute path: {value}' }),
  'load-exec-neither-ignored': ignored('Neither a valid executable name nor an absolute path, ignoring: {value}'),
  'load-exec-empty-name': ofLine('err', { text: 'Empty executable name or zeroeth argument: {value}' }),
  'load-exec-empty-name-ignored': ignored('Empty executable name or zeroeth argument, ignoring: {value}'),
  'load-exec-argument': ofLine(
    'err',
    { text: 'Failed to resolve unit specifiers in {value}: {error}', until: 255 },
    { text: "Failed to resolve unit specifiers in '{value}': {error}", since: 256 },
  ),
  'load-exec-argument-ignored': ofLine(
    'warning',
    { text: 'Failed to resolve unit specifiers in {value}, ignoring: {error}', until: 255 },
    { text: "Failed to resolve unit specifiers in '{value}', ignoring: {error}", since: 256 },
  ),
  'load-exec-ambient': ofLine('notice', {
    text:
      'The !! modifier for {key}= lines is no longer supported and is now ignored. ' +
      'Please update your unit files and remove the modifier.',
    since: 258,
  }),

  // Dependencies.
  'load-dependency-obsolete': ofLine('warning', {
    text: 'Unit dependency type {key}= is obsolete, replacing by {type}=, please update your unit file',
  }),
  'load-dependency-add': ignored('Failed to add dependency on {other}, ignoring: {error}'),
  'load-dependency-recursive': ofLine('debug', {
    text: 'Dropping dependency {type}={other} that likely leads to infinite recursion.',
    since: 249,
  }),
  'load-self-dependency': ofUnit(
    'warning',
    { text: 'Dependency {type}={other} dropped', until: 248 },
    { text: 'Dependency {type}={other} is dropped.', since: 249 },
  ),
  'load-before-device': warned('Dependency Before={other} ignored (.device units cannot be delayed)'),
  'load-cannot-fail': warned('Requested dependency OnFailure={other} ignored ({type} units cannot fail).'),
  'load-deprecated-isolate': ofLine('notice', {
    text: '{key} is deprecated. Please use OnFailureJobMode= instead',
  }),
  'load-slice': ignored('Failed to load slice unit {other}, ignoring: {error}'),
  'load-slice-assign': ignored('Failed to assign slice {other} to unit {unit}, ignoring: {error}'),
} as const satisfies Record<string, MessageSpec>
