/** Units of widespread packages, as their own files describe them: `Stopping Docker Application…` has no name in it. */

export const USUAL_NAMES = `
accounts-daemon.service|Accounts Service
acpid.service|ACPI event daemon
amavis.service|Interface between MTA and virus scanner/content filters
anacron.service|Run anacron jobs
apache2.service|The Apache HTTP Server
apcupsd.service|UPS power management daemon
apt-cacher-ng.service|Apt-Cacher NG software download proxy
apt-daily-upgrade.service|Daily apt upgrade and clean activities
apt-daily.service|Daily apt download activities
atd.service|Deferred execution scheduler
auditd.service|Security Auditing Service|Security Audit Logging Service
autofs.service|Automounts filesystems on demand
avahi-daemon.service|Avahi mDNS/DNS-SD Stack
blk-availability.service|Availability of block devices
bluetooth.service|Bluetooth service
caddy.service|Caddy
chrony.service|chrony, an NTP client/server
chronyd.service|NTP client/server
clamav-daemon.service|Clam AntiVirus userspace daemon
clamav-freshclam.service|ClamAV virus database updater
cloud-config.service|Apply the settings specified in cloud-config
cloud-final.service|Execute cloud user/final scripts
cloud-init-local.service|Initial cloud-init job (pre-networking)
cloud-init.service|Initial cloud-init job (metadata service crawler)
collectd.service|Statistics collection and monitoring daemon
colord.service|Manage, Install and Generate Color Profiles
connman.service|Connection service
containerd.service|containerd container runtime
corosync.service|Corosync Cluster Engine
coturn.service|coTURN STUN/TURN Server
crio.service|Container Runtime Interface for OCI (CRI-O)
cron.service|Regular background program processing daemon
crond.service|Command Scheduler
crowdsec.service|Crowdsec agent
cups-browsed.service|Make remote CUPS printers available locally
cups.service|CUPS Scheduler
dbus.service|D-Bus System Message Bus
dnf-automatic.service|dnf automatic
dnsmasq.service|dnsmasq - A lightweight DHCP and caching DNS server
docker.service|Docker Application Container Engine
docker.socket|Docker Socket for the API
dovecot.service|Dovecot IMAP/POP3 email server
dropbear.service|Lightweight SSH server
elasticsearch.service|Elasticsearch
epmd.service|Erlang Port Mapper Daemon
etcd.service|etcd - highly-available key value store
fail2ban.service|Fail2Ban Service
firewalld.service|firewalld - dynamic firewall daemon
freeradius.service|FreeRADIUS multi-protocol policy server
fstrim.service|Discard unused blocks on filesystems from /etc/fstab
fwupd-refresh.service|Refresh fwupd metadata and update motd
fwupd.service|Firmware update daemon
gdm.service|GNOME Display Manager
geoclue.service|Location Lookup Service
gitlab-runner.service|GitLab Runner
glusterd.service|GlusterFS, a clustered file-system server
grafana-server.service|Grafana instance
haproxy.service|HAProxy Load Balancer
haveged.service|Entropy Daemon based on the HAVEGE algorithm
hostapd.service|Access point and authentication server for Wi-Fi and Ethernet
httpd.service|The Apache HTTP Server
influxdb.service|InfluxDB is an open-source, distributed, time series database
irqbalance.service|irqbalance daemon
iscsid.service|iSCSI initiator daemon (iscsid)
jenkins.service|Jenkins Continuous Integration Server
k3s.service|Lightweight Kubernetes
kea-dhcp4-server.service|Kea IPv4 DHCP daemon
keepalived.service|Keepalive Daemon (LVS and VRRP)
kibana.service|Kibana
knot.service|Knot DNS server
krb5-kdc.service|Kerberos 5 Key Distribution Center
kubelet.service|kubelet: The Kubernetes Node Agent
libvirt-guests.service|Suspend/Resume Running libvirt Guests
libvirtd.service|Virtualization daemon|libvirt legacy monolithic daemon
lightdm.service|Light Display Manager
lighttpd.service|Lighttpd Daemon
logrotate.service|Rotate log files
lvm2-lvmpolld.service|LVM2 poll daemon
lvm2-monitor.service|Monitoring of LVM2 mirrors, snapshots etc. using dmeventd or progress polling
lxc-net.service|LXC network bridge setup
lxc.service|LXC Container Initialization and Autoboot Code
lxcfs.service|FUSE filesystem for LXC
lxd.service|LXD - main daemon
man-db.service|Daily man-db regeneration
mariadb.service|MariaDB database server
mdmonitor.service|MD array monitor
memcached.service|memcached daemon
ModemManager.service|Modem Manager
mongod.service|MongoDB Database Server
mosquitto.service|Mosquitto MQTT Broker
multipathd.service|Device-Mapper Multipath Device Controller
munin-node.service|Munin Node
mysql.service|MySQL Community Server
nagios-nrpe-server.service|Nagios Remote Plugin Executor
named.service|BIND Domain Name Server|Berkeley Internet Name Domain (DNS)
networking.service|Raise network interfaces
NetworkManager-wait-online.service|Network Manager Wait Online
NetworkManager.service|Network Manager
nfs-idmapd.service|NFSv4 ID-name mapping service
nfs-mountd.service|NFS Mount Daemon
nfs-server.service|NFS server and services
nginx.service|A high performance web server and a reverse proxy server|The nginx HTTP and reverse proxy server
nmbd.service|Samba NMB Daemon
node_exporter.service|Node Exporter
nscd.service|Name Service Cache Daemon
nsd.service|Name Server Daemon
ntpsec.service|Network Time Service
open-iscsi.service|Login to default iSCSI targets
open-vm-tools.service|Service for virtual machines hosted on VMware
opendkim.service|OpenDKIM Milter
openvpn.service|OpenVPN service
pacemaker.service|Pacemaker High Availability Cluster Manager
packagekit.service|PackageKit Daemon
pcsd.service|PCS GUI and remote configuration interface
pdns-recursor.service|PowerDNS Recursor
pdns.service|PowerDNS Authoritative Server
php-fpm.service|The PHP FastCGI Process Manager
pipewire-pulse.service|PipeWire PulseAudio
pipewire.service|PipeWire Multimedia Service
plymouth-halt.service|Show Plymouth Halt Screen
plymouth-kexec.service|Show Plymouth Kexec Screen
plymouth-poweroff.service|Show Plymouth Power Off Screen
plymouth-reboot.service|Show Plymouth Reboot Screen
podman-auto-update.service|Podman auto-update service
podman.service|Podman API Service
polkit.service|Authorization Manager
postfix.service|Postfix Mail Transport Agent
postgresql.service|PostgreSQL RDBMS|PostgreSQL database server
postgrey.service|Postfix greylisting policy server
proftpd.service|ProFTPD FTP Server
prometheus-alertmanager.service|Alertmanager for prometheus
prometheus-node-exporter.service|Prometheus exporter for machine metrics
prometheus.service|Monitoring system and time series database
puppet.service|Puppet agent
qemu-guest-agent.service|QEMU Guest Agent
rabbitmq-server.service|RabbitMQ Messaging Server|RabbitMQ broker
redis-server.service|Advanced key-value store
redis.service|Redis persistent key-value database
rpc-gssd.service|RPC security service for NFS client and server
rpc-statd.service|NFS status monitor for NFSv2/3 locking.
rpcbind.service|RPC Bind|RPC bind portmap service
rspamd.service|rapid spam filtering system
rsyslog.service|System Logging Service
rtkit-daemon.service|RealtimeKit Scheduling Policy Service
salt-master.service|The Salt Master Server
salt-minion.service|The Salt Minion
samba-ad-dc.service|Samba AD Daemon
sddm.service|Simple Desktop Display Manager
smartmontools.service|Self Monitoring and Reporting Technology (SMART) Daemon
smbd.service|Samba SMB Daemon
snapd.seeded.service|Wait until snapd is fully seeded
snapd.service|Snap Daemon|Snappy daemon
snmpd.service|Simple Network Management Protocol (SNMP) Daemon.
squid.service|Squid Web Proxy Server|Squid caching proxy
ssh.service|OpenBSD Secure Shell server
sshd.service|OpenSSH server daemon|OpenSSH Daemon
sssd.service|System Security Services Daemon
strongswan-starter.service|strongSwan IPsec IKEv1/IKEv2 daemon using ipsec.conf
supervisor.service|Supervisor process control system for UNIX
syslog-ng.service|System Logger Daemon
sysstat.service|Resets System Activity Logs
tailscaled.service|Tailscale node agent
tgt.service|(i)SCSI target daemon
thermald.service|Thermal Daemon Service
tor@default.service|Anonymizing overlay network for TCP
transmission-daemon.service|Transmission BitTorrent Daemon
tuned.service|Dynamic System Tuning Daemon
udisks2.service|Disk Manager
unattended-upgrades.service|Unattended Upgrades Shutdown
unbound.service|Unbound DNS server
upower.service|Daemon for power management
varnish.service|Varnish Cache, a high-performance HTTP accelerator
virtlockd.service|Virtual machine lock manager
virtlogd.service|Virtual machine log manager
vsftpd.service|vsftpd FTP server|Vsftpd ftp daemon
watchdog.service|watchdog daemon
winbind.service|Samba Winbind Daemon
wireplumber.service|Multimedia Service Session Manager
wpa_supplicant.service|WPA supplicant
zabbix-agent.service|Zabbix Agent
zabbix-agent2.service|Zabbix Agent 2
zabbix-server.service|Zabbix Server (MySQL/MariaDB)
`
