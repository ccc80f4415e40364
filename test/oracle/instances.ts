/**
 * Names of instances of a socket's service hold what differs from run to run: the connection's cookie, the client's
 * port and process file (see instanceName() in simulator/socket-traffic.ts). They are numbered as the simulator does.
 */

const CLIENT_PORT = 40_000

/** `NUMBER-COOKIE-PID_PIDFDID-UID`, `NUMBER-COOKIE-unknown`: since 258. */
const OF_UNIX = /@(\d{1,9})-\d{1,19}-(1(?:_\d{1,19})?-0|unknown)(?=\.service\b)/g
const OF_INET = /@(\d{1,9})-(\d{1,19}-)?(127\.0\.0\.1:\d{1,5})-127\.0\.0\.1:\d{1,5}(?=\.service\b)/g
/** A client's own port, where the description names it. */
const EPHEMERAL = /(?<=[ (]127\.0\.0\.1:)(?:3[2-9]|[45]\d|60)\d{3}\b/g

export function numberInstances(text: string): string {
  return text
    .replace(OF_UNIX, (_, number, peer) => `@${number}-${Number(number) + 1}-${peer === 'unknown' ? peer : '1-0'}`)
    .replace(OF_INET, (_, number, cookie, local) => {
      const [mark, port] = [cookie === undefined ? '' : `${Number(number) + 1}-`, CLIENT_PORT + Number(number)]
      return `@${number}-${mark}${local}-127.0.0.1:${port}`
    })
    .replace(EPHEMERAL, String(CLIENT_PORT))
}
