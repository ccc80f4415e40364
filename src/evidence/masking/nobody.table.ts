/** Names that are nobody's: words by the line. */

/** What machines and accounts are called at first. */
export const STOCK = [
  'host localhost hostname server machine node linux debian ubuntu fedora centos archlinux raspberrypi myhost root',
  'user nobody ansible vagrant core pi admin',
]

/** Accounts of the system and its daemons, and words that follow where a name could. */
export const SYSTEM = [
  'guest daemon bin sys sync games man lp mail news uucp proxy backup list irc gnats www-data messagebus sshd ntp dbus',
  'polkitd avahi colord geoclue rtkit tss uuidd nfsnobody rpc operator halt shutdown adm nixos uid',
  'users wheel sudo staff video audio input render plugdev dialout netdev kvm libvirt disk cdrom tape shadow nogroup',
  'utmp ssl-cert lpadmin bluetooth tty kmem crontab wireshark',
  'nginx apache http httpd postgres mysql mariadb redis mongodb memcache rabbitmq elasticsearch kibana logstash ftp',
  'prometheus grafana zabbix nagios postfix dovecot exim bind named unbound dnsmasq chrony haproxy squid varnish',
  'docker containerd git jenkins tomcat gdm lightdm sddm pulse pipewire saned cups manager slice session unknown',
  'invalid none null default other all any self me you the a an in on at of is to and or not no with without by for',
  'from this that into it was has be your my which who whom set unset name names password passwords authentication login',
  'does did cannot can could already exists must should network unreachable remote stream connection peer target',
  'sessions manager managers account accounts data input ids instance level mode space defined requested via',
  'service services system process processes id getaddrinfo local administrator',
]

/** Names that are words as well: somebody's where they stand for one, but not looked for anywhere else. */
export const WORDS = [
  'test tester build builder deploy deployer web main home work office desktop laptop router gateway lists mailing',
  'firewall monitor monitoring kernel master worker controller runner agent primary secondary replica standby active passive',
  'prod production staging stage devel develop development demo data database storage store cache queue broker',
  'example apps site shop blog support local public private secure time date clock space disk memory load file files folder',
  'start stop restart reload enable disable failed error status unit units jobs timer socket mount path device',
  'oracle rocky alma media music video photo share print printer scan camera temp temperature light power index',
  'mark grant will bill rich rose hope grace faith dawn summer june april august chase drew sensor report notifier',
  'field page too component compose sentinel exporter connect switch assistant supplicant restore',
  // What a server is called by what runs on it.
  'kafka consul zookeeper traefik minio influxdb keycloak vault nomad wildfly jboss solr cassandra clickhouse nextcloud',
  'gitea gitlab proxmox plex jellyfin caddy envoy istio graylog splunk sonarqube nexus artifactory openvpn wireguard samba',
  'asterisk mosquitto loki telegraf fluentd filebeat airflow celery memcached pgbouncer patroni galera proxysql intranet',
  'weblogic websphere glassfish',
  'alpha beta gamma delta omega north south east west blue green black white orange apple client common control',
]
