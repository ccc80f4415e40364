/** Names with their domain: whose they are, nobody else needs to know, unless everybody does. */

import type { Add } from './secret-keys.ts'

/** What ends them, of which a line has to have one; none that a unit's type or many files begin with. */
const ENDS = [
  ...['com', 'net', 'org', 'io', 'dev', 'cloud', 'info', 'biz', 'eu', 'de', 'at', 'ch', 'fr', 'nl', 'uk', 'it', 'pt'],
  ...['pl', 'cz', 'dk', 'ru', 'ua', 'jp', 'cn', 'br', 'au', 'edu', 'gov', 'example', 'test', 'home', 'box', 'intern'],
  ...['private', 'arpa'],
]
const NAME = new RegExp(
  [
    String.raw`(?<![\w.@-])(?!(?:org|com|net|io|de|eu|fr|java|javax)\.)`,
    String.raw`[A-Za-z0-9][\w-]{0,62}(?:\.[A-Za-z0-9][\w-]{0,62}){1,5}`,
    String.raw`\.(?:${ENDS.join('|')})\.?(?![\w@(-]|\.\w)`,
  ].join(''),
  'g',
)

/** Whose services and pages everybody uses. */
const PUBLIC = new RegExp(
  [
    String.raw`(?:^|\.)(?:(?:github|githubusercontent|gitlab|docker|redhat|ubuntu|launchpad|canonical|suse|`,
    'nginx|mysql|mariadb|mongodb|grafana|hashicorp|puppet|ansible|oracle|microsoft|azure|windows|google|googleapis|',
    'gstatic|amazonaws|cloudflare|stackoverflow|stackexchange|serverfault|superuser|askubuntu|slack|discord|npmjs|',
    String.raw`pastebin|proxmox|nextcloud|elastic|java|reddit|medium|atlassian|mozilla|telegram)\.com|`,
    '(?:debian|freedesktop|kernel|gnu|archlinux|fedoraproject|opensuse|nixos|gentoo|python|pypi|pythonhosted|npmjs|',
    'apache|nginx|mariadb|postgresql|openssl|samba|isc|wikipedia|wikimedia|letsencrypt|telegram|rust-lang|golang|',
    String.raw`alpinelinux|videolan|raspberrypi|linuxfoundation|mozilla|snapcraft|ntp|openvpn|freebsd|kde|gnome)\.org|`,
    '(?:docker|quay|gcr|ghcr|k8s|kubernetes|prometheus|readthedocs|sentry|elastic|snapcraft|chef|saltproject|crates|',
    String.raw`traefik|containerd|etcd|helm|istio|rancher|k3s)\.io|launchpad\.net|sourceforge\.net|php\.net|`,
    String.raw`cloudfront\.net|windows\.net|nodejs\.org|man7\.org|linux\.die\.net|docs\.rs|go\.dev|web\.dev)$`,
  ].join(''),
  'i',
)

export const WORDS_OF_DOMAINS: readonly string[] = ENDS.map((end) => `.${end}`)

const isPublic = (name: string): boolean => PUBLIC.test(name)
const PORT = /^:\d{2,5}\b/

/** Names of three parts and more. Where a link leads is a page that is there to be read, unless it has a number. */
export function domains(text: string, add: Add): void {
  for (const { index, 0: name } of text.matchAll(NAME)) {
    const isPage =
      text.startsWith('://', index - 3) && !/^[\w-]{0,62}\d/.test(name) && !PORT.test(text.slice(index + name.length))
    if (!isPage && !isPublic(name)) add('host', index, index + name.replace(/\.$/, '').length)
  }
}
