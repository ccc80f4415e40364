/** Secrets by what begins them. */

/** What vendors begin their keys with, or such a key's first bytes in base64. */
export const VENDORS = [
  '(?<![A-Za-z0-9])(?:AIza|(?:gh[pousr]|github_pat|npm|hf|hv[bsr]|[srp]k_(?:live|test|prod)|whsec|do[opr]_v1|figd|',
  'glc|glsa|dckr_(?:pat|oat)|shp(?:at|ca|pa|ss)|lin_api|sntry[su]|rubygems|phc|phx|gsk|r8|ntn|secret|hcaik|nvapi|',
  'xai|pscale_(?:tkn|pw|oauth)|tfp|waka|cf(?:k|ut|at)|vc[piark]|dp\\.(?:pt|st|ct|sa|scim|audit)|atlasv1|mlsn)[_.-]|',
  '(?:sb[ps]|sb_secret|nf[pco]|rnd|rpa|dd[pa]|bkua|bkct|CCI(?:PAT|PRJ)|lsv2_(?:pt|sk)|fo1|fm[12]|sgp|duffel_live)_|',
  'sq0[a-z]{3}-|gl(?:pat|dt|rt|cbt|ptt|ft|soat|oas|agent|imt|ffct)-|xox[a-z]-|xapp-|xkeysib-|xsmtpsib-|SWMTKN-1-|',
  'dt0[cs]\\d\\d\\.|sk-|pypi-|SG\\.|ya29\\.|1//0|GOCSPX-|AT[AC]TT3|tskey-|NR(?:AK|II|JS|AL|AA)-|EAAC|EAAA|',
  '(?:ds|d)api(?=[0-9A-Fa-f]{32})|PMAK-|pplx-|LTAI|ops_eyJ|AKCp|oy2|AQVN|FLWSECK|EZ[AT]K|pul-(?=[0-9a-f]{40})|',
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
