/** Pastes to try the page with. */

export interface Example {
  readonly title: string
  readonly paste: string
}

export const EXAMPLES: Readonly<Record<string, Example>> = {
  'stop-replaced': {
    title: 'A playbook cannot stop a service',
    paste: `TASK [stop the test server] ****************************************************
fatal: [web1]: FAILED! => {"msg": "Unable to stop service test-server: Job for test-server.service canceled.\\n"}

$ systemctl cat test-server
# /etc/systemd/system/test-server.service
[Unit]
Description=Test server

[Service]
ExecStart=/opt/test/server
ExecStop=/opt/test/drain --seconds 20
TimeoutStopSec=60

$ journalctl -u test-server -n 4
Nov 22 10:00:01 web1 systemd[1]: Stopping Test server...
Nov 22 10:00:21 web1 systemd[1]: test-server.service: Succeeded.
Nov 22 10:00:21 web1 systemd[1]: Stopped Test server.
Nov 22 10:00:21 web1 systemd[1]: Started Test server.
`,
  },
  'bound-unit-exits': {
    title: 'A start is canceled at once',
    paste: `[root@host:~]# systemctl start nginx
Job for nginx.service canceled.

# /etc/systemd/system/nginx.service
[Unit]
BindsTo=create-mydir.service
After=create-mydir.service
[Service]
ExecStart=/usr/sbin/nginx -g 'daemon off;'

# /etc/systemd/system/create-mydir.service
[Service]
ExecStart=/bin/mkdir -p /srv/mydir

Apr 30 22:21:50 host systemd[1]: Started create-mydir.service.
Apr 30 22:21:50 host systemd[1]: Starting nginx.service...
Apr 30 22:21:50 host systemd[1]: create-mydir.service: Succeeded.
`,
  },
  'nothing-else': {
    title: 'Only the one line',
    paste: 'Job for api.service canceled.\n',
  },
}
