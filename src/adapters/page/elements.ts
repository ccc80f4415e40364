/** Pieces that both pages have: buttons that copy, the sentence that is read aloud, what a story's button does. */

import { packed } from './fragment.ts'

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

/** A live region: what it is set to is read aloud once the reader has nothing more urgent to say. */
export function statusLine(): HTMLElement {
  const line = element('p', { id: 'status' })
  line.setAttribute('role', 'status')
  return line
}

export function button(label: string, press: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', className: 'quiet' }, label)
  made.addEventListener('click', press)
  return made
}

export async function copy(text: string, status: HTMLElement, what: string): Promise<void> {
  status.className = ''
  try {
    await navigator.clipboard.writeText(text)
    status.textContent = `Copied: ${what}.`
  } catch {
    status.textContent = 'The browser does not let this page copy.'
  }
}

/** Commands and files to write get a button each; what is only to be read does not. */
export function addCopyButtons(within: ParentNode, status: HTMLElement): void {
  for (const block of within.querySelectorAll('pre.commands, article figure:not(.played) pre')) {
    const text = (block.textContent ?? '').trimEnd()
    const [first = ''] = text.split('\n')
    const made = button('Copy', () => void copy(`${text}\n`, status, first))
    made.classList.add('copy')
    made.setAttribute('aria-label', `Copy: ${first}`)
    block.after(made)
  }
}

/** With a script a story opens in the address's fragment, and nothing is sent. */
export function playHere(within: ParentNode): void {
  for (const form of within.querySelectorAll<HTMLFormElement>('form[action="/play"]:not([id])')) {
    form.addEventListener('submit', (event) => {
      const story = new FormData(form).get('scenario')
      if (typeof story !== 'string') return
      event.preventDefault()
      void packed({ text: story, systemd: '' }).then((fragment) => location.assign(`/play${fragment}`))
    })
  }
}
