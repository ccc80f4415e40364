/** What is stored where, and how to delete it. */

import { html } from '../../render/markup.ts'
import { page } from './page.ts'

export function privacy(): string {
  const body = html`<h1>Privacy</h1>
<p>The short of it: of this page nothing is stored unless you ask for a link that is kept, and nothing is sent while
you type.</p>
<h2>While you type</h2>
<p>The page works out the answer in your browser. The part that reads the paste runs under a policy that lets it connect
to nowhere. There is no tracking, no cookie, no account, and nothing is loaded from elsewhere.</p>
<h2>What is sent</h2>
<p>The form without a script, the API and the command <code>curl</code> send the paste. It is held in memory for the one
answer: not stored, not logged, not sent on, and nothing in it is ever run. What an answer quotes is masked.</p>
<p>The program that answered keeps some megabytes of its latest answers in memory, until others take their place or it
ends, and gives one again to whoever sends the very same text. It knows the text by its SHA-256 hash alone, and no page
with a paste in it is kept.</p>
<h2>Links with the paste in them</h2>
<p>“Copy a link to this answer” puts the paste, masked and compressed, behind the <code>#</code> of the address, which
browsers do not send. Nothing is stored; whoever has the link has the paste. It cannot be deleted, for it is nowhere but
in the places you paste it to.</p>
<h2>Links that are kept</h2>
<p>“Keep it under a short link” stores in a database (Cloudflare D1):</p>
<ul><li>the paste after masking, and the release of systemd if you chose one</li>
<li>a random name of 128 bits, which is the link</li>
<li>the time when it ends: an hour, a day or 30 days from then</li>
<li>the hash of the token that deletes it</li></ul>
<p>Nothing says who you are. Whoever has the link can read it; search engines are told to leave it out, and previews in
messengers show nothing of it. After its time it is not shown any more, and within the hour it is deleted.</p>
<p>To delete it sooner, open the link and give the token that you were shown with it, or</p>
<pre tabindex="0"><code>curl -X DELETE -H 'Authorization: Bearer TOKEN' https://HOST/v1/links/ID</code></pre>
<h2>In Slack</h2>
<p>Where someone installed the app in a workspace, it stores</p>
<ul><li>what was pasted in a thread for it, masked, for 30 days after the last paste (a Durable Object for each
thread)</li>
<li>which threads these are, for as long, and which deliveries it has seen, for an hour</li>
<li>the code and unit that a thread was answered with, for a week, to say how often it came</li>
<li>answers that someone called right or wrong, with the masked paste, for 180 days</li>
<li>the token that Slack gave for the workspace, encrypted; none where it is one of the deployment’s own
secrets</li></ul>
<p><code>/whyjob forget</code> deletes what it knows of the channel’s threads; uninstalling the app deletes all of
it.</p>
<h2>What is masked</h2>
<p>Passwords, tokens and keys that are known by their shape or by the name before them, private keys, mail, IP and MAC
addresses, and host and user names where a log line, a prompt, sshd, sudo or logind has them. A secret that looks like
none of these stays, and so do names of units, descriptions and paths. Read what you are about to share.</p>
<h2>Logs</h2>
<p>One line for each request: its id, method, route, status, time and size, and the answer’s outcome, cause and code.
Never a byte of what was pasted, and no address of yours. To count requests the platform that runs this sees the address
they come from.</p>`
  return page({ title: 'Privacy', body })
}
