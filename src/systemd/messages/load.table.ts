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
const ignored = (text: string): MessageSpec =>
  ofLine('warning', { text, until: 245, level: 'err' }, { text, since: 246 })

/** The parsers made by macro name the key since v256. */
const unparsable = (text: string): MessageSpec =>
  ofLine(
    'warning',
    { text, until: 245, level: 'err' },
    { text, since: 246, until: 255 },
    { text: 'Failed to parse {key}={value}, ignoring: {error}', since: 256 },
  )

/** path_simplify_and_warn() took its time to become milder. */
const ofPath = (text: string): MessageSpec =>
  ofLine('warning', { text, until: 255, level: 'err' }, { text, since: 256 })

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
  'load-bool-fatal': ofLine(
    'err',
    { text: 'Failed to parse boolean value: {value}', until: 255 },
    { text: 'Failed to parse {key}={value}: {error}', since: 256 },
  ),
  'load-tristate': ofLine(
    'warning',
    { text: 'Failed to parse boolean value for {key}=, ignoring: {value}', until: 255 },
    { text: 'Failed to parse {key}={value}, ignoring: {error}', since: 256 },
  ),
  'load-value': unparsable('Failed to parse {what}, ignoring: {value}'),
  'load-fix-0': ofLine(
    'warning',
    { text: 'Failed to parse {key}= parameter, ignoring: {value}', until: 245, level: 'err' },
    { text: 'Failed to parse {key}= parameter, ignoring: {value}', since: 246, until: 251 },
    { text: 'Failed to parse time value, ignoring: {value}', since: 252, until: 255 },
    { text: 'Failed to parse {key}={value}, ignoring: {error}', since: 256 },
  ),
  'load-parameter': ignored('Failed to parse {key}= parameter, ignoring: {value}'),
  'load-setting': ignored('Failed to parse {key}= setting, ignoring: {value}'),
  'load-key-value': ignored('Failed to parse {key}=, ignoring: {value}'),
  'load-plain-value': ignored('Failed to parse {what}, ignoring: {value}'),
  'load-exit-status': ignored("Failed to parse exit status '{value}', ignoring: {error}"),
  'load-status': ignored('Failed to parse value, ignoring: {value}'),
  'load-specifiers': ignored("Failed to resolve unit specifiers in '{value}', ignoring: {error}"),
  'load-specifiers-bare': ignored('Failed to resolve unit specifiers in {value}, ignoring: {error}'),
  'load-specifiers-fatal': ofLine('err', { text: "Failed to resolve unit specifiers in '{value}': {error}" }),
  'load-syntax': ignored('Invalid syntax, ignoring: {value}'),
  'load-path-not-absolute': ofPath('{key}= path is not absolute, ignoring: {value}'),
  'load-path-not-absolute-fatal': ofLine('err', { text: '{key}= path is not absolute: {value}' }),
  'load-path-absolute': ofPath('{key}= path is absolute, ignoring: {value}'),
  'load-path-not-normalized': ofPath('{key}= path is not normalized, ignoring: {value}'),
  'load-path-not-normalized-fatal': ofLine('err', { text: '{key}= path is not normalized: {value}' }),
  'load-removed': ofLine('info', { text: 'Support for option {key}= has been removed and it is ignored' }),
  'load-deprecated': ofLine('warning', {
    text: 'Unit uses {key}=; please use {instead} instead. Support for {key}= will be removed soon.',
    since: 252,
    until: 257,
  }),
  'load-emergency-compat': ofLine('info', {
    text: '{key}= in user mode specified as "{value}", using "exit-force" instead.',
    until: 252,
  }),
  'load-documentation': ignored('Invalid URL, ignoring: {value}'),
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

  // Processes.
  'load-working-directory': ofLine('err', {
    text: "Failed to resolve unit specifiers in working directory path '{value}': {error}",
  }),
  'load-working-directory-ignored': ignored(
    "Failed to resolve unit specifiers in working directory path '{value}', ignoring: {error}",
  ),
  'load-output-obsolete': ofLine('notice', {
    text:
      'Standard output type {type} is obsolete, automatically updating to {instead}. ' +
      'Please update your unit file, and consider removing the setting altogether.',
    since: 246,
  }),
  'load-environment': ignored('Invalid environment assignment, ignoring: {value}'),
  'load-environment-specifiers': ignored('Failed to resolve specifiers in {value}, ignoring: {error}'),
  'load-log-namespace': ignored('Specified log namespace name is not valid, ignoring: {value}'),
  'load-nice': ignored("Failed to parse nice priority '{value}', ignoring: {error}"),
  'load-cpu-weight': ofLine(
    'warning',
    { text: 'Invalid weight, ignoring: {value}', until: 251 },
    { text: 'Invalid CPU weight, ignoring: {value}', since: 252, until: 255 },
    { text: 'Failed to parse {key}={value}, ignoring: {error}', since: 256 },
  ),
  'load-nice-range': ignored('Nice priority out of range, ignoring: {value}'),
  'load-kill-mode-none': ofLine(
    'warning',
    {
      text:
        'Unit configured to use KillMode=none. ' +
        "This is unsafe, as it disables systemd's process lifecycle management for the service. " +
        "Please update your service to use a safer KillMode=, such as 'mixed' or 'control-group'. " +
        'Support for KillMode=none is deprecated and will eventually be removed.',
      since: 246,
      until: 251,
    },
    {
      text:
        'Unit uses KillMode=none. ' +
        "This is unsafe, as it disables systemd's process lifecycle management for the service. " +
        "Please update the service to use a safer KillMode=, such as 'mixed' or 'control-group'. " +
        'Support for KillMode=none is deprecated and will eventually be removed.',
      since: 252,
    },
  ),
  'load-var-run': ofLine('notice', {
    text:
      '{key}= references a path below legacy directory /var/run/, updating {value} → {patched}; ' +
      'please update the unit file accordingly.',
  }),
  // Sockets, timers, paths, swap.
  'load-interface': ignored('Invalid interface name, ignoring: {value}'),
  'load-address': ignored("Failed to parse address value in '{value}', ignoring: {error}"),
  'load-address-family': ignored('Address family not supported, ignoring: {value}'),
  'load-size': unparsable("Failed to parse size value '{value}', ignoring: {error}"),
  'load-not-service': ignored('Unit must be of type service, ignoring: {value}'),
  'load-unit': ignored('Failed to load unit {value}, ignoring: {error}'),
  'load-calendar': ignored('Failed to parse calendar specification, ignoring: {value}'),
  'load-timer-value': ignored('Failed to parse timer value, ignoring: {value}'),
  'load-trigger': ignored('Failed to add trigger on {other}, ignoring: {error}'),
  'load-trigger-again': ignored('Multiple units to trigger specified, ignoring: {value}'),
  'load-trigger-type': ignored('Unit type not valid, ignoring: {value}'),
  'load-trigger-self': ignored('Units cannot trigger themselves, ignoring: {value}'),
  'load-swap-priority': ignored("Invalid swap priority '{value}', ignoring."),
  'load-bus-name': ignored('Invalid bus name, ignoring: {value}'),
  'load-not-socket': ignored('Unit must be of type socket, ignoring: {value}'),

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
  'load-merged-dependency': ofUnit(
    'warning',
    { text: 'Dependency {type}={other} dropped, merged into {unit}', until: 248 },
    { text: 'Dependency {type}={other} is dropped, as {other} is merged into {unit}.', since: 249 },
  ),
  'load-before-device': warned('Dependency Before={other} ignored (.device units cannot be delayed)'),
  'load-cannot-fail': warned('Requested dependency OnFailure={other} ignored ({type} units cannot fail).'),
  'load-deprecated-isolate': ofLine('notice', {
    text: '{key} is deprecated. Please use OnFailureJobMode= instead',
  }),
  'load-slice': ignored('Failed to load slice unit {other}, ignoring: {error}'),
  'load-slice-assign': ignored('Failed to assign slice {other} to unit {unit}, ignoring: {error}'),

  'load-dropin-name': warned('{type} dependency dropin {entry} is not a valid unit name, ignoring.'),
  'load-dropin-masked': ofUnit('debug', { text: '{type} dependency on {entry} is masked by {entry}, ignoring.' }),

  // What a unit as a whole lacks, or has too much of.
  'load-name-invalid': ofUnit('err', { text: 'Unit name {name} is not valid.' }),
  'load-name-template': ofUnit('err', { text: 'Unit name {name} is missing the instance name.' }),
  'load-isolate-many': refused('More than one {kind}= dependencies specified but {kind}JobMode=isolate set. Refusing.'),
  'load-running-timeout': warned('JobRunningTimeoutSec= is greater than JobTimeoutSec=, it has no effect.'),
  'load-service-nothing': refused('Service has no ExecStart=, ExecStop=, or SuccessAction=. Refusing.'),
  'load-service-no-start': refused(
    'Service has no ExecStart= setting, which is only allowed for Type=oneshot services. Refusing.',
  ),
  'load-service-no-remain': refused(
    'Service has no ExecStart= and no SuccessAction= settings and does not have RemainAfterExit=yes set. Refusing.',
  ),
  'load-service-many-starts': refused(
    'Service has more than one ExecStart= setting, which is only allowed for Type=oneshot services. Refusing.',
  ),
  'load-service-oneshot-restart': refused(
    "Service has Restart= set to either always or on-success, which isn't allowed for Type=oneshot services. " +
      'Refusing.',
  ),
  'load-service-oneshot-force': ofUnit(
    'err',
    {
      text: "Service has RestartForceStatus= set, which isn't allowed for Type=oneshot services. Refusing.",
      until: 251,
    },
    {
      text: "Service has RestartForceExitStatus= set, which isn't allowed for Type=oneshot services. Refusing.",
      since: 252,
    },
  ),
  'load-service-oneshot-exit': refused(
    "Service has ExitType=cgroup set, which isn't allowed for Type=oneshot services. Refusing.",
  ),
  'load-service-no-bus-name': refused(
    'Service is of type D-Bus but no D-Bus service name has been specified. Refusing.',
  ),
  'load-dynamic-user': refused('DynamicUser= enabled for user unit, which is not supported. Refusing.'),
  'load-dynamic-home': refused('WorkingDirectory=~ is not allowed under DynamicUser=yes. Refusing.'),
  'load-private-pids': refused('PrivatePIDs= setting is only supported for service units. Refusing.'),
  'load-pam': ofUnit(
    'err',
    { text: "Service has PAM enabled. Kill mode must be set to 'control-group' or 'mixed'. Refusing.", until: 255 },
    { text: "Unit has PAM enabled. Kill mode must be set to 'control-group' or 'mixed'. Refusing.", since: 256 },
  ),
  'load-service-forking-pids': refused('Service of Type=forking does not support PrivatePIDs=yes. Refusing.'),
  'load-service-usb-strings': warned(
    'Service has USBFunctionDescriptors= setting, but no USBFunctionStrings=. Ignoring.',
  ),
  'load-service-usb-descriptors': warned(
    'Service has USBFunctionStrings= setting, but no USBFunctionDescriptors=. Ignoring.',
  ),
  'load-service-runtime-oneshot': warned('RuntimeMaxSec= has no effect in combination with Type=oneshot. Ignoring.'),
  'load-service-runtime-extra': warned(
    'Service has RuntimeRandomizedExtraSec= setting, but no RuntimeMaxSec=. Ignoring.',
  ),
  'load-service-credentials-race': ofUnit('warning', {
    text:
      'Service uses a combination of Type=simple, ExecStartPost=, and credentials. ' +
      'This could lead to race conditions. Continuing.',
    since: 257,
  }),
  'load-service-steps': warned('Service has RestartSteps= but no RestartMaxDelaySec= setting. Ignoring.'),
  'load-service-max-delay': warned('Service has RestartMaxDelaySec= but no RestartSteps= setting. Ignoring.'),
  'load-service-delay-reset': warned(
    'RestartMaxDelaySec= has a value smaller than RestartSec=, resetting RestartSec= to RestartMaxDelaySec=.',
  ),
  'load-service-bus-name-twice': refused('Two services allocated for the same bus name {name}, refusing operation.'),
  'load-socket-no-listener': refused(
    'Unit has no Listen setting (ListenStream=, ListenDatagram=, ListenFIFO=, ...). Refusing.',
  ),
  'load-socket-max-connections': refused('MaxConnection= setting too small. Refusing.'),
  'load-socket-accept': refused('Unit configured for accepting sockets, but sockets are non-accepting. Refusing.'),
  'load-socket-defer': refused('Socket unit is configured to be accepting with DeferTrigger= enabled. Refusing.'),
  'load-socket-accept-service': refused(
    'Explicit service configuration for accepting socket units not supported. Refusing.',
  ),
  'load-socket-symlinks': refused('Unit has symlinks set but none or more than one node in the file system. Refusing.'),
  'load-timer-empty': refused('Timer unit lacks value setting. Refusing.'),
  'load-path-empty': refused('Path unit lacks path setting. Refusing.'),
  'load-mount-where': refused("Where= setting doesn't match unit name. Refusing."),
  'load-mount-api': ofUnit(
    'err',
    { text: 'Cannot create mount unit for API file system {where}. Refusing.', until: 255 },
    { text: "Cannot create mount unit for API file system '{where}'. Refusing.", since: 256 },
  ),
  'load-mount-what': refused('What= setting is missing. Refusing.'),
  'load-automount-root': refused('Cannot have an automount unit for the root directory. Refusing.'),
  'load-swap-what': refused('Value of What= and unit name do not match, not loading.'),
} as const satisfies Record<string, MessageSpec>
