/** The box: answers while one types, in this browser alone. */

import { afterPause, ask, newestOnly, Unreadable } from './ask.ts'
import { addCopyButtons, button, copy, element, playHere, statusLine } from './elements.ts'
import { packed, unpacked } from './fragment.ts'

const PAUSE_MILLISECONDS = 150

interface Parts {
  readonly form: HTMLFormElement
  readonly paste: HTMLTextAreaElement
  readonly systemd: HTMLSelectElement
  readonly files: HTMLInputElement
  readonly status: HTMLElement
  readonly live: HTMLElement
}

export function home(form: HTMLFormElement): void {
  const parts: Parts = {
    form,
    paste: form.querySelector<HTMLTextAreaElement>('#paste')!,
    systemd: form.querySelector<HTMLSelectElement>('#systemd')!,
    files: form.querySelector<HTMLInputElement>('#files')!,
    status: statusLine(),
    live: element('div', { id: 'live' }),
  }
  form.after(parts.status, parts.live)
  const answered = document.querySelector('article.answer')
  if (answered) addCopyButtons(answered, parts.status)
  const refresh = newestOnly(() => answer(parts))
  const soon = afterPause(PAUSE_MILLISECONDS, () => void refresh())
  parts.paste.addEventListener('input', (event) => {
    // What is pasted comes at once; only typing has pauses.
    if ((event as InputEvent).inputType === 'insertFromPaste') void refresh()
    else soon()
  })
  parts.systemd.addEventListener('change', () => void refresh())
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (event.submitter?.id === 'keep') void keep(parts)
    else void refresh().then(() => document.getElementById('verdict')?.focus())
  })
  takeFiles(parts, refresh)
  const open = () => void opened(parts, refresh)
  addEventListener('hashchange', open)
  open()
}

/** A link to an answer, or an example that was chosen. */
async function opened(parts: Parts, refresh: () => Promise<void>): Promise<void> {
  const kept = await unpacked(location.hash)
  if (kept) {
    parts.paste.value = kept.text
    parts.systemd.value = kept.systemd
  }
  const isAnswered = document.querySelector('article.answer') !== null
  if (kept || (parts.paste.value !== '' && !isAnswered)) await refresh()
}

/** What is on show answers this; the same again would only take the focus away from where it is. */
let shown = ''
/** What is masked in answers may be looked at here; copies of the paste and links are masked all the same. */
let mask = true

async function answer(parts: Parts): Promise<void> {
  const { paste, systemd, status, live } = parts
  const text = paste.value
  const asked = `${mask} ${systemd.value} ${text}`
  if (asked === shown) return
  shown = asked
  for (const old of document.querySelectorAll('main > .answer, main > .marked, main > .kept')) old.remove()
  if (text.trim() === '') {
    live.replaceChildren()
    status.textContent = ''
    return
  }
  try {
    const began = performance.now()
    const chosen = systemd.value === '' ? {} : { systemd: Number(systemd.value) }
    const { says, html = '', markdown = '', masked } = await ask({ kind: 'diagnose', text, mask, ...chosen })
    live.innerHTML = html
    const verdict = live.querySelector<HTMLElement>('#verdict')
    if (verdict) verdict.tabIndex = -1
    const lines = marked()
    const row = actions(parts, { says, markdown })
    if (masked || !mask) row.append(' ', unmasking(parts))
    live.append(row, lines)
    addCopyButtons(live, status)
    playHere(live)
    // What is read aloud stands below it for those who see it.
    status.className = 'spoken'
    status.textContent = says
    performance.measure('answer', { start: began, end: performance.now() })
    // The answer is on show before the long table is made.
    await new Promise((resolve) => setTimeout(resolve))
    const { html: table = '' } = await ask({ kind: 'lines' })
    lines.insertAdjacentHTML('beforeend', table)
  } catch {
    shown = ''
    status.className = ''
    live.replaceChildren()
    status.textContent = 'This browser could not work it out by itself. “Send it” lets the server do it.'
    live.append(button('Send it', () => parts.form.submit()))
  }
}

/** The paste leaves this browser now, because someone asked for it; what can be masked is masked before. */
async function keep({ form, paste, systemd, status }: Parts): Promise<void> {
  try {
    const { text = '' } = await ask({ kind: 'mask', text: paste.value })
    const expires = form.querySelector<HTMLSelectElement>('#expires')?.value ?? ''
    const fields = Object.entries({ paste: text, systemd: systemd.value, expires })
    const inputs = fields.map(([name, value]) => element('input', { type: 'hidden', name, value }))
    const sent = element('form', { method: 'post', action: '/links', enctype: 'multipart/form-data' }, ...inputs)
    document.body.append(sent)
    sent.submit()
  } catch {
    status.textContent = 'This browser could not mask it, so it was not sent.'
  }
}

interface Said {
  readonly says: string
  readonly markdown: string
}

function actions({ paste, systemd, status }: Parts, { says, markdown }: Said): HTMLElement {
  const link = async () => {
    const { text = '' } = await ask({ kind: 'mask', text: paste.value })
    history.replaceState(null, '', await packed({ text, systemd: systemd.value }))
    await copy(location.href, status, `a link of ${location.href.length} characters, with the paste in it, masked`)
  }
  return element(
    'p',
    { className: 'actions' },
    button('Copy a link to this answer', () => void link()),
    ' ',
    button('Copy as Markdown', () => void copy(markdown, status, 'the answer as Markdown')),
    ' ',
    // For the timeline of an incident, which has a line for each thing that happened.
    button('Copy as one line', () => void copy(`${says.replace(/\s+/g, ' ')}\n`, status, 'the answer in one line')),
  )
}

function unmasking(parts: Parts): HTMLElement {
  return button(mask ? 'Show what was masked' : 'Mask it again', () => {
    mask = !mask
    void answer(parts)
  })
}

function marked(): HTMLElement {
  const details = element('details', { className: 'marked' })
  details.append(element('summary', {}, 'What each line was taken for'))
  // Kept as it was left from one answer to the next.
  details.open = sessionStorage.getItem('marked') !== 'closed'
  details.addEventListener('toggle', () => sessionStorage.setItem('marked', details.open ? 'open' : 'closed'))
  return details
}

function takeFiles(parts: Parts, refresh: () => Promise<void>): void {
  const { form, paste, files, status } = parts
  const take = async (list: FileList) => {
    const all = await Promise.all([...list].map(async (file) => ({ name: file.name, bytes: await file.arrayBuffer() })))
    try {
      const { text = '' } = await ask({ kind: 'join', files: all })
      paste.value = paste.value === '' ? text : `${paste.value.replace(/\n*$/, '')}\n\n${text}`
      await refresh()
    } catch (error) {
      status.textContent = error instanceof Unreadable ? error.message : 'The files cannot be read here.'
    }
  }
  files.addEventListener('change', () => {
    if (files.files?.length) void take(files.files).then(() => (files.value = ''))
  })
  const dropping = (event: DragEvent, is: boolean) => {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    form.classList.toggle('dropping', is)
  }
  form.addEventListener('dragover', (event) => dropping(event, true))
  form.addEventListener('dragleave', (event) => dropping(event, false))
  form.addEventListener('drop', (event) => {
    dropping(event, false)
    if (event.dataTransfer?.files.length) void take(event.dataTransfer.files)
  })
}
