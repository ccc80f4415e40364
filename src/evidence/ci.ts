/** Pipelines and package managers: GitHub Actions, GitLab CI, apt, dpkg, dnf, needrestart. */

import { noteClientWords } from './client.ts'
import { callsIn } from './command.ts'
import { type Desk, isNoted, noteAnswer, type Parser, take } from './desk.ts'
import { noteCalls } from './request.ts'
import { noteTask } from './tool-task.ts'

const SOURCE = 'ci'
const RUN = /^\s*(?:##\[(?:group|command)\]|::group::|▶ ?)?Run (.{1,400})$/
const COMMAND = /^\s*(?:##\[command\]|\[command\])(.{1,400})$/
const EXIT = new RegExp(
  [
    String.raw`^\s*(?:##\[error\]|::error::|Error: |ERROR: )?(?:Process completed with exit code|`,
    String.raw`Job failed: exit (?:status|code)|Cleaning up .* exit code) (\d{1,3})\.?`,
  ].join(''),
)
/** GitLab says no status with it. */
const SUCCEEDED = /^\s*Job succeeded\s*$/
const FRAME = new RegExp(
  [
    String.raw`^\s*(?:shell: \/\S*sh\b|##\[(?:endgroup|error|warning|section|debug|`,
    String.raw`group)\]|::endgroup::|section_(?:start|end):\d+:)`,
  ].join(''),
)

export const ci: Parser = {
  source: SOURCE,
  begins: '#:▶R[EPJCs',
  recognizes: (desk, at) => {
    const { text } = desk.lines[at]!
    return [COMMAND, EXIT, SUCCEEDED, FRAME].some((pattern) => pattern.test(text)) || isRun(text)
  },
  parse: (desk, at) => {
    const line = desk.lines[at]!
    const command = (RUN.exec(line.text) ?? COMMAND.exec(line.text))?.[1]
    if (command) {
      const calls = callsIn(command, true)
      const offset = line.text.length - command.length
      const about = { source: SOURCE, by: 'ci' as const, tense: 'done' as const, requester: null, certainty: 1, offset }
      desk.typed = { calls, noted: noteCalls(desk, line, calls, about), text: command, at, by: 'tool' }
    }
    const status = SUCCEEDED.test(line.text) ? '0' : EXIT.exec(line.text)?.[1]
    if (status) {
      ranByPipeline(desk)
      const first = desk.typed?.noted[0] ?? null
      noteAnswer(desk, { kind: 'exit-status', source: SOURCE, certainty: 1, status: Number(status) }, line, first)
    }
    return take(desk, SOURCE, at, at + 1)
  },
}

/** A pipeline's log shows commands as typed at a bare prompt; that nobody typed them is told by how the log ends. */
function ranByPipeline(desk: Desk): void {
  for (let i = desk.noted.length - 1; i >= 0; i--) {
    const noted = desk.noted[i]!
    // What was before the line that told it last is known already: so all is walked once.
    if (isNoted(noted, 'exit-status') && noted.draft.source === SOURCE) return
    if (!isNoted(noted, 'request') || noted.draft.by !== 'shell') continue
    if (desk.lines[noted.line - 1]?.text.startsWith('$ ')) noted.draft = { ...noted.draft, by: 'ci' }
  }
}

/** `Run` begins many a sentence: only what runs systemctl is of interest. */
const isRun = (text: string) => RUN.test(text) && (/[#▶:]/.test(text.charAt(0)) || callsIn(text).length > 0)

const PACKAGES = 'package manager'
const DPKG = new RegExp(
  [
    String.raw`^\s*(Setting up|Unpacking|Preparing to unpack|Removing|Purging configuration files for) `,
    String.raw`(\S{1,200})(?: \(([^)]{1,100})\))?`,
  ].join(''),
)
const TRIGGERS = /^\s*Processing triggers for (\S{1,200}) \(/
const RPM = new RegExp(
  [
    String.raw`^\s*(?:(Upgrading|Installing|Updating|Cleanup|Erasing|Running scriptlet|`,
    String.raw`Verifying|Reinstalling|Obsoleting)\s*: )(\S{1,200})\s+\d+\/\d+$`,
  ].join(''),
)
const RESTARTS = new RegExp(
  [
    String.raw`^\s*(?:Restarting services\.\.\.|Service restarts being deferred:|`,
    String.raw`No services need to be restarted\.|Scanning (?:processes|candidates|`,
    String.raw`linux images)\.\.\.)`,
  ].join(''),
)
const FAILED = new RegExp(
  [
    String.raw`^\s*(?:dpkg: error processing (?:package|archive) (\S{1,200})|invoke-rc\.d: initscript (`,
    String.raw`\S{1,100}), action "(\w+)" failed|(?:warning|error): %(?:pre|post)(?:un)?\((\S{1,200})\)`,
    ' scriptlet failed)',
  ].join(''),
)

/** What apt writes to its history.log of each run. */
const HISTORY = new RegExp(
  String.raw`^\s*(?:(?:Start|End)-Date: \d{4}-\d\d-\d\d|Requested-By: \S|Commandline: (\S.{0,200})|` +
    String.raw`(?:Install|Reinstall|Upgrade|Downgrade|Remove|Purge): [\w.+-]{1,100}:\w{1,12} \()`,
)

export const packages: Parser = {
  source: PACKAGES,
  begins: 'SUPRICEVOwediN',
  recognizes: (desk, at) => {
    const { text } = desk.lines[at]!
    return (
      HISTORY.test(text) ||
      (text.length < 600 && [DPKG, TRIGGERS, RPM, RESTARTS, FAILED].some((pattern) => pattern.test(text)))
    )
  },
  parse: (desk, at) => {
    const { text } = desk.lines[at]!
    readPackage(desk, at, text)
    return take(desk, PACKAGES, at, at + 1)
  },
}

function readPackage(desk: Desk, at: number, text: string): void {
  const history = HISTORY.exec(text)
  if (history) {
    const name = history[1]
    if (name === undefined) return
    noteTask(desk, at, PACKAGES, { tool: 'apt', name, params: {}, outcome: null, message: text.trim() })
    return
  }
  const failed = FAILED.exec(text)
  const dpkg = DPKG.exec(text)
  const rpm = RPM.exec(text)
  const name =
    failed?.[1] ?? failed?.[2] ?? failed?.[4] ?? dpkg?.[2] ?? rpm?.[2] ?? TRIGGERS.exec(text)?.[1] ?? 'needrestart'
  const action = failed ? (failed[3] ?? 'failed') : (dpkg?.[1] ?? rpm?.[1] ?? 'restart')
  const params = { action, ...(dpkg?.[3] ? { version: dpkg[3] } : {}) }
  const tool = rpm || failed?.[4] ? 'dnf' : 'apt'
  noteTask(desk, at, PACKAGES, { tool, name, params, outcome: failed ? 'failed' : null, message: text.trim() })
  if (failed?.[2])
    noteClientWords(desk, desk.lines[at]!, text, { source: PACKAGES, via: 'other', certainty: 1, offset: 0 })
}
