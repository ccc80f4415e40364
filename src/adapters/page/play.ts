/** The playground: the lanes move while one edits, and the address keeps what was written. */

import { afterPause, ask, newestOnly } from './ask.ts'
import { button, copy, statusLine } from './elements.ts'
import { packed, unpacked } from './fragment.ts'

const PAUSE_MILLISECONDS = 200

export function play(form: HTMLFormElement): void {
  const scenario = form.querySelector<HTMLTextAreaElement>('#scenario')!
  const systemd = form.querySelector<HTMLSelectElement>('#systemd')!
  const stage = document.getElementById('played')!
  const status = statusLine()
  stage.before(status)
  const refresh = newestOnly(async () => {
    const text = scenario.value
    const chosen = systemd.value === '' ? {} : { systemd: Number(systemd.value) }
    try {
      const { says, html = '' } = await ask({ kind: 'play', text, ...chosen })
      stage.innerHTML = html
      status.textContent = says
      history.replaceState(null, '', await packed({ text, systemd: systemd.value }))
    } catch {
      status.textContent = 'It cannot be played in this browser. “Send it” lets the server do it.'
      stage.replaceChildren(button('Send it', () => form.submit()))
    }
  })
  const soon = afterPause(PAUSE_MILLISECONDS, () => void refresh())
  scenario.addEventListener('input', soon)
  systemd.addEventListener('change', () => void refresh())
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void refresh()
  })
  const link = () => void refresh().then(() => copy(location.href, status, 'a link to this scenario'))
  form.querySelector('button')?.after(' ', button('Copy a link', link))
  const open = async () => {
    const kept = await unpacked(location.hash)
    if (kept === null || kept.text === scenario.value) return
    scenario.value = kept.text
    systemd.value = kept.systemd
    await refresh()
  }
  addEventListener('hashchange', () => void open())
  void open()
}
