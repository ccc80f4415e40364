/** Names, programs and settings as they are met in the wild, and unit files made of them. */

import type { Chance } from './chance.ts'

/** Name, description, program with its arguments. */
type Role = readonly [name: string, description: string, command: string]

const DAEMONS: readonly Role[] = [
  ['nginx', 'A high performance web server and a reverse proxy server', '/usr/sbin/nginx -g "daemon off;"'],
  ['postgresql@14-main', 'PostgreSQL Cluster 14-main', '/usr/lib/postgresql/14/bin/postgres -D /var/lib/postgresql'],
  ['redis-server', 'Advanced key-value store', '/usr/bin/redis-server /etc/redis/redis.conf'],
  ['myapp@blue', 'My App (blue)', '/opt/myapp/bin/server --port 8081'],
  ['api-gateway', 'API gateway', '/opt/gateway/bin/gateway --config /etc/gateway.yml'],
  ['celery', 'Celery workers', '/srv/shop/venv/bin/celery -A shop worker'],
  ['gunicorn', 'gunicorn daemon', '/srv/site/venv/bin/gunicorn site.wsgi'],
  ['prometheus', 'Monitoring system and time series database', '/usr/bin/prometheus --storage.tsdb.path=/srv/prom'],
  ['grafana-server', 'Grafana instance', '/usr/sbin/grafana-server --homepath=/usr/share/grafana'],
  ['haproxy', 'HAProxy Load Balancer', '/usr/sbin/haproxy -Ws -f /etc/haproxy/haproxy.cfg'],
  ['keepalived', 'Keepalive Daemon (LVS and VRRP)', '/usr/sbin/keepalived --dont-fork'],
  ['minio', 'MinIO object store', '/usr/local/bin/minio server /srv/minio'],
  ['consul', 'Consul agent', '/usr/bin/consul agent -config-dir=/etc/consul.d'],
  ['etcd', 'etcd key-value store', '/usr/bin/etcd --name node1'],
  ['kafka', 'Apache Kafka broker', '/opt/kafka/bin/kafka-server-start.sh /opt/kafka/config/server.properties'],
  ['tomcat9', 'Apache Tomcat 9 Web Application Server', '/usr/libexec/tomcat9/tomcat-start.sh'],
  ['jenkins', 'Jenkins Continuous Integration Server', '/usr/bin/jenkins --httpPort=8080'],
  ['mosquitto', 'Mosquitto MQTT Broker', '/usr/sbin/mosquitto -c /etc/mosquitto/mosquitto.conf'],
  ['zigbee2mqtt', 'zigbee2mqtt', '/opt/zigbee2mqtt/bin/start'],
  ['home-assistant', 'Home Assistant', '/srv/homeassistant/bin/hass -c /home/homeassistant'],
  ['vault', 'HashiCorp Vault', '/usr/bin/vault server -config=/etc/vault.d/vault.hcl'],
  ['rabbitmq-server', 'RabbitMQ Messaging Server', '/usr/sbin/rabbitmq-server'],
  ['sidekiq', 'Background jobs of the shop', '/srv/shop/bin/sidekiq -e production'],
  ['telemetry-agent', 'Telemetry agent', '/usr/bin/telemetry-agent --once=false'],
  ['fluent-bit', 'Fluent Bit', '/opt/fluent-bit/bin/fluent-bit -c /etc/fluent-bit/fluent-bit.conf'],
  ['openvpn-client@office', 'OpenVPN tunnel for office', '/usr/sbin/openvpn --config office.conf'],
  ['dnsmasq', 'dnsmasq - A lightweight DHCP and caching DNS server', '/usr/sbin/dnsmasq -k'],
  ['strongswan', 'strongSwan IPsec daemon', '/usr/sbin/charon-systemd'],
  ['app-worker@3', 'Worker 3 of the application', '/opt/app/bin/worker --slot 3'],
  ['camera-recorder', 'Records the cameras', '/usr/local/bin/camera-recorder /srv/video'],
]

const HOSTS = ['web01', 'db-2', 'app-prod-3', 'ip-10-0-3-17', 'raspberrypi', 'nas', 'edge7', 'buildbox', 'k8s-node-4']
const USERS = ['deploy', 'ops', 'admin', 'ubuntu', 'pi', 'anna']

/** Settings that change nothing about any incident here. */
const INNOCENT: readonly string[] = [
  ...[
    'LimitNOFILE=65536',
    'Environment=LANG=C',
    'UMask=0027',
    'OOMScoreAdjust=-100',
    'Nice=5',
    'SyslogFacility=daemon',
  ],
  ...[
    'StandardOutput=journal',
    'WorkingDirectory=/',
    'TasksMax=4096',
    'SendSIGHUP=no',
    'LimitCORE=0',
    'KeyringMode=shared',
  ],
]

const INNOCENT_UNIT: readonly string[] = [
  ...['After=network.target', 'Documentation=man:systemd.service(5)', 'After=network-online.target nss-lookup.target'],
  ...['Documentation=https://example.com/docs', 'After=local-fs.target', 'ConditionPathExists=/etc/passwd'],
]

/** Instances have their file under the template's name. */
export const fileOf = (unit: string) => unit.replace(/@[^.]*(?=\.)/, '@')

export interface ServiceOptions {
  readonly unit?: readonly string[]
  readonly service?: readonly string[]
  /** How long the stop takes. */
  readonly stopSeconds?: number
  readonly startSeconds?: number
  /** In place of the program of the role. */
  readonly command?: string
  readonly type?: string
  /** No Restart= of its own. */
  readonly plain?: boolean
}

/** One incident's people, units and files. */
export class Cast {
  readonly chance: Chance
  readonly version: number
  readonly host: string
  readonly user: string
  readonly scripts: Record<string, string> = {}
  readonly units: Record<string, string> = {}
  readonly #roles: Role[]
  readonly #descriptions = new Map<string, string>()

  constructor(chance: Chance, version: number) {
    this.chance = chance
    this.version = version
    this.host = chance.pick(HOSTS)
    this.user = chance.pick(USERS)
    this.#roles = chance.shuffle(DAEMONS)
  }

  /** A service that no other part of the incident has: its full name. */
  service(options: ServiceOptions = {}): string {
    const role = this.#roles.pop()
    if (role === undefined) throw new Error('an incident of more services than there are names')
    const [name, description, command] = role
    const unit = `${name}.service`
    this.#descriptions.set(unit, description)
    this.units[fileOf(unit)] = this.#text(unit, description, command, options)
    return unit
  }

  /** A helper that runs a script and is done: its full name. */
  task(name: string, description: string, script: string, options: ServiceOptions = {}): string {
    const path = `/usr/local/bin/${name}`
    this.scripts[path] = `#!/bin/sh\n${script}\n`
    this.#descriptions.set(`${name}.service`, description)
    this.units[`${name}.service`] = this.#text(`${name}.service`, description, path, {
      type: 'oneshot',
      plain: true,
      ...options,
      command: options.command ?? path,
    })
    return `${name}.service`
  }

  file(name: string, text: string): string {
    this.units[name] = text
    return name
  }

  /** More lines for a unit that is there already, by way of a drop-in or of its file. */
  add(unit: string, section: string, lines: readonly string[]): void {
    const file = fileOf(unit)
    const header = `[${section}]\n`
    const text = this.units[file] ?? ''
    if (this.chance.happens(0.3)) {
      const dropIn = `${unit}.d/${this.chance.pick(['override', '10-local', '20-deps'])}.conf`
      this.units[dropIn] = `${this.units[dropIn] ?? ''}${header}${lines.join('\n')}\n`
    } else this.units[file] = text.replace(header, `${header}${lines.join('\n')}\n`)
  }

  /** A name as typed: with its suffix or without. */
  typed(unit: string): string {
    return this.chance.happens(0.5) ? unit.replace(/\.service$/, '') : unit
  }

  #text(unit: string, description: string, command: string, options: ServiceOptions): string {
    const { chance } = this
    const instance = /@([^.]*)\./.exec(unit)?.[1]
    const described = instance === undefined ? description : description.replace(instance, '%i')
    const innocentUnit = chance.shuffle(INNOCENT_UNIT).slice(0, chance.integer(0, 2))
    const innocent = chance.shuffle(INNOCENT).slice(0, chance.integer(0, 3))
    const restart =
      options.plain || !chance.happens(0.4) ? [] : ['Restart=on-failure', `RestartSec=${chance.integer(20, 40)}`]
    const service = [...(options.service ?? []), ...innocent, ...restart]
    const lines = [
      '[Unit]',
      `Description=${described}`,
      ...innocentUnit,
      ...(options.unit ?? []),
      '',
      '[Service]',
      ...this.#starting(unit, command, options),
      ...this.#stopping(unit, options.stopSeconds, options.command === undefined ? command : null),
      ...service,
      ...(chance.happens(0.6) ? ['', '[Install]', 'WantedBy=multi-user.target'] : []),
    ]
    return `${lines.join('\n')}\n`
  }

  #starting(unit: string, command: string, options: ServiceOptions): string[] {
    const program = options.command ?? command
    if (options.command === undefined) this.#daemon(command)
    const type = options.type === undefined ? [] : [`Type=${options.type}`]
    if (options.startSeconds === undefined) return [...type, `ExecStart=${program}`]
    return this.#startingSlowly(unit, program, type, options.startSeconds)
  }

  #startingSlowly(unit: string, program: string, type: readonly string[], seconds: number): string[] {
    const base = unit.replace(/[@.].*$/, '')
    const ways: readonly (() => string[])[] = [
      () => [...type, `ExecStartPre=/bin/sleep ${seconds}`, `ExecStart=${program}`],
      () => {
        this.scripts[`/usr/local/bin/${base}-migrate`] = `#!/bin/sh\nsleep ${seconds}\n`
        return [...type, `ExecStartPre=/usr/local/bin/${base}-migrate`, `ExecStart=${program}`]
      },
      () => {
        const path = program.split(' ')[0] ?? program
        this.scripts[path] = `#!/bin/sh\nsleep ${seconds}\nsystemd-notify --ready\nexec sleep infinity\n`
        return ['Type=notify', 'NotifyAccess=all', `ExecStart=${program}`]
      },
    ]
    return this.chance.pick(type.length > 0 ? ways.slice(0, 2) : ways)()
  }

  #stopping(unit: string, seconds: number | undefined, command: string | null): string[] {
    if (seconds === undefined) return []
    const base = unit.replace(/[@.].*$/, '')
    const drain = `/usr/local/bin/${base}-drain`
    const ways: readonly (() => string[])[] = [
      () => [`ExecStop=/bin/sleep ${seconds}`],
      () => {
        this.scripts[drain] = '#!/bin/sh\n# Waits for open connections.\nsleep "$2"\n'
        return [`ExecStop=${drain} --wait ${seconds}`]
      },
      () => [`ExecStop=/bin/sh -c 'sleep ${seconds}'`, 'TimeoutStopSec=60'],
      () => {
        const path = command?.split(' ')[0] ?? ''
        const wait = 'while :; do sleep 1 & wait $!; done'
        this.scripts[path] = `#!/bin/sh\ntrap 'sleep ${seconds}; exit 0' TERM\n${wait}\n`
        return ['KillMode=mixed']
      },
    ]
    return this.chance.pick(command === null ? ways.slice(0, 3) : ways)()
  }

  /** A program under its own name that runs until it is told to stop. */
  #daemon(command: string): void {
    const path = command.split(' ')[0] ?? command
    const base = path.slice(path.lastIndexOf('/') + 1)
    this.scripts[path] ??= `#!/bin/bash\nexec -a ${path} /usr/lib/daemons/${base} infinity\n`
  }

  description(unit: string): string {
    return this.#descriptions.get(unit) ?? unit
  }
}
