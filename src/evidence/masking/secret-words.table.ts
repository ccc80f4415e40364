/** Secrets by what begins them. */

/** What vendors begin their keys with, or such a key's first bytes in base64. Its least length is looked at first. */
export const VENDORS = [
  '(?<![A-Za-z0-9])(?=[\\w.=+/~:-]{16})(?:AIza|(?:gh[pousr]|github_pat|npm|hf|hv[bsr]|[srp]k_(?:live|test|prod)|whsec|do[opr]_v1|figd|',
  'glc|glsa|dckr_(?:pat|oat)|shp(?:at|ca|pa|ss)|lin_api|sntry[su]|rubygems|gsk|ntn|secret|',
  'pscale_(?:tkn|pw|oauth)|waka|cf(?:k|ut|at)|vc[piark]|dp\\.(?:pt|st|ct|sa|scim|audit)|atlasv1|mlsn)[_.-]|',
  '(?:sb[ps]|sb_secret|dd[pa]|bkua|bkct|CCI(?:PAT|PRJ)|lsv2_(?:pt|sk)|sgp)_|',
  'sq0[a-z]{3}-|gl(?:pat|dt|rt|cbt|ptt|ft|soat|oas|agent|imt|ffct)-|xox[a-z]-|xapp-|xkeysib-|xsmtpsib-|SWMTKN-1-|',
  'dt0[cs]\\d\\d\\.|sk-|pypi-|SG\\.|ya29\\.|1//0|GOCSPX-|AT[AC]TT3|tskey-|NR(?:AK|II|JS|AL|AA)-|EAAC|EAAA|',
  '(?:ds|d)api(?=[0-9A-Fa-f]{32})|PMAK-|LTAI|ops_eyJ|pul-(?=[0-9a-f]{40})|',
  'pat-(?:na|eu)\\d-|A3-(?=[A-Z\\d]{6}-)|AGE-SECRET-KEY-1|(?:AAAA[\\w-]{7}:)?APA91b|\\w{3}\\dQ~|b3BlbnNzaC1rZXktdjE|LS0tLS1CRUdJTi|',
  'key-(?=[0-9a-f]{32})|sq[apu]_(?=[0-9a-f]{40}))',
  '[\\w.=+/~-]{14,4000}',
].join('')

/** For each letter of the alphabet, those that often follow it in words and names. */
export const FOLLOWERS = [
  'bcdfghiklmnprstuvwxyz abeilorstuy acehiklorstuy adegilmnorsuvwy abcdefgilmnopqrstuvwxyz aefilortuy aeghilnorsuy',
  'aeilmnorstuwy abcdefgklmnopqrstvxz aeou aehiklnosuwy abcdefgiklmoprstuvwy abeilmnopsuy acdefghijklnoprstuvy',
  'abcdefghiklmnoprstuvwxyz aehilmnoprstuy u abcdefghiklmnopqrstuvwy abcdefhiklmnopqrstuwyz aefhilmnorstuwyz',
  'abcdefgiklmnoprstvxz aeiouy aehilnorsuy acehioptuvy abcdefilmnoprstvxz aeiloruyz',
].join(' ')

/**
 * Hexadecimal, which much else is: a variable or a URL's field that is called no id and no digest tells, or what a few
 * vendors put before or behind it. And groups as long as each other, as people copy them from paper. What few places of
 * a line have comes first, and what looks far back or ahead behind it.
 */
export const GROUPS = [
  String.raw`(?<![\w./-])(?:(?=[0-9a-f]{32})(?<=(?:\b[A-Z][A-Z\d_]{2,40}(?<!ID)|[?&][\w.-]{1,40})(?<!HASH|hash|SHA\d*|sha\d*|MD5|md5|SUM|DIGEST|digest|`,
  `COMMIT|commit|RE[VF]|re[vf])=["']?)[0-9a-f]{32,128}|(?:SK|AC)[0-9a-f]{32}|`,
  String.raw`pat\w{14}\.[0-9a-f]{64}|[0-9a-f]{32}-us\d{1,2}|NRAK-[A-Z0-9]{27})(?![\w-])|(?<![\w.-])`,
  String.raw`(?=[a-z\d]{4,5}-)(?=[a-z\d-]{0,40}?(?:\d[a-z]|[a-z]\d))(?:[a-z\d]{4}(?:-[a-z\d]{4}){4,7}|[a-z\d]{5}(?:-[a-z\d]{5}){3,7})(?![\w.-])`,
].join('')

/** What is typed to be told a secret. */
export const QUESTIONS = [
  String.raw`[$#>] +(?:sudo )?(?:(?:go)?pass (?:show )?[\w/.@-]{3,80}|`,
  String.raw`cat \S{0,80}(?:secrets?|credentials?|\.pass|[Pp]assword|passwd\.|token|machine-id|psk|`,
  String.raw`_pass)(?!\S*\.(?:service|conf|ya?ml)$)\S{0,60}|`,
  String.raw`(?:printenv|echo) ["']?(?:\$\{?)?[A-Z\d_]{0,40}(?:PASS|SECRET|TOKEN|_KEY|_PW)[A-Z\d_]{0,20}\}?["']?|`,
  'vault (?:kv get|read) .{0,40}-field[= ].{1,100}|op read .{1,100}|bw get password .{1,60}|',
  '(?:kubectl|oc) .{0,80}?get secrets? .{1,200}base64 (?:-d|--decode).{0,10}|systemd-creds decrypt .{1,100}|',
  String.raw`(?:pwgen|apg|openssl rand|secret-tool lookup|security find-generic-password)\b.{0,80}|`,
  'aws secretsmanager get-secret-value .{1,200}text)$',
].join('')
