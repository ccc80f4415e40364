/** What names of secrets look like, and what their values do not; as patterns, but for the first. */

/** What no name of a secret can do without, and what is asked of one letter by letter in any case. */
export const WORDS_IN_ANY_CASE =
  'pass pwd pw secret token key cred jwt psk auth otp salt seed pepper phrase mnemonic pin_code'
export const WORDS_AS_THEY_ARE = [
  'essid ession_id ession-id essionid ESSID ESSIONID essionId csrf ommunity sig= &Signature= -Signature ?code= &code=',
  'ontrase ennwort achtwoord senha heslo bearer ebhook sid= nonce session= pin= sess= ession" -pin PIN PUK OOKIE',
  'Cookie -cookie n_cookie h_cookie g_cookie setcookie ookie_ parol _PAT pincode jelsz salasana lozinka adgangskode',
  'senord shadow hmac _LICENSE',
].join(' ')

/** Most names have none of these, and are done with. */
export const STEM = [
  'pass|pw|contrase|kennwort|wachtwoord|senha|heslo|bearer|secret|token|key|cred|jwt|psk|auth|otp|sess|csrf|puk|',
  'communit|salt|sig|code|state|hook|sid|nonce|pin|pat$|cookie|pepper|mnemonic|seed|parol|jelsz|salasana|lozinka|',
  'adgangskode|senord|phrase|hmac|_license',
].join('')

export const PASSWORD = [
  '^(?:passe?|pwd|pw|contrase|kennwort|wachtwoord|senha|heslo|parol[ae]?|jelsz|',
  'salasana|senord|lozinka|adgangskode|phrase)$|passw|passkey|pass(?:code|phrase|command|eval)|',
  '\\wpw$|(?<!^by|^com|^sur|^under|^over|^tres|^encom|^multi)pass$|pwd$',
].join('')
export const TOKEN = [
  '^(?:jwt|otp|totp|community|bearer)$|secret|token|^cred(?:ential)?s?$|api_?key|auth(?:tok|key)$|csrf|webhook$|',
  String.raw`\wsessi?o?n?id$|^(?:pepper|mnemonic|setcookie|seedphrase)$`,
].join('')
export const OF_KEY = [
  '^(?:api|access|private|secret|auth|encryption|signing|license|account|master|shared|preshared|service|app|',
  'hmac|deploy|session|storage|cookie|network|setup|unseal|recovery|root|join|registration|enrollment|activation|',
  'product|admin|write|wep|ingest|routing|integration|subscription|gossip|encrypt|cipher|jwt|tunnel|bot|tsig)$',
].join('')
/** Settings of systemd and of its neighbours that are no secrets, whatever their names look like. */
export const HARMLESS = [
  '^(?:(?:Load|Import|Accept)Credential(?:Encrypted)?|Pass(?:Environment|Credentials|Security|PacketInfo|PIDFD|',
  'FileDescriptorsToExec)|KeyringMode|SecureBits|OnSuccess.*|(?:OLD|INIT_)?PWD|password-store|gdm-password|',
  '.*(?:_(?:EXPIR\\w*|TIMEOUT|LIFETIME|SIZE|COUNT|POLICY|METHOD|HEADER|ENABLED|REQUIRED|DAYS|SECONDS)|[_-]FILE|[Ff]ile|_PATH|Path|[-_]DIR|[Dd]irectory|DIRECTORY|_URL|_NAME|_TTL|_LENGTH|_TYPE|Type|-agent|',
  '[-_]stdin|',
  '(?<=[Kk]ey)Name|(?<!SECRET)_ID|[Aa]uthentication|[-_](?:dir|path|name|type|ttl|length|size|count|age|expir\\w*|method|',
  'policy)))$',
].join('')

/**
 * Variables, templates, paths, options, lists, booleans and words that say something about a secret are none. A sign
 * alone does not make them: what is generated may begin with any.
 */
export const NO_SECRET = [
  String.raw`^(?:\$(?:[({]|[a-z_]+\d?$)|%(?:[a-z%]?(?:$|[/.@,)\s-])|[({]|\w+%$)|<(?:[(<]|[a-z_ .-]*$|[^<>]{0,60}>$)|`,
  String.raw`\((?:[a-z_. ]*|\d+)\)?$|\{(?:$|[{%"'\s]|[a-z_.]*(?:[}:,=]|$))|\*+$|\*\*|\*[a-z_.-]+$|`,
  String.raw`\[(?:$|["'{}[\]\s]|[a-z_ -]*[\],]?$|\d+[,\]])|-{1,2}[a-z-]*(?:=|$)|`,
  // A path is no base64.
  String.raw`\/(?!(?=(?:\D*\d){3})(?:[a-z\d+/]{39}$|[a-z\d+/]{20,}=))|~\/|`,
  String.raw`\.{1,3}$|[|>][-+]?$|!vault|yes$|no$|`,
  'true$|false$|on$|off$|null$|none$|nil$|undefined$|file$|prompt$|required$|invalid|incorrect|expired|wrong|',
  'missing|',
  'authentication|user(?:name)?$|check|for$|is$|was$|not$|has$|failed|changed|',
  'accepted|rejected|error|files\\b|compat\\b|sss\\b)',
].join('')
