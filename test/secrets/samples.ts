/** Made-up secrets of the shapes that vendors give theirs, and the places where people forget them. */

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const HEX = '0123456789abcdef'

/** The same word for the same seed; one digit in six, as chance has it. */
export function word(seed: number, length: number, of = `${LETTERS}0123456789`): string {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return of.charAt(Math.floor((state / 2 ** 32) * of.length))
  }).join('')
}

const hex = (seed: number, length: number) => word(seed, length, HEX)
const url64 = (seed: number, length: number) => word(seed, length, `${LETTERS}0123456789_-`)
const base64 = (seed: number, length: number) => word(seed, length, `${LETTERS}0123456789+/`)

/** Shapes that a judge of secrets knows; the second is what must not be left. */
export const VENDORS: readonly (readonly [string, (seed: number) => string])[] = [
  ['AWS key', (n) => `AKIA${word(n, 16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`],
  ['AWS temporary key', (n) => `ASIA${word(n, 16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`],
  ['GitHub token', (n) => `ghp_${word(n, 36)}`],
  ['GitHub installation token', (n) => `ghs_${word(n, 36)}`],
  ['GitHub fine-grained token', (n) => `github_pat_${word(n, 22)}_${word(n + 1, 59)}`],
  ['GitLab token', (n) => `glpat-${url64(n, 20)}`],
  ['Slack token', (n) => `xoxb-${word(n, 12, '0123456789')}-${word(n + 1, 13, '0123456789')}-${word(n + 2, 24)}`],
  ['Slack app token', (n) => `xapp-1-A${word(n, 10)}-${word(n, 13, '0123456789')}-${hex(n, 39)}`],
  ['npm token', (n) => `npm_${word(n, 36)}`],
  ['SendGrid key', (n) => `SG.${word(n, 22)}.${word(n + 1, 43)}`],
  ['Shopify token', (n) => `shpat_${hex(n, 32)}`],
  ['Stripe key', (n) => `sk_live_${word(n, 24)}`],
  ['Stripe restricted key', (n) => `rk_live_${word(n, 24)}`],
  ['OpenAI key', (n) => `sk-${word(n, 20)}T3BlbkFJ${word(n + 1, 20)}`],
  ['OpenAI project key', (n) => `sk-proj-${url64(n, 74)}T3BlbkFJ${url64(n + 1, 73)}x`],
  ['Anthropic key', (n) => `sk-ant-api03-${url64(n, 93)}AA`],
  ['Groq key', (n) => `gsk_${word(n, 52)}`],
  ['Hugging Face token', (n) => `hf_${word(n, 34, LETTERS)}`],
  ['Linear key', (n) => `lin_api_${word(n, 40)}`],
  ['Notion token', (n) => `ntn_${word(n, 11, '0123456789')}${word(n + 1, 35)}`],
  ['Figma token', (n) => `figd_${url64(n, 40)}`],
  ['Grafana cloud token', (n) => `glc_${base64(n, 64)}`],
  ['Grafana account token', (n) => `glsa_${word(n, 32)}_${hex(n, 8)}`],
  ['Docker token', (n) => `dckr_pat_${url64(n, 26)}x`],
  ['Vault token', (n) => `hvs.${url64(n, 94)}x`],
  ['Vault batch token', (n) => `hvb.${url64(n, 140)}x`],
  ['Databricks token', (n) => `dapi${hex(n, 32)}`],
  ['Vercel token', (n) => `vcp_${word(n, 24)}`],
  ['Cloudflare token', (n) => `cfut_${word(n, 40)}${hex(n, 8)}`],
  ['Tailscale key', (n) => `tskey-auth-${word(n, 12)}CNTRL-${word(n + 1, 32)}`],
]

/** Secrets with their surroundings, which is how they are known. */
export const SURROUNDED: readonly (readonly [string, (seed: number) => string])[] = [
  ['Slack webhook', (n) => `https://hooks.slack.com/services/T${word(n, 9)}/B${word(n, 9)}/${word(n, 24)}`],
  ['AWS secret', (n) => `AWS_SECRET_ACCESS_KEY=${base64(n, 40)}`],
  ['URL with a password', (n) => `https://deploy:${word(n, 12)}@mirror.acme.org/x`],
  ['PostgreSQL', (n) => `postgresql://app:${word(n, 12)}@db.acme.org:5432/app?sslmode=require`],
  ['MySQL', (n) => `mysql://root:${word(n, 9)}!@db.acme.org/app`],
  ['MongoDB', (n) => `mongodb+srv://app:${word(n, 14)}@c0.acme.mongodb.net/prod?retryWrites=true`],
  ['git over HTTPS', (n) => `https://${word(n, 40)}:x-oauth-basic@github.com/acme/app`],
]

export const PLACES: readonly (readonly [string, (secret: string) => string])[] = [
  ['Environment=', (s) => `[Service]\nEnvironment=X=${s}\nExecStart=/usr/bin/app`],
  ['quoted Environment=', (s) => `[Service]\nEnvironment="A=1" "X=${s}" B=2`],
  ['systemctl show', (s) => `Id=app.service\nEnvironment=LANG=C X=${s}\nActiveState=active`],
  ['an option', (s) => `[Service]\nExecStart=/usr/bin/app --with ${s} --port 80`],
  ['an option with =', (s) => `[Service]\nExecStart=/usr/bin/app --with=${s}`],
  ['a header of curl', (s) => `[Service]\nExecStopPost=/usr/bin/curl -H "X-Auth: ${s}" https://acme.org/`],
  ['a URL', (s) => `$ curl "https://acme.org/x?a=1&b=${s}&c=2"`],
  ['the journal', (s) => `Mar 04 10:00:01 web1 app[7]: cannot use ${s}: refused`],
  ['the journal, quoted', (s) => `Mar 04 10:00:01 web1 app[7]: cannot use '${s}'`],
  ['JSON in the journal', (s) => `Mar 04 10:00:01 web1 app[7]: {"level":"error","x":"${s}","n":1}`],
  ['JSON in JSON', (s) => `{"MESSAGE":"{\\"x\\":\\"${s}\\"}","_PID":"7","__REALTIME_TIMESTAMP":"1700000000000000"}`],
  [
    'a status',
    (s) =>
      `● app.service - App\n     Loaded: loaded (/etc/systemd/system/app.service)\n     Active: failed\n` +
      `    Process: 7 ExecStart=/usr/bin/app ${s} (code=exited, status=1/FAILURE)`,
  ],
  ['a tree of processes', (s) => `     CGroup: /system.slice/app.service\n             └─812 /usr/bin/app ${s}`],
  ['Ansible', (s) => `fatal: [web1]: FAILED! => {"changed": false, "msg": "no ${s}", "x": ["${s}"]}`],
  ['YAML', (s) => `  environment:\n    X: ${s}\n    Y: 1`],
  ['.env', (s) => `X="${s}"`],
  ['an export', (s) => `$ export X=${s} && systemctl restart app`],
  ['a heredoc', (s) => `# cat > /etc/app.env <<EOF\nX=${s}\nEOF`],
  ['SetCredential=', (s) => `[Service]\nSetCredential=x:${s}`],
  ['prose', (s) => `I set it to ${s}, then the service was canceled.`],
]
