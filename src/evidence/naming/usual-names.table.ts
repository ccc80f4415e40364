/** Units of widespread packages, as their own files describe them: `Stopping Docker Application…` has no name in it. */

export const USUAL_NAMES = `
accounts-daemon.service|Accounts Service
apache2.service|The Apache HTTP Server
apt-daily-upgrade.service|Daily apt upgrade and clean activities
apt-daily.service|Daily apt download activities
auditd.service|Security Auditing Service|Security Audit Logging Service
avahi-daemon.service|Avahi mDNS/DNS-SD Stack
bluetooth.service|Bluetooth service
chronyd.service|NTP client/server
containerd.service|containerd container runtime
cron.service|Regular background program processing daemon
crond.service|Command Scheduler
cups.service|CUPS Scheduler
dnf-automatic.service|dnf automatic
docker.service|Docker Application Container Engine
docker.socket|Docker Socket for the API
fail2ban.service|Fail2Ban Service
firewalld.service|firewalld - dynamic firewall daemon
gdm.service|GNOME Display Manager
haproxy.service|HAProxy Load Balancer
httpd.service|The Apache HTTP Server
kubelet.service|kubelet: The Kubernetes Node Agent
libvirtd.service|Virtualization daemon|libvirt legacy monolithic daemon
lightdm.service|Light Display Manager
logrotate.service|Rotate log files
lxd.service|LXD - main daemon
mariadb.service|MariaDB database server
mysql.service|MySQL Community Server
named.service|BIND Domain Name Server
NetworkManager.service|Network Manager
NetworkManager-wait-online.service|Network Manager Wait Online
nginx.service|A high performance web server and a reverse proxy server|The nginx HTTP and reverse proxy server
nfs-server.service|NFS server and services
packagekit.service|PackageKit Daemon
php-fpm.service|The PHP FastCGI Process Manager
plymouth-halt.service|Show Plymouth Halt Screen
plymouth-kexec.service|Show Plymouth Kexec Screen
plymouth-poweroff.service|Show Plymouth Power Off Screen
plymouth-reboot.service|Show Plymouth Reboot Screen
polkit.service|Authorization Manager
postfix.service|Postfix Mail Transport Agent
postgresql.service|PostgreSQL RDBMS|PostgreSQL database server
redis-server.service|Advanced key-value store
rpcbind.service|RPC Bind|RPC bind portmap service
rsyslog.service|System Logging Service
smbd.service|Samba SMB Daemon
snapd.service|Snap Daemon|Snappy daemon
ssh.service|OpenBSD Secure Shell server
sshd.service|OpenSSH server daemon|OpenSSH Daemon
unattended-upgrades.service|Unattended Upgrades Shutdown
wpa_supplicant.service|WPA supplicant
`
