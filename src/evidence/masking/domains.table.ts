/** Domains: how they end, and whose everybody knows. */

/** What ends them, of which a line has to have one; none that a unit's type or many files begin with. */
export const ENDS = (
  'com net org io dev cloud info biz eu de at ch fr nl uk it pt pl cz dk ru ua jp ' +
  'cn br au edu gov example test home box intern private arpa no fi es be ca us app xyz ie nz hu'
).split(' ')

/** Where a cloud has each customer's machines and stores by the name that they gave them. */
export const TENANTS = [
  String.raw`^[\w-]{3,}\.(?:[\w-]+\.)*(?:s3|rds|elb|cache|core|documents|database|vault|servicebus|redis|queue|table)`,
  String.raw`\b.*\.(?:amazonaws\.com|azure\.(?:com|net)|windows\.net)$`,
].join('')

/** Whose services and pages everybody uses. */
export const PUBLIC = [
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
].join('')
