/** What a line after `# ` has to begin with to be a command and no comment. */
export const COMMANDS = [
  'systemctl journalctl service sudo su cat echo printf ls mount umount reboot shutdown poweroff halt init telinit',
  'apt apt-get dnf yum zypper pacman rpm dpkg dpkg-reconfigure docker podman kubectl ps grep egrep tail head less',
  'vi vim nano nc curl wget systemd-analyze systemd-run systemd-cat busctl dbus-monitor dbus-send gdbus ip ping',
  'kill killall pkill while for if cd cp mv rm mkdir touch chmod chown ln sh bash strace ss netstat lsof loginctl',
  'hostnamectl timedatectl networkctl resolvectl dmesg uname date uptime id env export source watch time timeout',
  'ansible ansible-playbook puppet chef-client salt salt-call python python3 make tee sed awk find sleep true false',
  'invoke-rc.d update-rc.d rc-service firewall-cmd iptables nft exportfs virsh nginx apachectl udevadm findmnt lsblk',
  'blkid coredumpctl machinectl until test netplan snap nohup modprobe sysctl crontab at logger fuser pgrep pidof',
]
