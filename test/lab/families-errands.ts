/** Programs that call systemctl on somebody's behalf: hooks, scripts of cron, package tools; and verbs with --now. */

import type { Cast } from './cast.ts'
import { asked, displaced } from './families-chains.ts'
import { otherAsks } from './families-requests.ts'
import type { Family, Scene } from './incident.ts'

const SLOW = [3, 4] as const

const stopping = (cast: Cast) => cast.service({ stopSeconds: cast.chance.seconds(...SLOW), plain: true })

/** Files are enabled or disabled, and on the way the unit is started or stopped. */
function now(name: string, verb: 'enable' | 'disable' | 'mask'): Family {
  return {
    name,
    make(cast) {
      const starts = verb === 'enable'
      const slow = cast.chance.seconds(...SLOW)
      const unit = cast.service(starts ? { stopSeconds: slow, plain: true } : { startSeconds: slow, plain: true })
      const text = Object.entries(cast.units).find(([, file]) => !file.includes('[Install]'))
      if (text !== undefined) cast.units[text[0]] = `${text[1]}\n[Install]\nWantedBy=multi-user.target\n`
      const other = otherAsks(cast, 1.8, `systemctl ${verb} --now ${verb === 'mask' ? '--runtime ' : ''}${unit}`)
      const [asks, by] = starts ? ['stop', 'start'] : ['start', 'stop']
      return asked(cast, asks, unit, {
        ...other,
        about: [unit],
        truth: displaced(unit, asks, by, 'opposing-request', verb === 'mask' ? ['masked-or-missing'] : []),
      })
    },
  }
}

/** Collapses to a start, as the unit is on its way down. */
const reloadOrRestart: Family = {
  name: 'reload-or-restart-during-stop',
  make(cast) {
    const unit = stopping(cast)
    cast.add(unit, 'Service', ['ExecReload=/bin/true'])
    const other = otherAsks(cast, 1.8, `systemctl reload-or-restart ${cast.typed(unit)}`)
    return asked(cast, 'stop', unit, {
      ...other,
      about: [unit],
      truth: displaced(unit, 'stop', 'start', 'opposing-request'),
    })
  },
}

/** cron runs a script, and the script restarts it. */
const cronScript: Family = {
  name: 'cron-script-restarts',
  make(cast) {
    const unit = stopping(cast)
    const path = `/opt/${cast.chance.pick(['ops', 'scripts', 'maintenance'])}/nightly.sh`
    cast.scripts[path] = `#!/bin/bash\nset -e\nfind /var/tmp -mtime +7 -delete\nsystemctl restart ${unit}\n`
    const pid = cast.chance.integer(2000, 9000)
    return asked(cast, 'stop', unit, {
      deeds: [{ at: 1.8, who: 'hidden', line: `systemctl restart ${unit}` }],
      logs: [{ at: 1.7, log: `<78>CRON[${pid}]: (root) CMD (${path})` }],
      about: [unit],
      showScripts: [path],
      truth: displaced(unit, 'stop', 'restart', 'opposing-request', ['exec-calls-systemctl', 'automation-race']),
    })
  },
}

/** A unit's program calls a hook of a configuration file that is shown. */
const postrotate: Family = {
  name: 'postrotate-restarts',
  make(cast) {
    const unit = stopping(cast)
    const base = unit.replace(/[@.].*$/, '')
    const config = `/etc/logrotate.d/${base}`
    const lines = ['daily', 'rotate 7', 'postrotate', `  systemctl restart ${unit} >/dev/null`, 'endscript']
    cast.scripts[config] = `/var/log/${base}/*.log {\n  ${lines.join('\n  ')}\n}\n`
    cast.scripts['/usr/sbin/rotate'] = `#!/bin/sh\nsystemctl restart ${unit} >/dev/null\n`
    cast.file(
      'rotate-logs.service',
      '[Unit]\nDescription=Rotate log files\n\n[Service]\nType=oneshot\nExecStart=/usr/sbin/rotate /etc/logrotate.conf\n',
    )
    return asked(cast, 'stop', unit, {
      deeds: [{ at: 1.8, who: 'hidden', line: 'systemctl start rotate-logs.service' }],
      about: [unit, 'rotate-logs.service'],
      showScripts: [config],
      truth: displaced(unit, 'stop', 'restart', 'exec-calls-systemctl'),
    })
  },
}

/** The hook stands in the unit's own command line. */
const deployHook: Family = {
  name: 'deploy-hook-restarts',
  make(cast) {
    const unit = stopping(cast)
    const program = '/usr/bin/renew-certs'
    cast.scripts[program] = '#!/bin/sh\nsleep 0.3\nfor last; do :; done\nexec sh -c "$last"\n'
    cast.file(
      'renew-certs.service',
      `[Unit]\nDescription=Renews certificates\n\n[Service]\nType=oneshot\nExecStart=${program} -q renew ` +
        `--deploy-hook "systemctl restart ${unit}"\n`,
    )
    const timer = cast.file(
      'renew-certs.timer',
      '[Unit]\nDescription=Twice a day\n\n[Timer]\nOnActiveSec=2s\nAccuracySec=1ms\n',
    )
    return asked(cast, 'stop', unit, {
      before: [`systemctl start ${timer}`],
      about: [unit, 'renew-certs.service', timer],
      truth: displaced(unit, 'stop', 'restart', 'exec-calls-systemctl', ['timer-activation']),
    })
  },
}

/** Puppet's refresh of a service, as its log has it. */
const puppetRefresh: Family = {
  name: 'puppet-refresh-fails',
  make(cast): Scene {
    const unit = stopping(cast)
    const name = unit.replace(/\.service$/, '')
    const where = `/Stage[main]/${cast.chance.pick(['App', 'Web', 'Base'])}/Service[${name}]`
    const text = [
      "Info: Applying configuration version '1718000000'",
      `Notice: /Stage[main]/App/File[/etc/${name}.conf]/content: content changed '{md5}0cc1' to '{md5}99ab'`,
      `Info: /Stage[main]/App/File[/etc/${name}.conf]: Scheduling refresh of Service[${name}]`,
      `Error: ${where}: Failed to call refresh: Systemd restart for ${name} failed!`,
      `journalctl log for ${name}:`,
      'OUTPUT',
      'Notice: Applied catalog in 4.21 seconds',
    ].join('\n')
    const other = otherAsks(cast, 1.8, `systemctl stop ${cast.typed(unit)}`)
    return asked(cast, 'restart', unit, {
      ...other,
      about: [unit],
      tool: { tool: 'script', text },
      truth: displaced(unit, 'restart', 'stop', 'opposing-request', ['automation-race']),
    })
  },
}

/** A removal stops what somebody is just starting. */
const packageRemoval: Family = {
  name: 'package-removal-stops-it',
  make(cast) {
    const unit = cast.service({ startSeconds: cast.chance.seconds(...SLOW), plain: true })
    const base = unit.replace(/[@.].*$/, '')
    const pid = cast.chance.integer(2000, 8000)
    return asked(cast, 'start', unit, {
      deeds: [{ at: 1.9, who: 'hidden', line: `systemctl stop ${unit}` }],
      logs: [
        { at: 1.4, log: `<14>apt[${pid}]: Commandline: apt-get -y remove ${base}` },
        { at: 1.8, log: `<14>dpkg[${pid + 9}]: remove ${base}:amd64 2.1-3 <none>` },
      ],
      extra: [{ line: `echo 'Removing ${base} (2.1-3) ...'`, shown: `apt-get -y remove ${base}` }],
      about: [unit],
      truth: displaced(unit, 'start', 'stop', 'package-manager'),
    })
  },
}

export const ERRANDS: readonly Family[] = [
  now('enable-now-during-stop', 'enable'),
  now('disable-now-during-start', 'disable'),
  now('mask-now-during-start', 'mask'),
  reloadOrRestart,
  cronScript,
  postrotate,
  deployHook,
  puppetRefresh,
  packageRemoval,
]
