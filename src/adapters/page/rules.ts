/**
 * Fetches the rules, for the page and the core may connect to nowhere. This one may, to where it came from (in
 * dist/page/_headers), and is told nothing: it only speaks.
 */

try {
  const response = await fetch('/catalog.json')
  postMessage(response.ok ? await response.text() : null)
} catch {
  postMessage(null)
}
